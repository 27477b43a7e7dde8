/** What can't be right in `authKit` of `convex.json`: the push fails, or WorkOS is given a host that nobody answers on. */
import type { Range } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { Finding } from '../../finding.ts';
import {
  type AuthKitEnvironment,
  type ConvexJson,
  type EnvironmentConfig,
  type JsonText,
  type Template,
  registeredUri,
  templatesIn,
} from './convex-json.ts';
import { VERCEL_VARIABLES, hostVariable, isLocalHost, isVercelHost } from '../hosting/hosts.ts';

export type ValidJsonMessageId =
  | 'deploymentHostInProd'
  | 'jsonMissingScheme'
  | 'localhostRegistered'
  | 'misplacedKey'
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

/** Finds what the Convex CLI refuses, and URLs that no deployment answers on. */
export function findInvalidRegistrations({ authKit }: ConvexJson): readonly JsonFinding[] {
  return ENVIRONMENTS.flatMap((environment) => {
    const config = authKit[environment];
    if (!config) return [];
    const texts = [...urlsOf(config), ...config.localEnvVars];
    return [
      ...misplacedKeys(config, environment),
      ...texts.flatMap((text) => templatesIn(text.text).flatMap((template) => judgeTemplate(template, text) ?? [])),
      ...urlsOf(config).flatMap((text) => strayTemplates(text)),
      ...localhosts(config, environment),
      ...urlsOf(config).flatMap((text) => judgeUrl(text, environment) ?? []),
    ];
  });
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
        unfixable: 'whether it moves or goes is for a person to say',
      },
    ];
  });
}

function judgeTemplate(template: Template, text: JsonText): JsonFinding | undefined {
  const { name, namespace, raw } = template;
  const found = (messageId: ValidJsonMessageId, instead: string | undefined): JsonFinding => ({
    messageId,
    data: {
      raw,
      name,
      instead: instead ?? '',
      cure: instead === undefined ? 'Name one that Vercel sets' : `Write ${instead}`,
    },
    ...(instead === undefined
      ? { range: placeIn(text, template) ?? text.range, unfixable: 'what is meant is not known' }
      : replaced(text, template, instead)),
  });
  if (namespace === 'authEnv') return AUTH_ENV.has(name) ? undefined : found('unknownTemplate', undefined);
  if (namespace === 'buildEnv') {
    if (VERCEL_VARIABLES.has(name)) return undefined;
    const meant = [`VERCEL_${name}`, `${name}_URL`, name.toUpperCase()].find((one) => VERCEL_VARIABLES.has(one));
    if (meant !== undefined) return found('unknownVariable', `\${buildEnv.${meant}}`);
    // A variable of the project's own may have any name, but not one in Vercel's namespace.
    return name.startsWith('VERCEL_') ? found('unknownVariable', undefined) : undefined;
  }
  if (namespace === undefined && /^[A-Z][A-Z\d_]*$/u.test(name)) {
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

/** Deployments that have the developer's machine registered and no other host. (Beside another one it does no harm.) */
function localhosts({ redirectUris }: EnvironmentConfig, environment: AuthKitEnvironment): JsonFinding[] {
  const uris = redirectUris.map((text) => ({ text, uri: registeredUri(text.text) }));
  if (environment === 'dev' || !uris.every(({ uri }) => uri?.variable === undefined && isLocalHost(uri?.host ?? '')))
    return [];
  return uris.map(({ text, uri }): JsonFinding => {
    const host = environment === 'prod' ? 'VERCEL_PROJECT_PRODUCTION_URL' : 'VERCEL_URL';
    const instead = `https://\${buildEnv.${host}}${uri?.path === '/' ? '' : (uri?.path ?? '')}`;
    return {
      messageId: 'localhostRegistered',
      data: { value: text.text, environment, instead },
      ...replaced(text, { index: 0, raw: text.text, namespace: undefined, name: host }, instead),
    };
  });
}

function judgeUrl(text: JsonText, environment: AuthKitEnvironment): JsonFinding | undefined {
  const uri = registeredUri(text.text);
  if (uri?.variable === undefined) return undefined;
  const { variable } = uri;
  const hasScheme = /^https?:\/\//u.test(text.text);
  if (!hasScheme && isVercelHost(variable)) {
    const at = text.range[0] + 1;
    const edits: Edit[] = [{ range: [at, at], text: 'https://' }];
    return {
      messageId: 'jsonMissingScheme',
      range: text.range,
      data: { value: text.text, name: variable, instead: `https://${text.text}` },
      fix: { safety: 'review', edits },
      fixMessageId: 'writeInstead',
    };
  }
  if (environment !== 'prod' || !isVercelHost(variable) || hostVariable(variable)?.scope !== 'deployment')
    return undefined;
  const template = templatesIn(text.text)[0];
  if (!template) return undefined;
  const instead = '${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}';
  return {
    messageId: 'deploymentHostInProd',
    data: { name: variable, value: text.text, instead },
    ...replaced(text, template, instead),
  };
}

function replaced(
  text: JsonText,
  template: Template,
  instead: string,
): Pick<JsonFinding, 'fix' | 'fixMessageId' | 'range' | 'unfixable'> {
  const range = placeIn(text, template);
  if (!range) return { range: text.range, unfixable: 'the string is written with escapes' };
  return { range, fix: { safety: 'review', edits: [{ range, text: instead }] }, fixMessageId: 'writeInstead' };
}

/** Where a template stands in the file; undefined in a string with escapes, whose characters can't be counted off. */
function placeIn({ range, text }: JsonText, { index, raw }: Template): Range | undefined {
  if (range[1] - range[0] - 2 !== text.length) return undefined;
  const start = range[0] + 1 + index;
  return [start, start + raw.length];
}
