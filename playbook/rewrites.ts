/**
 * The `rewrites` and `redirects` of `next.config.*`: which other path an app answers with. Read statically; a rule of a
 * form that is not known here (a condition by `has`, a pattern of its own) is left out.
 */
import { propertyName, walk } from '../analysis/syntax/ast.ts';
import { environmentOf } from '../analysis/values/environment.ts';
import { type Evaluator, createEvaluator } from '../analysis/values/evaluate.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import { type ObjectValue, type Value, alternativesOf, knownText } from '../analysis/values/values.ts';
import { perProject } from '../project/memos/per-project.ts';
import type { App, Project } from '../project/project.ts';

/**
 * When a rule is tried, in this order (nextjs.org, "rewrites": the order Next.js routes are checked): redirects and
 * `beforeFiles` before all files, `afterFiles` (a plain list) before dynamic routes, `fallback` last.
 */
export type Phase = 'afterFiles' | 'beforeFiles' | 'fallback' | 'redirect';

export interface Rewritten {
  /** The path of this app, without a query; undefined for another site. */
  readonly pathname: string | undefined;
  readonly verb: 'redirects' | 'rewrites';
}

interface Rule {
  readonly phase: Phase;
  readonly source: readonly Segment[];
  readonly destination: string;
}

type Segment =
  | { readonly kind: 'static'; readonly text: string }
  | {
      readonly kind: 'param';
      readonly name: string;
      readonly repeat: '' | '*' | '+' | '?';
      readonly among: readonly string[] | undefined;
    };

/** Where the first rule of a phase that fits leads; undefined when none does. */
export function rewrittenAt(project: Project, app: App, pathname: string, phase: Phase): Rewritten | undefined {
  const { basePath } = app;
  const own = basePath !== '' && pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
  const parts = own.split('/').filter(Boolean);
  for (const rule of rulesOf(project, app)) {
    const params = rule.phase === phase ? matched(rule.source, parts) : undefined;
    if (!params) continue;
    return { pathname: filled(rule.destination, params), verb: phase === 'redirect' ? 'redirects' : 'rewrites' };
  }
  return undefined;
}

/** Whether a redirect that is not read here may answer for a path: its source begins as the path does, or is not known. */
export const mayBeRedirected = (project: Project, app: App, pathname: string): boolean =>
  readConfig(project, app).unread.some((start) => pathname.toLowerCase().startsWith(start));

/** What the words of a link to a rewritten path are asked with: the routes, and the sources found so far, that sign people out. */
export interface Leading {
  /** The last segment that is known. */
  readonly last: string;
  /** The whole pattern, lower case: `/api/session/end`. */
  readonly pattern: string;
}

/** The sources of rules that may lead to one of some places, directly or by way of each other. */
export function sourcesLeadingTo(project: Project, app: App, places: readonly Leading[]): Leading[] {
  const found: Leading[] = [];
  let left = rulesOf(project, app);
  for (let isMore = left.length > 0; isMore;) {
    const leading = left.filter((rule) =>
      [...places, ...found].some((place) => mayLeadTo(rule.destination.toLowerCase(), place)),
    );
    left = left.filter((rule) => !leading.includes(rule));
    found.push(...leading.flatMap(({ source }) => leadingOf(source)));
    isMore = leading.length > 0 && left.length > 0;
  }
  return found;
}

function leadingOf(source: readonly Segment[]): Leading[] {
  const texts = source.flatMap((segment) => (segment.kind === 'static' ? [segment.text] : []));
  const last = texts.at(-1);
  return last === undefined ? [] : [{ last, pattern: `/${texts.join('/')}` }];
}

