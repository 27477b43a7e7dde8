/** The redirect URI of an env file: its path has to be a callback, and on the developer's machine it has to be where `next dev` listens. */
import { dirname } from 'node:path';
import { redacted } from '../../analysis/texts/redact.ts';
import { expandedValue, readEnvFile, type EnvVariable } from '../../project/env/env-files.ts';
import type { App, Project } from '../../project/project.ts';
import { convexJsonFor } from '../redirect-uri/convex-json/registered.ts';
import { templatesIn } from '../redirect-uri/convex-json/convex-json.ts';
import { isConvexHost, isLocalHost } from '../redirect-uri/hosting/hosts.ts';
import { advise, callbackRoute, describe } from './callback-route.ts';
import { isNextDev, otherServer } from '../redirect-uri/hosting/dev-server.ts';
import type { CallbackFinding } from './findings.ts';
import { REDIRECT_URI, soleApp } from './known-uris.ts';

/** Finds what is wrong with the redirect URI that an env file gives. Values of other variables are not looked at. */
export function findCallbackInEnv(path: string, text: string, project: Project): readonly CallbackFinding[] {
  if (!text.includes(REDIRECT_URI)) return [];
  const file = readEnvFile(path, text);
  const variable = file.variables.get(REDIRECT_URI);
  const app = variable && soleApp(path, project);
  if (!app || file.isExample || /\.test\b/u.test(file.name)) return [];
  const expansion = expandedValue(variable, file, project.envFilesIn(dirname(path)));
  const value = expansion?.text ?? '';
  if (expansion?.lost.length !== 0 || !/^https?:\/\//iu.test(value) || !URL.canParse(value)) return [];
  const url = new URL(value);
  if (isConvexHost(url.hostname)) return [];
  const wrong = wrongPath(variable, url, app, project);
  if (wrong) return [wrong];
  if (!isLocalHost(url.host) || (file.mode !== undefined && file.mode !== 'development')) return [];
  return [otherPort(variable, url, app, project) ?? otherUri(variable, url, path, project)].filter(
    (finding) => finding !== undefined,
  );
}

function wrongPath(
  { value, valueRange }: EnvVariable,
  { host, pathname }: URL,
  app: App,
  project: Project,
): CallbackFinding | undefined {
  const found = callbackRoute(app, pathname, project, isLocalHost(host) && isNextDev(host, app, project));
  if (found.kind !== 'none' && found.kind !== 'other') return undefined;
  return {
    messageId: 'wrongPath',
    range: valueRange,
    data: {
      what: `'${redacted(value)}'`,
      path: pathname,
      found: describe(found, app, project),
      advice: advise(pathname, found, app, project),
    },
    unfixable: 'a route has to be written, or another path given',
  };
}

/** `http://localhost:3000/callback` while `next dev --port 3001` runs. */
function otherPort(
  { value, valueRange }: EnvVariable,
  url: URL,
  app: App,
  project: Project,
): CallbackFinding | undefined {
  const server = otherServer(url, app, project);
  return (
    server && {
      messageId: 'otherDevPort',
      range: valueRange,
      data: { value: redacted(value), ...server, instead: redacted(server.instead) },
      unfixable: 'which of both ports is meant is for a person to say',
    }
  );
}

/** A URI of the developer's machine that `convex.json` does not register for it. */
function otherUri(
  { value, valueRange }: EnvVariable,
  url: URL,
  path: string,
  project: Project,
): CallbackFinding | undefined {
  const json = convexJsonFor(path, project);
  const registered = json?.authKit.dev?.redirectUris ?? [];
  if (!json || registered.length === 0 || registered.some(({ text }) => templatesIn(text).length > 0)) return undefined;
  const isRegistered = registered.some(({ text }) => URL.canParse(text) && new URL(text).href === url.href);
  if (isRegistered) return undefined;
  return {
    messageId: 'otherDevUri',
    range: valueRange,
    data: {
      value: redacted(value),
      json: project.display(json.path),
      registered: registered.map(({ text }) => `'${redacted(text)}'`).join(', '),
    },
    unfixable: 'which of both is meant is for a person to say',
  };
}
