/** What env files say that keeps sessions from starting (PLAYBOOK §4 and §5). Values that are secrets are never printed. */
import { dirname, join } from 'node:path';
import { withoutBOM } from '../../analysis/syntax/source-file.ts';
import { referencesIn } from '../../project/env/env-expansion.ts';
import { type EnvVariable, expandedValue, readEnvFile } from '../../project/env/env-files.ts';
import type { Project } from '../../project/project.ts';
import type { Finding } from '../finding.ts';
import { hostingOf, isLocalHost } from '../redirect-uri/hosting/hosts.ts';
import { proxyHost } from '../redirect-uri/convex-json/preview-registration.ts';
import { readsVariable, type EnvMessageId, type EnvSubject, COOKIE_PASSWORD, REDIRECT_URI } from './env-subject.ts';
import { findMissingVariables } from './missing-variables.ts';
import { secretNamed, usesWorkOS } from './secrets.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';

/** The SDKs that read `WORKOS_REDIRECT_URI` without a prefix. */
const OTHER_SDKS = /^@workos-inc\/authkit-(?:remix|react-router|sveltekit|ssr)$|^@workos\/authkit-/u;

/** Versions that read it so themselves: those before 0.11 (workos/authkit-nextjs `src/env-variables.ts`, pull request 82). A caret keeps a `0.x` to its minor. */
const READS_IT_BARE = /"@workos-inc\/authkit-nextjs"\s*:\s*"[~^=v]*0\.(?:\d|10)[."]/u;

/** No person signs in while tests run. */
const FOR_TESTS = /\.test\b/u;

/** Finds what is wrong in an env file. Of an example, or a file for tests, only names count. */
export function findInvalidEnv(path: string, text: string, project: Project): readonly Finding<EnvMessageId>[] {
  if (!text.includes('WORKOS') && !text.includes('sk_')) return [];
  const file = readEnvFile(path, text);
  const folder = dirname(path);
  const subject: EnvSubject = {
    project,
    file,
    text: withoutBOM(text),
    folder,
    hasValues: !file.isExample && !FOR_TESTS.test(file.name),
    apps: project.appsFor(path),
    expanded: (variable) => expandedValue(variable, file, project.envFilesIn(folder)),
  };
  return [
    ...[...file.variables.values()].flatMap((variable) => judge(variable, subject, project)),
    ...findMissingVariables(subject),
  ].sort((a, b) => a.range[0] - b.range[0]);
}

function judge(entry: EnvVariable, file: EnvSubject, project: Project): Finding<EnvMessageId>[] {
  const secret = publicSecret(entry, file);
  if (secret) return [secret];
  if (!file.hasValues) return [];
  switch (entry.name) {
    case REDIRECT_URI:
      return redirectUri(entry, file, project);
    case 'WORKOS_REDIRECT_URI':
      return ignoredVariable(entry, file, project);
    case COOKIE_PASSWORD:
      return isOverridden(entry, file, project) ? [] : findShortPassword(entry, file);
    default:
      return [];
  }
}

/** Whether a file that counts before this one, for every mode, sets the variable too: this one's value is a stand-in. */
function isOverridden({ name }: EnvVariable, { file, folder }: EnvSubject, project: Project): boolean {
  const files = project.envFilesIn(folder).filter(({ isExample, mode }) => !isExample && mode === undefined);
  return (
    file.name === '.env' && files.some((other) => other.isLocal && (other.variables.get(name)?.value ?? '') !== '')
  );
}

function publicSecret(variable: EnvVariable, { apps, expanded }: EnvSubject): Finding<EnvMessageId> | undefined {
  const { name, nameRange, value } = variable;
  if (!name.startsWith('NEXT_PUBLIC_')) return undefined;
  const found = (messageId: EnvMessageId, data: Record<string, string>): Finding<EnvMessageId> => ({
    messageId,
    range: nameRange,
    data: { name, ...data },
    unfixable: 'the code that reads it has to change too',
  });
  const named = secretNamed(name);
  if (named) return found('publicSecret', { instead: named.secret });
  const held = referencesIn(value).find((reference) => secretNamed(reference));
  if (held !== undefined)
    return found('publicSecretValue', { secret: `the value of ${held}, which is a secret`, instead: held });
  if (!usesWorkOS(apps) || !/^sk_\w/u.test(expanded(variable)?.text ?? value)) return undefined;
  return found('publicSecretValue', { secret: 'a secret key (sk_…)', instead: name.replace('NEXT_PUBLIC_', '') });
}