function mayLeadTo(destination: string, { last, pattern }: Leading): boolean {
  const [path = ''] = destination.split(/[?#]/u);
  const end = path.split('/').findLast(Boolean) ?? '';
  return end.startsWith(':') ? pattern.startsWith(path.slice(0, path.indexOf(':'))) : end === last.toLowerCase();
}

interface ConfigRules {
  readonly rules: readonly Rule[];
  /** With what the sources of redirects begin that are not among them. */
  readonly unread: readonly string[];
}

const rulesOf = (project: Project, app: App): readonly Rule[] => readConfig(project, app).rules;

const readConfig = perProject('rewrites', (project, { configPath }: App): ConfigRules => {
  const text = configPath === undefined ? '' : (project.facts.text(configPath) ?? '');
  if (configPath === undefined || !/\bre(?:direct|write)s\b/u.test(text)) return { rules: [], unread: [] };
  const file = project.sourceFile(configPath);
  return file
    ? readRules(file, createEvaluator({ loader: project, environment: environmentOf({ NODE_ENV: 'production' }) }))
    : { rules: [], unread: [''] };
});

function readRules(file: SourceFile, evaluator: Evaluator): ConfigRules {
  const rules: Rule[] = [];
  const unread: string[] = [];
  let isListed = !file.text.includes('redirects');
  walk(file.ast, (node) => {
    if (node.type !== 'Property') return;
    const name = propertyName(node);
    if (name !== 'rewrites' && name !== 'redirects') return;
    isListed ||= name === 'redirects';
    const place = { file, node: node.value };
    const given = alternativesOf(evaluator.evaluate(place)).map((value) =>
      value.type === 'function' ? evaluator.call(value, [], place) : value,
    );
    for (const value of given.flatMap((one): (Value | undefined)[] => (one ? [...alternativesOf(one)] : [undefined]))) {
      if (value) rules.push(...rulesIn(value, name === 'redirects' ? 'redirect' : 'afterFiles'));
      if (name === 'redirects') unread.push(...unreadIn(value));
      // Only rewrites are listed by their phase.
      if (value?.type !== 'object' || name === 'redirects') continue;
      for (const phase of ['beforeFiles', 'afterFiles', 'fallback'] as const) {
        const listed = value.properties.get(phase);
        if (listed) rules.push(...rulesIn(listed.value, phase));
      }
    }
  });
  return { rules, unread: isListed ? unread : [''] };
}

function rulesIn(list: Value, phase: Phase): Rule[] {
  return alternativesOf(list).flatMap((value) =>
    value.type === 'array'
      ? value.items.flatMap((item) =>
          alternativesOf(item.value).flatMap((one) => (one.type === 'object' ? ruleOf(one, phase) : [])),
        )
      : [],
  );
}

/** With what the sources begin that `rulesIn` leaves out: nothing that is known, of those that are not seen at all. */
function unreadIn(list: Value | undefined): string[] {
  if (list?.type !== 'array') return [''];
  const starts = list.items.flatMap((item) =>
    alternativesOf(item.value).flatMap((one) => {
      if (one.type !== 'object') return [''];
      const source = one.properties.get('source');
      const text = (source && knownText(source.value)) ?? '';
      return ruleOf(one, 'redirect').length === 0 ? [text.replace(/[:(*{\\].*$/su, '').toLowerCase()] : [];
    }),
  );
  return list.open ? [...starts, ''] : starts;
}

function ruleOf({ properties }: ObjectValue, phase: Phase): Rule[] {
  // No one knows which requests have what these ask for.
  if (properties.has('has') || properties.has('missing')) return [];
  const [source, destination] = ['source', 'destination'].map((name) => {
    const property = properties.get(name);
    return property && knownText(property.value);
  });
  const segments = source === undefined ? undefined : segmentsOf(source);
  return segments && destination !== undefined ? [{ phase, source: segments, destination }] : [];
}

// `:name`, `:name*`, `:name(a|b)` of path-to-regexp.
const PARAM = /^:(?<name>\w+)(?:\((?<among>[\w|-]+)\))?(?<repeat>[*+?]?)$/u;

function segmentsOf(source: string): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  for (const part of source.split('/').filter(Boolean)) {
    const { among, name = '', repeat = '' } = PARAM.exec(part)?.groups ?? {};
    if (name !== '')
      segments.push({
        kind: 'param',
        name,
        repeat: repeat as '' | '*' | '+' | '?',
        among: among?.toLowerCase().split('|'),
      });
    else if (/[()*+:?{}]/u.test(part)) return undefined;
    else segments.push({ kind: 'static', text: part.toLowerCase() });
  }
  return segments;
}

/** What the parameters of a source hold for a path; undefined where it does not fit. A repeated one takes the rest. */
function matched(source: readonly Segment[], parts: readonly string[]): ReadonlyMap<string, string> | undefined {
  const params = new Map<string, string>();
  for (const [index, segment] of source.entries()) {
    const part = parts[index];
    if (segment.kind === 'static') {
      if (part?.toLowerCase() !== segment.text) return undefined;
      continue;
    }
    if (segment.repeat === '*' || segment.repeat === '+') {
      if (index < source.length - 1 || (segment.repeat === '+' && part === undefined)) return undefined;
      params.set(segment.name, parts.slice(index).join('/'));
      return params;
    }
    if (part === undefined ? segment.repeat !== '?' : segment.among?.includes(part.toLowerCase()) === false)
      return undefined;
    params.set(segment.name, part ?? '');
  }
  return source.length >= parts.length ? params : undefined;
}

function filled(destination: string, params: ReadonlyMap<string, string>): string | undefined {
  if (!destination.startsWith('/')) return undefined;
  const path = destination
    .replace(/[?#].*$/su, '')
    .replaceAll(/:(?<name>\w+)[*+?]?/gu, (whole, name: string) => params.get(name) ?? whole);
  return `/${path.split('/').filter(Boolean).join('/')}`;
}
