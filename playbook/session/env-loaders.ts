/** Whether an app gets its variables from elsewhere than the env files next to it. */
import { dirname, join } from 'node:path';
import { recordOf } from '../../project/settings.ts';
import type { App, Project } from '../../project/project.ts';

/** Programs that start others with variables of their own: dotenv-cli, env-cmd, Infisical, Doppler, 1Password, Varlock, SST. */
const LOADERS =
  /dotenv|env-cmd|--env-file|with-env|infisical|doppler|\bop run\b|varlock|\bsst\b|chamber|vercel env run|phase run/u;

/** What a `next.config` has that loads env files of another folder, or makes variables. */
const IN_CONFIG = /loadEnvConfig|dotenv|process\.loadEnvFile|envDir/u;

/** Whether scripts of the app, or of the packages above it, or its `next.config`, load variables. */
export function loadsVariables({ configPath, root }: App, project: Project): boolean {
  const { cwd, facts } = project;
  const config = configPath === undefined ? '' : (facts.text(configPath) ?? '');
  if (IN_CONFIG.test(config)) return true;
  for (let folder = root; ; folder = dirname(folder)) {
    const scripts = recordOf(recordOf(project.json(join(folder, 'package.json'))?.value)['scripts']);
    if (Object.values(scripts).some((script) => typeof script === 'string' && LOADERS.test(script))) return true;
    if (folder === cwd || folder === dirname(folder)) return false;
  }
}
