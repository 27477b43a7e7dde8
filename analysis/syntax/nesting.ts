/**
 * How deeply a text may be nested, found without parsing it. The parser is native code: where its recursion ends the stack, it takes the
 * process with it, and no `catch` sees that.
 */

/** The stack ends at some 10,000 levels, in a worker thread at half of that, and scope-manager's at some 5,000. */
const MAX_DEPTH = 4000;
/** Of JSON: what reads it recurses in JavaScript. */
const MAX_JSON_DEPTH = 1000;

/** What the parser recurses for, between strings, templates and comments, which are passed by. */
const TOKENS =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`$\\]*`|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|(?<open>[([{])|(?<close>[)\]}])|(?<end>[,;]|\b(?:class|const|export|function|import|interface|let|return|throw|type|var)\b)|(?<operator>=>|[!~+*?&|%^-]|=(?!["'{=])|\b(?:await|do|else|extends|for|if|infer|keyof|new|readonly|typeof|unique|void|while|with|yield)\b)/gu;

/**
 * Whether the nesting of a text may end a parser's stack: brackets and elements in each other, and in each bracket the operators since
 * the last comma or statement. It may say so of a text that is not nested, but only of one with thousands of operators in a row.
 */
export function isTooDeep(text: string): boolean {
  // Each level takes a character at least.
  if (text.length <= MAX_DEPTH) return false;
  return isTooDeepInBrackets(text, MAX_DEPTH) || isTooDeepInElements(text) || text.includes('>'.repeat(MAX_DEPTH));
}

/** Whether JSON is nested so deeply that reading it may end the stack. */
export function isJsonTooDeep(text: string): boolean {
  return text.length > MAX_JSON_DEPTH && isTooDeepInBrackets(text, MAX_JSON_DEPTH);
}

function isTooDeepInBrackets(text: string, limit: number): boolean {
  const levels: { readonly chain: number; readonly isBlock: boolean }[] = [];
  let chain = 0;
  let depth = 0;
  let isAfterBlock = false;
  for (const { 0: token, groups = {}, index } of text.matchAll(TOKENS)) {
    const { close, end, open, operator } = groups;
    if (close === undefined && end === undefined && open === undefined && operator === undefined) continue;
    if (end !== undefined || (isAfterBlock && token !== 'else')) {
      depth -= chain;
      chain = 0;
    }
    isAfterBlock = false;
    if (open !== undefined) {
      levels.push({ chain, isBlock: token === '{' && BEFORE_BLOCK.test(text.slice(Math.max(0, index - 20), index)) });
      chain = 0;
      depth += 1;
    } else if (close !== undefined) {
      const level = levels.pop();
      if (!level) continue;
      depth -= chain + 1;
      chain = level.chain;
      isAfterBlock = level.isBlock;
    } else if (operator !== undefined) {
      chain += 1;
      depth += 1;
    }
    if (depth > limit) return true;
  }
  return false;
}

/** Before the brace of a block, which ends its statement unless an `else` follows: `if (a) {`. */
const BEFORE_BLOCK = /(?:\)|\b(?:do|else|finally|try))\s*$/u;

/** A type argument looks like the start of an element, so that a text without thousands of ends is none of those. */
function isTooDeepInElements(text: string): boolean {
  let ends = 0;
  for (let at = text.indexOf('</'); at !== -1 && ends <= MAX_DEPTH; at = text.indexOf('</', at + 2)) ends += 1;
  if (ends <= MAX_DEPTH) return false;
  let depth = 0;
  for (const [token] of text.matchAll(/<\/|\/>|<(?=[\w>])/gu)) {
    depth = token === '<' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