function redirectUri(variable: EnvVariable, subject: EnvSubject, project: Project): Finding<EnvMessageId>[] {
  const { value: written, valueRange } = variable;
  const { apps, file } = subject;
  const expansion = subject.expanded(variable);
  const value = expansion?.text ?? '';
  if (value === '' || expansion?.lost.length !== 0) return [];
  const found = (messageId: EnvMessageId, data: Record<string, string>, unfixable: string): Finding<EnvMessageId>[] => [
    { messageId, range: valueRange, data: { value: written, ...data }, unfixable },
  ];
  const url = /^https?:\/\//iu.test(value) && URL.canParse(value) ? new URL(value) : undefined;
  if (!url) return found('noUrl', {}, 'which scheme and host are meant is for a person to say');
  if (url.hostname.includes('*')) return found('wildcardHost', {}, 'which host is meant is for a person to say');
  const isDeployment = hostingOf(url.hostname) !== undefined && !isLocalHost(url.host);
  // `.env` is read by every build, previews included; a proxy that sends the preview's own host outranks it.
  const reachesPreviews = file.name === '.env' || file.name === '.env.preview';
  if (
    isDeployment &&
    reachesPreviews &&
    project.settings.authkit.hosting !== 'fixed' &&
    !apps.some((one) => proxyHost(one, project) !== undefined)
  ) {
    return found(
      'deploymentHost',
      { host: url.host, file: file.name },
      'the proxy has to send the host of the preview',
    );
  }
  return [];
}

function ignoredVariable(
  { nameRange, value }: EnvVariable,
  { apps, file, folder }: EnvSubject,
  project: Project,
): Finding<EnvMessageId>[] {
  // Other folders' files are read by other programs.
  if (value === '' || !apps.some(({ root }) => root === folder)) return [];
  const isGiven = project
    .envFilesIn(folder)
    .some(({ isExample, variables }) => !isExample && (variables.get(REDIRECT_URI)?.value ?? '') !== '');
  const usesNextAlone =
    apps.length > 0 &&
    apps.every(({ dependencies }) => {
      const names = [...dependencies.keys()];
      return names.includes(AUTHKIT) && !names.some((name) => OTHER_SDKS.test(name));
    });
  const isOld = READS_IT_BARE.test(project.facts.text(join(folder, 'package.json')) ?? '');
  if (
    !usesNextAlone ||
    isOld ||
    isGiven ||
    file.variables.has(REDIRECT_URI) ||
    apps.some((app) => readsVariable(project, app, 'WORKOS_REDIRECT_URI'))
  )
    return [];
  return [
    {
      messageId: 'ignoredVariable',
      range: nameRange,
      data: { instead: REDIRECT_URI },
      unfixable: 'the value is baked in at build under its other name, and the hosting has to know about it',
    },
  ];
}

/** iron-session seals nothing with less; authkit-nextjs `src/session.ts` throws in the proxy. */
const MIN_PASSWORD = 32;

function findShortPassword(variable: EnvVariable, { expanded, text }: EnvSubject): Finding<EnvMessageId>[] {
  const { value: written, valueRange } = variable;
  const expansion = expanded(variable);
  if (!expansion || expansion.text.length >= MIN_PASSWORD) return [];
  // An empty one is left for another file to fill in, a mere reference for a shell or for what reads a store of secrets (`op://…`).
  if (written === '' || (expansion.text === '' && /^\$(?:\w+|\{\w+\})$/u.test(written))) return [];
  if (/^(?!https?:)[a-z][a-z\d+]*:\/\//u.test(written)) return [];
  const reason = reasonOf(
    written,
    expansion.lost.length > 0,
    text.slice(valueRange[1], text.indexOf('\n', valueRange[1]) + 1 || undefined),
  );
  return [
    {
      messageId: 'shortPassword',
      range: valueRange,
      data: {
        length: String(expansion.text.length),
        min: String(MIN_PASSWORD),
        why: reason?.why ?? '',
        fix: reason?.fix ?? "Make one with 'openssl rand -base64 32'",
      },
      unfixable: reason
        ? 'how much of the line belongs to the value is for a person to say'
        : 'a new password has to be made: openssl rand -base64 32',
    },
  ];
}

/** Why a value is shorter than it looks, and how to keep all of it. */
function reasonOf(
  written: string,
  isLost: boolean,
  behind: string,
): { readonly why: string; readonly fix: string } | undefined {
  if (isLost && referencesIn(written).length > 0)
    return { why: " once Next.js has replaced a variable, '$…', in it", fix: "Write '\\$' for a dollar sign" };
  return /^[ \t]*#/u.test(behind)
    ? { why: ", because '#' starts a comment", fix: 'Put the value in quotes' }
    : undefined;
}
