/** Whether a file's text has a word, asked once a file: who asks for each of its nodes would read the text as often. */
import { onceFor } from '../once.ts';
import type { SourceFile } from './source-file.ts';

const known = onceFor((_file: SourceFile) => new Map<string, boolean>());

/** Whether the text of a file includes another. */
export function mentions(file: SourceFile, word: string): boolean {
  const words = known(file);
  let answer = words.get(word);
  if (answer === undefined) words.set(word, (answer = file.text.includes(word)));
  return answer;
}
