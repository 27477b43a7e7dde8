/** What can't be right in `authKit` of `convex.json`: the push fails, or WorkOS is given a host that no one answers on. */
import { dirname, join } from 'node:path';
import { redacted } from '../../../analysis/texts/redact.ts';
import { repositoryRoot } from '../../../project/modules/packages.ts';
import type { Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';
import { VERCEL, VERCEL_VARIABLES, hostVariable, isLocalHost, isVercelHost } from '../hosting/hosts.ts';
import { type ShownHosting, hostingShown, runsElsewhere, runsOnVercel } from '../hosting/hosting.ts';
import {
  type AuthKitEnvironment,
  type ConvexJson,
  type EnvironmentConfig,
  type JsonText,
  type Template,
  rangeWithin,
  registeredUri,
  templatesIn,
} from './convex-json.ts';
import { misspeltKeys } from './misspelt-keys.ts';
import { SHELL_NAME } from '../../../project/env/env-files.ts';

export type ValidJsonMessageId =
  | 'deploymentHostInProd'
  | 'jsonMissingScheme'
  | 'jsonPlainHttp'
  | 'localhostRegistered'
  | 'misplacedKey'
  | 'misspeltKey'
  | 'missingBuildEnv'
  | 'noTemplate'
  | 'unknownTemplate'
  | 'unknownVariable';

export type ValidJsonSuggestionId = 'writeInstead';

/** `${authEnv.…}` has these and no others (convex `resolveTemplate`). */
const AUTH_ENV = new Set(['WORKOS_API_KEY', 'WORKOS_CLIENT_ID', 'WORKOS_ENVIRONMENT_ID']);

const ENVIRONMENTS: readonly AuthKitEnvironment[] = ['dev', 'preview', 'prod'];
const ONLY_UNDER: Readonly<Record<string, AuthKitEnvironment>> = { localEnvVars: 'dev', environmentType: 'prod' };

type JsonFinding = Finding<ValidJsonMessageId, ValidJsonSuggestionId>;

/** Finds what the Convex CLI refuses or strips, and URLs that no deployment answers on. */
export function findInvalidRegistrations(json: ConvexJson, project: Project): readonly JsonFinding[] {
  let shown: ShownHosting | undefined;
  // Once for all the URLs: it searches the whole text.
  const hosting = (): ShownHosting => (shown ??= hostingShown(json, project));
  const asked: Asked = { hosting, isSet: (name) => isSetByWorkflow(name, json, project) };
  const found = ENVIRONMENTS.flatMap((environment) => {
    const config = json.authKit[environment];
    return config ? findInEnvironment(config, environment, asked) : [];
  });
  return [...misspeltKeys(json), ...found];
}

type AskHosting = () => ShownHosting;

interface Asked {
  readonly hosting: AskHosting;
  /** Whether something in the repository gives a variable to the deploy, whatever the hosting sets. */
  readonly isSet: (name: string) => boolean;
}

/** `env: { PROJECT_PRODUCTION_URL: … }` in a workflow of GitHub's, which may be what deploys. */
function isSetByWorkflow(name: string, { path }: ConvexJson, { cwd, facts }: Project): boolean {
  const folder = join(repositoryRoot(facts, dirname(path), cwd), '.github/workflows');
  return (facts.entries(folder) ?? []).some((file) =>
    (facts.text(file.path) ?? '').split('\n').some((line) => line.trimStart().startsWith(`${name}:`)),
  );
}

function findInEnvironment(
  config: EnvironmentConfig,
  environment: AuthKitEnvironment,
  asked: Asked,
): readonly JsonFinding[] {
  const { hosting } = asked;
  const urls = urlsOf(config);
  // What is wrong with a template comes first: the URL is judged when the template is right.
  const templates = [...urls, ...config.localEnvVars].map((text) => ({
    text,
    findings: templateFaults(text, asked),
  }));
  const faulty = new Set(templates.flatMap(({ findings, text }) => (findings.length > 0 ? [text] : [])));
  return [
    ...misplacedKeys(config, environment),
    ...templates.flatMap(({ findings }) => findings),
    ...localhosts(config, environment, hosting),
    ...urls.flatMap((text) => (faulty.has(text) ? [] : (judgeUrl(text, environment, hosting) ?? []))),
  ];
}

function templateFaults(text: JsonText, asked: Asked): readonly JsonFinding[] {
  const faults = templatesIn(text.text).flatMap((template) => judgeTemplate(template, text, asked) ?? []);
  return [...faults, ...strayTemplates(text)];
}

function urlsOf({ appHomepageUrl, corsOrigins, redirectUris }: EnvironmentConfig): JsonText[] {
  return [...redirectUris, ...corsOrigins, ...(appHomepageUrl ? [appHomepageUrl] : [])];
}

function misplacedKeys({ keys }: EnvironmentConfig, environment: AuthKitEnvironment): JsonFinding[] {
  return keys.flatMap(({ name, range }): JsonFinding[] => {
    const only = Object.hasOwn(ONLY_UNDER, name) ? ONLY_UNDER[name] : undefined;
    if (only === undefined || only === environment) return [];
    return [
      {
        messageId: 'misplacedKey',
        range,
        data: { name, only, environment },
        unfixable: 'whether it has to move or to go is not known',
      },
    ];
  });
}

function judgeTemplate(template: Template, text: JsonText, asked: Asked): JsonFinding | undefined {
  const { name, namespace, raw } = template;
  const found = (messageId: ValidJsonMessageId, instead: string | undefined): JsonFinding => ({
    messageId,
    data: {
      raw,
      name,
      instead: instead ?? '',
      fix: instead === undefined ? 'Name one that Vercel sets.' : `Write ${instead}`,
    },
    ...(instead === undefined
      ? {
          range: rangeWithin(text, template.index, template.raw.length) ?? text.range,
          unfixable: 'what is meant is not known',
        }
      : replaced(text, template, instead)),
  });
  if (namespace === 'authEnv') return AUTH_ENV.has(name) ? undefined : found('unknownTemplate', undefined);
  if (namespace === 'buildEnv') {
    const meant = meantVariable(name);
    return isVariableOfDeploy(name, meant, asked)
      ? undefined
      : found('unknownVariable', meant && `\${buildEnv.${meant}}`);
  }
  if (namespace === undefined && SHELL_NAME.test(name)) {
    return found('missingBuildEnv', AUTH_ENV.has(name) ? `\${authEnv.${name}}` : `\${buildEnv.${name}}`);
  }
  if (
    (namespace === 'process.env' || raw.startsWith('${process.env.') || raw.startsWith('${env.')) &&
    !raw.includes(' ')
  ) {
    return found('unknownTemplate', `\${buildEnv.${name.replace(/^env\./u, '')}}`);
  }
  return found('unknownTemplate', undefined);
}

/** The variable of Vercel's that a name nearly is: `BRANCH_URL`, `VERCEL_BRANCH`. */
const meantVariable = (name: string): string | undefined =>
  [`VERCEL_${name}`, `${name}_URL`, name.toUpperCase()].find((one) => VERCEL_VARIABLES.has(one));

/** Whether the deploy has a variable, or may have: one of the project's own may have any name, but not one in Vercel's namespace. */
function isVariableOfDeploy(name: string, meant: string | undefined, { hosting, isSet }: Asked): boolean {
  // Netlify's `URL` is nothing to Vercel.
  if (VERCEL_VARIABLES.has(name) || (!isVercelHost(name) && hostVariable(name) && !runsOnVercel(hosting())))
    return true;
  return (meant === undefined && !name.startsWith('VERCEL_')) || runsElsewhere(hosting()) || isSet(name);
}

/** `$VERCEL_URL`, `{{buildEnv.VERCEL_URL}}`, `{buildEnv.VERCEL_URL}`: what other programs would fill in, and Convex does not. */
const STRAY = /\$(?<shell>[A-Z][A-Z\d_]*)|(?<!\$)\{\{?\s*(?:buildEnv\.)?(?<braces>[A-Z][A-Z\d_]*)\s*\}?\}/gu;

function strayTemplates(text: JsonText): JsonFinding[] {
  return [...text.text.matchAll(STRAY)].map((match): JsonFinding => {
    const name = match.groups?.['shell'] ?? match.groups?.['braces'] ?? '';
    const instead = `\${${AUTH_ENV.has(name) ? 'authEnv' : 'buildEnv'}.${name}}`;
    const template: Template = { index: match.index, raw: match[0], namespace: undefined, name };
    return { messageId: 'noTemplate', data: { raw: match[0], name, instead }, ...replaced(text, template, instead) };
  });
}

/** Deployments that have the developer's machine registered and no other host. (Next to another one it does no harm.) */
function localhosts(
  { redirectUris }: EnvironmentConfig,
  environment: AuthKitEnvironment,
  hosting: AskHosting,
): JsonFinding[] {
  const [first] = redirectUris;
  if (!first || environment === 'dev') return [];
  const isLocal = ({ text }: JsonText): boolean => {
    const uri = registeredUri(text);
    return uri?.variable === undefined && isLocalHost(uri?.host ?? '');
  };
  if (!redirectUris.every(isLocal)) return [];
  const { path = '/' } = registeredUri(first.text) ?? {};
  const template = deploymentTemplate(hosting(), environment);
  const instead = template === undefined ? undefined : template + (path === '/' ? '' : path);
  return [
    {
      messageId: 'localhostRegistered',
      data: { value: redacted(first.text), environment, instead: instead ?? 'the host of the deployment' },
      ...(instead === undefined
        ? { range: first.range, unfixable: 'which variable holds the host of a deployment is not known' }
        : replaced(first, { index: 0, raw: first.text, namespace: undefined, name: '' }, instead)),
    },
  ];
}

/** `https://${buildEnv.VERCEL_URL}`: what a platform's deployments answer on; undefined where it has no variable for that. */
function deploymentTemplate(hosting: ShownHosting, environment: AuthKitEnvironment): string | undefined {
  const row = hosting.kind === 'vercel' ? VERCEL : hosting.kind === 'other' ? hosting.hosting : undefined;
  const wanted = environment === 'prod' ? 'production' : hosting.kind === 'vercel' ? 'deployment' : 'alias';
  const [name, variable] = Object.entries(row?.hostVariables ?? {}).find(([, { scope }]) => scope === wanted) ?? [];
  return name === undefined || !variable ? undefined : `${variable.hasScheme ? '' : 'https://'}\${buildEnv.${name}}`;
}

function judgeUrl(text: JsonText, environment: AuthKitEnvironment, hosting: AskHosting): JsonFinding | undefined {
  const variable = registeredUri(text.text)?.variable;
  if (variable === undefined || !isVercelHost(variable) || runsElsewhere(hosting())) return undefined;
  const scheme = /^https?:\/\//iu.exec(text.text)?.[0];
  if (scheme?.toLowerCase() !== 'https://') {
    const instead = `https://${text.text.slice(scheme?.length ?? 0)}`;
    const place = rangeWithin(text, 0, scheme?.length ?? 0);
    return {
      messageId: scheme === undefined ? 'jsonMissingScheme' : 'jsonPlainHttp',
      range: text.range,
      data: { value: redacted(text.text), name: variable, instead: redacted(instead) },
      ...(place
        ? { fix: { safety: 'review', edits: [{ range: place, text: 'https://' }] }, fixMessageId: 'writeInstead' }
        : { unfixable: 'the string is written with escapes' }),
    };
  }
  if (environment !== 'prod' || hostVariable(variable)?.scope !== 'deployment') return undefined;
  const template = templatesIn(text.text)[0];
  if (!template) return undefined;
  const instead = '${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}';
  return {
    messageId: 'deploymentHostInProd',
    data: { name: variable, value: redacted(text.text), instead },
    ...replaced(text, template, instead),
  };
}

function replaced(
  text: JsonText,
  template: Template,
  instead: string,
): Pick<JsonFinding, 'fix' | 'fixMessageId' | 'range' | 'unfixable'> {
  const range = rangeWithin(text, template.index, template.raw.length);
  if (!range) return { range: text.range, unfixable: 'the string is written with escapes' };
  return { range, fix: { safety: 'review', edits: [{ range, text: instead }] }, fixMessageId: 'writeInstead' };
}
