/**
 * Where the tabs and spaces begin that end at an offset. (`/[\t ]*$/` does not say it: it is tried at each blank of the text before, and from
 * each of them to the end of its run, so that a long run of blanks takes the square of its length.)
 */
export function blanksBefore(text: string, end: number): number {
  let start = end;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return start;
}

/** Whether nothing but blanks is before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  const before = text[blanksBefore(text, offset) - 1];
  return before === undefined || before === '\n' || before === '\r';
}
