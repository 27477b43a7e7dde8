/** Routes that read the session and that the proxy's matcher leaves out: `withAuth()` throws there. */
import { type Edit, insertItemAfter, replace, styleOf } from '../../../analysis/edits/edits.ts';
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { App, Project } from '../../../project/project.ts';
import { type AppRoute, appRoutesOf } from '../../../project/routes/route-files.ts';
import { mentions } from '../../workos-modules.ts';
import { actionReaderOf, importsModule } from '../action-readers.ts';
import type { ProxyFinding } from '../findings.ts';
import { type RouteReader, readerOf } from '../session-readers.ts';
import { covers, sourceFor } from './coverage.ts';
import { readPathPattern } from './path-patterns.ts';
import { type Matcher, readMatcher } from './read-matcher.ts';

interface Gap {
  readonly route: AppRoute;
  readonly reader: RouteReader;
}

/** More sources than these are no small edit any more. */
const MAX_ADDED = 3;

/** Finds what is wrong with a proxy's matcher: sources that no build takes, and routes that are left out. */
export function findMatcherGaps(file: SourceFile, app: App, project: Project): readonly ProxyFinding[] {
  const matcher = readMatcher(file);
  if (matcher === 'everything' || !matcher) return [];
  const invalid = invalidSources(matcher);
  if (invalid.length > 0) return invalid;
  // What a rewrite leads to has passed the proxy under another path.
  if (mayRewrite(file, app, project)) return [];
  const gaps = gapsOf(matcher, app, project);
  const [first] = gaps;
  if (!first) return [];
  const { reader, route } = first;
  const edits = addedSources(gaps, matcher, app, file);
  const more = gaps.length - 1;
  return [
    {
      messageId: 'uncoveredRoute',
      range: matcher.node.range,
      data: {
        route: route.pattern,
        others: more === 0 ? '' : ` and ${String(more)} more ${more === 1 ? 'route' : 'routes'}`,
        reader: `${reader.name}()`,
        place: `${project.display(reader.path)}:${String(reader.line)}`,
      },
      ...(edits
        ? { fix: { safety: 'review', edits }, fixMessageId: 'addToMatcher' }
        : { unfixable: 'the matcher has to be rewritten for so many routes' }),
    },
  ];
}

function invalidSources({ sources }: Matcher): ProxyFinding[] {
  return sources.flatMap(({ node, text }): ProxyFinding[] => {
    const pattern = readPathPattern(text);
    const reason = !text.startsWith('/')
      ? "it has to begin with '/'"
      : pattern.kind === 'invalid'
        ? pattern.message
        : undefined;
    return reason === undefined
      ? []
      : [
          {
            messageId: 'invalidMatcher',
            range: node.range,
            data: { source: text, reason },
            unfixable: 'which paths are meant is for a person to say',
          },
        ];
  });
}

/** Whether a request may come to a route under another path than its own. */
export function mayRewrite(file: SourceFile, app: App, project: Project): boolean {
  if (mentions(file, /\.rewrite\s*\(/u, project)) return true;
  const config = app.configPath === undefined ? '' : (project.facts.text(app.configPath) ?? '');
  return /\brewrites\b/u.test(config) && /destination\s*:\s*(?!['"`]https?:)/u.test(config);
}

function gapsOf(matcher: Matcher, app: App, project: Project): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  for (const route of appRoutesOf(project.facts, app)) {
    if (gaps.has(route.pattern) || covers(matcher, route.segments, app) !== false) continue;
    // next-intl and its like put the locale in front themselves: `/about` is served by `app/[locale]/about`.
    if (route.segments[0]?.startsWith('[') && covers(matcher, route.segments.slice(1), app) !== false) continue;
    const reader = readerOf(route, project) ?? actionOnlyOn(route, matcher, app, project);
    if (reader) gaps.set(route.pattern, { route, reader });
  }
  return [...gaps.values()];
}

/** An action that reads the session, where no page that could call it is covered: elsewhere it may never be called. */
function actionOnlyOn(route: AppRoute, matcher: Matcher, app: App, project: Project): RouteReader | undefined {
  const reader = route.kind === 'page' ? actionReaderOf(route, project) : undefined;
  if (!reader) return undefined;
  const isCovered = appRoutesOf(project.facts, app).some(
    (other) =>
      other.kind === 'page' &&
      importsModule(other, reader.action, project) &&
      covers(matcher, other.segments, app) !== false,
  );
  return isCovered ? undefined : { ...reader, frame: undefined };
}

/** The quotes of the item that another one is put behind. */
function quoteOf(item: Node | null | undefined): string | undefined {
  return item?.type === 'Literal' && typeof item.value === 'string' ? item.raw.charAt(0) : undefined;
}

/** Adds what is left out to the matcher; undefined where that is no small edit. */
function addedSources(gaps: readonly Gap[], matcher: Matcher, app: App, file: SourceFile): readonly Edit[] | undefined {
  const added = new Set(
    gaps.map(({ reader, route }) => {
      const frame = reader.frame?.segments;
      return frame && frame.length > 0 ? sourceFor(frame, true) : sourceFor(route.segments, false);
    }),
  );
  const isEnough = gaps.every(({ route }) => {
    const sources = [...added].map((text) => ({ text, node: matcher.node, ignoresLocale: false }));
    return covers({ ...matcher, sources }, route.segments, app) === true;
  });
  if (added.size > MAX_ADDED || !isEnough) return undefined;
  const quote = quoteOf(matcher.list?.elements.at(-1)) ?? styleOf(file).quote;
  const texts = [...added].map((source) => quote + source.replaceAll('\\', '\\\\') + quote);
  const [only] = matcher.sources;
  if (!matcher.list) {
    if (!only || only.node.type === 'Property') return undefined;
    return [replace(only.node, `[${[file.text.slice(...only.node.range), ...texts].join(', ')}]`)];
  }
  const last = matcher.list.elements.at(-1);
  const isOneLine = !file.text.slice(...matcher.list.range).includes('\n');
  if (!last) return undefined;
  if (isOneLine) return insertItemAfter(file, last, texts.join(', '), ',');
  const [first, ...others] = texts;
  const [place, ...rest] = first === undefined ? [] : insertItemAfter(file, last, first, ',');
  if (!place) return undefined;
  const lines = /^(?<lead>,?\s*)(?<item>[^\n]*?)(?<comma>,?)$/u.exec(place.text)?.groups;
  if (!lines || others.length === 0) return [place, ...rest];
  const { comma = '', item = '', lead = '' } = lines;
  const separator = `,${lead.replace(/^,/u, '')}`;
  return [{ ...place, text: `${lead}${[item, ...others].join(separator)}${comma}` }, ...rest];
}
