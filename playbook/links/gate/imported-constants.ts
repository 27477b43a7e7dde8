/**
 * The constants that a file takes from others, by its text alone: names are looked for by `indexOf`, and patterns are tried around them. A pattern
 * that is tried at every character costs more than all else that the rule does.
 */
import { forLastText } from '../../../analysis/syntax/last-text.ts';

/** Bounds keep a file that opens many of them, and closes none, linear. */
const COMMENT = String.raw`\/\/[^\n]{0,1000}\n|\/\*(?:[^*]|\*(?!\/)){0,1000}\*\/`;
/** An import of values: what is between its words has no quotes or parentheses, but in comments. */
const IMPORT = new RegExp(
  String.raw`(?:^|[;\uFEFF])[\t ]*import\b(?!\s+type\s+(?!from\s*['"])[\w$*{])(?<names>(?:[^'"\x60();=/]|${COMMENT}){0,2000}?)\bfrom\s*(?<quote>['"])(?<module>.*?)\k<quote>`,
  'gmu',
);
/** Comments, types, and what names were called before. */
const NOT_LOCAL = new RegExp(String.raw`${COMMENT}|\btype\s+\w+(?:\s+as\s+\w+)?|[\w*]+\s+as\s+`, 'gu');
const NAME = /[A-Za-z_$][\w$]*/gu;
/** A path, an alias, or a module of what may be a package of the workspace. `react` is none of these. */
const MAY_BE_OWN = /^(?!next\/)(?:[@~#.]|.*\/)/u;
/** `useNavItems()`, `getLinks(user)`, `signOutHref()`: a function whose name says that it gives what is linked. */
const GIVES_LINKS =
  /action|bread|column|command|crumb|cta|destination|entr(?:y|ies)|footer|header|href|item|link|menu|nav|path|route|section|sidebar|tab|target|url|(?:sign|log)_?(?:in|out|off|up)/iu;

/**
 * The modules of the project whose constants a file uses: `import { items } from './items'`, and `items` stands where
 * a value does. Components are none, nor functions that are only called, unless their name says what they give.
 */
export const importedConstants: (text: string) => readonly string[] = forLastText((text) => {
  const imports = [...text.matchAll(IMPORT)];
  const last = imports.at(-1);
  // What stands before the last one uses none of their names.
  const end = last ? last.index + last[0].length : 0;
  const used = new Set<string>();
  for (const { groups } of imports) {
    const { module = '', names = '' } = groups ?? {};
    if (used.has(module) || !MAY_BE_OWN.test(module)) continue;
    const local = names.replaceAll(NOT_LOCAL, '').match(NAME) ?? [];
    if (local.some((name) => isUsed(text, name, end))) used.add(module);
  }
  return [...used];
});

/** As far as space reaches between a name and what is around it. */
const AROUND = 80;
const IS_WORD = /^[\w$]/u;
/** The end of a longer name, a path or a member; but `...name` is none. */
const IS_PART = /[\w$/]$|(?<!\.\.)\.$/u;
const IS_TYPE = /[\w$]<$/u;
/** `{name}`, `={name`, `(name)`, `[name`, `...name`, `? name :`. `>` is that of `=>`; behind `;` and `}` stands `items.forEach(…)`. */
const STARTS_VALUE = /(?:^|\.\.\.|[[({=,?:!&|>+;}]|\b(?:await|of|return))\s*$/u;
/** `name.x`, `name)`, `name : other`, `name as Route`, `name ?? other`, or nothing more on its line. */
const ENDS_VALUE = /^\s*(?:$|\n|[.[)},;:?|&+!]|(?:as|satisfies)\s)/u;

/** Whether a name stands where a value does: not `<Name`, and not `name(` unless it gives links. */
function isUsed(text: string, name: string, from: number): boolean {
  for (let index = text.indexOf(name, from); index !== -1; index = text.indexOf(name, index + name.length)) {
    const before = text.slice(Math.max(0, index - AROUND), index);
    const end = index + name.length;
    const after = text.slice(end, end + AROUND);
    if (IS_WORD.test(after) || IS_PART.test(before) || IS_TYPE.test(before)) continue;
    // A component holds no constants, wherever else it stands.
    if (before.endsWith('<')) return false;
    // What is called is a function, and no constant.
    if (after.trimStart().startsWith('(')) return GIVES_LINKS.test(name);
    if (ENDS_VALUE.test(after) && STARTS_VALUE.test(before)) return true;
  }
  return false;
}
