/** Where `next dev` serves an app on the developer's machine, as the scripts of its package.json say. */
import { join } from 'node:path';
import { foldersUp } from '../../../project/folders.ts';
import { packageAt } from '../../../project/modules/packages.ts';
import type { App, Project } from '../../../project/project.ts';
import { recordOf } from '../../../project/settings.ts';

interface DevServer {
  /** The script, by name: `dev`. */
  readonly script: string;
  readonly port: string;
  readonly isSecure: boolean;
}

/** Next.js takes this one when no other is named (vercel/next.js packages/next/src/bin/next.ts). */
const DEFAULT_PORT = '3000';

const DEFAULT_SERVER = { port: DEFAULT_PORT, isSecure: false };

const scriptsOf = (app: App, project: Project) =>
  Object.entries(recordOf(packageAt(project.facts, app.root)?.json['scripts']));

const hasDevScript = (app: App, project: Project): boolean =>
  scriptsOf(app, project).some(([, command]) => typeof command === 'string' && /\bnext\s+dev\b/u.test(command));

/** The servers of all scripts that run `next dev`; undefined where one of them has a port that is not written down, and where none runs it. */
function devServersOf(app: App, project: Project): readonly DevServer[] | undefined {
  const servers = scriptsOf(app, project).flatMap(([script, command]) =>
    typeof command === 'string' && /\bnext\s+dev\b/u.test(command) ? [serverOf(script, command)] : [],
  );
  const known = servers.filter((server) => server !== undefined);
  return known.length === servers.length && known.length > 0 ? known : undefined;
}

function serverOf(script: string, command: string): DevServer | undefined {
  const flags = /\bnext\s+dev\b(?<rest>[^&|;]*)/u.exec(command)?.groups?.['rest'] ?? '';
  const isSecure = flags.includes('--experimental-https');
  const flag = /(?:\s|^)(?:-p|--port)(?:\s+|=)?(?<port>\S+)/u.exec(flags)?.groups?.['port'];
  const variable = /\bPORT=(?<port>\S+)/u.exec(command)?.groups?.['port'];
  const port = (flag ?? variable ?? DEFAULT_PORT).replace(/^["']|["'\\]+$/gu, '');
  // A port of the shell's, or of another program that starts this one.
  return /^\d+$/u.test(port) && !/portless|dotenv|env-cmd/u.test(command) ? { script, port, isSecure } : undefined;
}

/** Where `next dev` serves an app: `http://localhost:3000`, unless the scripts say otherwise; undefined where no one knows. */
export function devOrigin(app: App | undefined, project: Project): string | undefined {
  const servers = app && hasDevScript(app, project) ? devServersOf(app, project) : [DEFAULT_SERVER];
  const [server, ...others] = servers ?? [];
  if (!server || others.some(({ isSecure, port }) => port !== server.port || isSecure !== server.isSecure))
    return undefined;
  return `http${server.isSecure ? 's' : ''}://localhost:${server.port}`;
}

/** Whether it is `next dev` itself that answers at a host of this machine: nothing listens in front of it, and no server of the app's own starts it. */
export function isNextDev(host: string, app: App, project: Project): boolean {
  const origin = devOrigin(app, project);
  const isStartedByOther = !hasDevScript(app, project) && scriptsOf(app, project).some(([name]) => name === 'dev');
  return origin !== undefined && !isStartedByOther && portOf(host) === portOf(origin);
}

const portOf = (host: string): string | undefined => /:(?<port>\d+)$/u.exec(host)?.groups?.['port'];

const COMPOSE_FILES = ['compose', 'docker-compose'].flatMap((name) =>
  ['', '.override', '.dev', '.development', '.local'].flatMap((variant) =>
    ['yaml', 'yml'].map((end) => `${name}${variant}.${end}`),
  ),
);

/** The ports of what starts `next dev` by itself and listens in front of it, unless another one is set. */
const IN_FRONT = [
  { command: /\b(?:netlify|ntl)\s+dev\b/u, port: '8888' },
  { command: /\b(?:vercel|vc)\s+dev\b/u, port: DEFAULT_PORT },
];

/** Whether something else may listen on a port: a script that names it or starts what has it, a container that publishes it, `netlify dev`. */
function mayListen(port: string, { root }: App, { cwd, facts }: Project): boolean {
  const named = new RegExp(`(?<!\\d)${port}(?!\\d)`, 'u');
  // `8080:3000`, `${PORT:-8080}:3000`, `published: 8080`
  const published = new RegExp(`(?<!\\d)${port}\\}?:\\d|\\bpublished:\\s*["']?${port}(?!\\d)`, 'u');
  const textsOf = (folder: string, names: readonly string[]): readonly string[] =>
    facts.namesIn(folder, names).map((name) => facts.text(join(folder, name)) ?? '');
  return foldersUp(root, cwd).some((folder) => {
    const scripts = Object.values(recordOf(packageAt(facts, folder)?.json['scripts'])).map(String);
    const [netlify] = textsOf(folder, ['netlify.toml']);
    return (
      scripts.some(
        (script) => named.test(script) || IN_FRONT.some((one) => one.port === port && one.command.test(script)),
      ) ||
      textsOf(folder, COMPOSE_FILES).some(
        (text) => published.test(text) || (/network_mode:\s*["']?host/u.test(text) && named.test(text)),
      ) ||
      (netlify !== undefined && (port === '8888' || named.test(netlify)))
    );
  });
}

export interface OtherServer {
  readonly script: string;
  /** `http://localhost:3001` */
  readonly serves: string;
  /** The same URL on that server. */
  readonly instead: string;
}

/** The server that a URL on this machine has to name, and does not; undefined where it does, and where no one knows. */
export function otherServer(url: URL, app: App, project: Project): OtherServer | undefined {
  const servers = devServersOf(app, project);
  const [server] = servers ?? [];
  // Something in front of it may speak https, or listen on the port of the web, for a server that does neither.
  if (!server || url.port === '' || url.protocol === 'https:') return undefined;
  if (servers?.some(({ isSecure, port }) => port === url.port && !isSecure)) return undefined;
  if (servers?.every(({ port }) => port !== url.port) && mayListen(url.port, app, project)) return undefined;
  const instead = new URL(url.href);
  instead.port = server.port;
  if (server.isSecure) instead.protocol = 'https:';
  return { script: server.script, serves: instead.origin, instead: instead.href };
}
