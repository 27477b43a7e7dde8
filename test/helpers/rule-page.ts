/**
 * Reads a rule's page, so that its examples can be run.
 *
 * The words behind the language of a fence say how a block is read:
 * - `filename=app/nav.tsx`: where it is in the project (default `components/example.tsx`);
 * - `options={"a":1}`, `settings={"authkit":{…}}`: JSON without spaces;
 * - `project`: the block is not an example but a file of the project around the examples. Above the first example
 *   section it stands for the whole page, inside one for the blocks that follow it there;
 * - `before=app/nav.tsx`, `after=app/nav.tsx`: what a codemod over several files makes of a project (test/codemods/workspace.test.ts).
 *
 * Under "Incorrect" every other block has to be reported, under "Correct" none may be. Blocks in other sections are prose.
 */
export type SectionName = 'correct' | 'incorrect';

export interface Example {
  readonly section: SectionName;
  /** The line of the page where the block begins. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  readonly filename: string;
  readonly options: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
}

export interface RulePage {
  /** Headings of the second level, in lower case. */
  readonly headings: readonly string[];
  readonly examples: readonly Example[];
}

export const REQUIRED_HEADINGS = [
  'why',
  'fix',
  'incorrect',
  'correct',
  'options',
  'when not to use it',
  'details',
] as const;

// JSON and env files stand under a name of their own: their fences have a `filename`.
const EXTENSIONS: Readonly<Record<string, string>> = {
  dotenv: '.env',
  js: '.js',
  json: '.json',
  jsx: '.jsx',
  ts: '.ts',
  tsx: '.tsx',
};

/** Throws for a fence that is never closed, for words it doesn't know and for examples in a language no rule reads. */
export function readRulePage(markdown: string): RulePage {
  const headings: string[] = [];
  const examples: Example[] = [];
  const pageFiles: Record<string, string> = {};
  let sectionFiles: Record<string, string> = {};
  let fence: { info: string; line: number; code: string[] } | undefined;
  for (const [index, text] of markdown.split(/\r?\n/u).entries()) {
    if (fence) {
      if (text.trim() !== '```') {
        fence.code.push(text);
        continue;
      }
      const section = sectionOf(headings.at(-1));
      const block = readBlock(fence.info, fence.line);
      const code = `${fence.code.join('\n')}\n`;
      fence = undefined;
      if (block.project) {
        if (block.filename === undefined) throw new Error(`line ${String(index + 1)}: a project file needs a filename`);
        (section ? sectionFiles : pageFiles)[block.filename] = code;
      } else if (section) {
        const extension = EXTENSIONS[block.language];
        if (extension === undefined) throw new Error(`line ${String(block.line)}: no rule reads ${block.language}`);
        const { filename = `components/example${extension}`, language, line, options, settings } = block;
        examples.push({
          section,
          line,
          language,
          code,
          filename,
          options,
          settings,
          files: { ...pageFiles, ...sectionFiles },
        });
      }
      continue;
    }
    if (text.startsWith('```')) fence = { info: text.slice(3).trim(), line: index + 1, code: [] };
    const heading = /^## (?<title>.+)$/u.exec(text)?.groups?.['title'];
    if (heading !== undefined) {
      headings.push(heading.trim().toLowerCase());
      sectionFiles = {};
    }
  }
  if (fence) throw new Error(`line ${String(fence.line)}: the block is never closed`);
  return { headings, examples };
}

function sectionOf(heading: string | undefined): SectionName | undefined {
  return heading === 'correct' || heading === 'incorrect' ? heading : undefined;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly project: boolean;
  readonly filename: string | undefined;
  readonly options: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
}

function readBlock(info: string, line: number): Block {
  const [language = '', ...words] = info.split(/\s+/u);
  const values = new Map(words.map((word) => [word.split('=')[0], word.slice(word.indexOf('=') + 1)]));
  for (const key of values.keys()) {
    if (!['after', 'before', 'filename', 'options', 'project', 'settings'].includes(key ?? ''))
      throw new Error(`line ${String(line)}: unknown word ${String(key)}`);
  }
  const json = (key: string): unknown => JSON.parse(values.get(key) ?? 'null');
  return {
    line,
    language,
    project: values.has('project'),
    filename: values.get('filename'),
    options: json('options') ?? undefined,
    settings: (json('settings') ?? {}) as Record<string, unknown>,
  };
}
