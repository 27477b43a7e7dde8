/** Variables without which AuthKit fails on every request, and that no env file of an app sets. */
import { isWithin } from '../../project/folders.ts';
import { type EnvFile, type EnvVariable, isEnvFile } from '../../project/env/env-files.ts';
import type { App, Project } from '../../project/project.ts';
import type { Finding } from '../finding.ts';
import { isMisspellingOf } from '../spelling.ts';
import { readsVariable, type EnvMessageId, type EnvSubject, COOKIE_PASSWORD, REDIRECT_URI } from './env-subject.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { dirname, join } from 'node:path';
import { recordOf } from '../../project/settings.ts';

/** authkit-nextjs `src/env-variables.ts`. */
const REQUIRED = ['WORKOS_CLIENT_ID', 'WORKOS_API_KEY', COOKIE_PASSWORD] as const;

/** Where fewer are set, the others come from elsewhere. */
const MIN_SET = 2;

/** The files that Next.js reads when people sign in. */
const SIGN_IN_MODES: ReadonlySet<string | undefined> = new Set([undefined, 'development', 'production']);

/** One finding for an app, in the strongest of its files that holds what is not committed; and names that AuthKit does not read. */
export function findMissingVariables(subject: EnvSubject): readonly Finding<EnvMessageId>[] {
  const { apps, file, folder, hasValues, project } = subject;
  if (!hasValues || !SIGN_IN_MODES.has(file.mode)) return [];
  const app = apps.find(({ root }) => root === folder);
  if (!app) return findUnreadFile(subject);
  if (!app.dependencies.has(AUTHKIT) || loadsVariables(app, project)) return [];
  const files = filesOf(folder, file, project);
  if (files.find(holdsSecrets)?.path !== file.path || !areForSignIn(files)) return [];
  const isSet = (name: string): boolean => isSetIn(files, name);
  const isMissing = (name: string): boolean => !isSet(name) && !isMadeElsewhere(app, name, project);
  const missing: string[] = REQUIRED.filter(isMissing);
  if (
    !isSet(REDIRECT_URI) &&
    !isSet('WORKOS_REDIRECT_URI') &&
    isMissing(REDIRECT_URI) &&
    !readsVariable(project, app, 'redirectUri')
  )
    missing.push(REDIRECT_URI);
  const misnamed = [...file.variables.values()].flatMap((variable) => {
    const meant = missing.find((name) => isMeant(variable, name));
    return meant === undefined || readsVariable(project, app, variable.name) ? [] : [{ meant, variable }];
  });
  const left = missing.filter((name) => !misnamed.some(({ meant }) => meant === name));
  const at = [...REQUIRED, REDIRECT_URI]
    .map((name) => file.variables.get(name))
    .find((variable) => variable !== undefined);
  return [
    ...misnamed.map(({ meant, variable: { name, nameRange } }): Finding<EnvMessageId> => ({
      messageId: 'misnamedVariable',
      range: nameRange,
      data: { name, meant },
      unfixable: 'the hosting has to know the name, too',
    })),
    ...(left.length > 0 && at
      ? [
          {
            messageId: 'missingVariables',
            range: at.nameRange,
            data: { missing: left.join(', '), verb: left.length === 1 ? 'is' : 'are' },
            unfixable: 'the values are in the WorkOS dashboard',
          } satisfies Finding<EnvMessageId>,
        ]
      : []),
  ];
}

const isMeant = ({ name, value }: EnvVariable, required: string): boolean =>
  value !== '' &&
  (isMisspellingOf(name, required) || (required === COOKIE_PASSWORD && name === 'WORKOS_COOKIE_SECRET'));

/** The env files of an app that count, the strongest first, with the text of one of them. */
function filesOf(folder: string, file: EnvFile, project: Project): readonly EnvFile[] {
  const known = project.envFilesIn(folder).map((one) => (one.path === file.path ? file : one));
  const all = known.some(({ path }) => path === file.path) ? known : [file, ...known];
  return [...all, ...project.settingsEnvFiles()].filter(({ isExample, mode }) => !isExample && SIGN_IN_MODES.has(mode));
}

const isSetIn = (files: readonly EnvFile[], name: string): boolean =>
  files.some(({ variables }) => (variables.get(name)?.value ?? '') !== '');

/** A single one may be there for another program, or for one test. */
const areForSignIn = (files: readonly EnvFile[]): boolean =>
  [...REQUIRED, REDIRECT_URI].filter((name) => isSetIn(files, name)).length >= MIN_SET;

/** A committed file may leave the rest to the hosting, or to another file that git ignores; no one commits an API key. */
function holdsSecrets({ isLocal, name, variables }: EnvFile): boolean {
  const sets = (names: readonly string[]): boolean => names.some((one) => (variables.get(one)?.value ?? '') !== '');
  return isEnvFile(name) && sets(isLocal ? [...REQUIRED, REDIRECT_URI] : ['WORKOS_API_KEY']);
}

/** Whether `next.config` names a variable, which may then make it. */
function isMadeElsewhere({ configPath }: App, name: string, { facts }: Project): boolean {
  return configPath !== undefined && (facts.text(configPath) ?? '').includes(name);
}

/** A file above an app, which Next.js does not read, has what the app's own files lack. */
function findUnreadFile({ apps, file, folder, project }: EnvSubject): readonly Finding<EnvMessageId>[] {
  const variable = [COOKIE_PASSWORD, REDIRECT_URI]
    .map((name) => file.variables.get(name))
    .find((one) => one && one.value !== '');
  if (!variable || !holdsSecrets(file)) return [];
  const below = apps.filter(({ dependencies, root }) => isWithin(folder, root) && dependencies.has(AUTHKIT));
  const [app] = below;
  // One cause, one report: an app's own files are told what they lack.
  const isOwn = ({ root }: App): boolean => {
    const own = project.envFilesIn(root).filter(({ isExample }) => !isExample);
    return own.some(({ variables }) => variables.has(variable.name)) || (own.some(holdsSecrets) && areForSignIn(own));
  };
  if (!app || below.length !== apps.length || below.some((one) => isOwn(one) || loadsVariables(one, project)))
    return [];
  return [
    {
      messageId: 'unreadFile',
      range: variable.nameRange,
      data: { name: variable.name, file: file.name, app: project.display(app.root) },
      unfixable: 'where the variables belong is not in the code',
    },
  ];
}

/** Programs that start others with variables of their own: dotenv-cli, env-cmd, Infisical, Doppler, 1Password, Varlock, SST. */
const LOADERS =
  /dotenv|env-cmd|--env-file|with-env|infisical|doppler|\bop run\b|varlock|\bsst\b|chamber|vercel env run|phase run/u;

/** What a `next.config` has that loads env files of another folder, or makes variables. */
const IN_CONFIG = /loadEnvConfig|dotenv|process\.loadEnvFile|envDir/u;

/** Whether scripts of the app, or of the packages above it, or its `next.config`, load variables. */
function loadsVariables({ configPath, root }: App, project: Project): boolean {
  const { cwd, facts } = project;
  const config = configPath === undefined ? '' : (facts.text(configPath) ?? '');
  if (IN_CONFIG.test(config)) return true;
  for (let folder = root; ; folder = dirname(folder)) {
    const scripts = recordOf(recordOf(project.json(join(folder, 'package.json'))?.value)['scripts']);
    if (Object.values(scripts).some((script) => typeof script === 'string' && LOADERS.test(script))) return true;
    if (folder === cwd || folder === dirname(folder)) return false;
  }
}
