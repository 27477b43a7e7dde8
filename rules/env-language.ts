/**
 * `authkit/env`: an ESLint language for env files. Its tree is flat: an `EnvFile` with the entries in its `body`.
 * `@eslint/plugin-kit` is loaded when the language is asked for, never with the plugin.
 */
import { createRequire } from 'node:module';
import type * as PluginKit from '@eslint/plugin-kit';
import type { ESLint } from 'eslint';
import type { Range } from '../analysis/syntax/ast.ts';
import { positionAt } from '../analysis/syntax/source-file.ts';
import { type EnvComment, readEnvText } from '../project/env-text.ts';

interface Place {
  readonly range: Range;
  readonly loc: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

export interface EnvNode extends Place {
  readonly type: 'EnvEntry' | 'EnvFile' | 'EnvName' | 'EnvValue';
}

export interface EnvEntryNode extends EnvNode {
  readonly type: 'EnvEntry';
  readonly name: EnvNode & { readonly text: string };
  readonly value: EnvNode;
}

export interface EnvFileNode extends EnvNode {
  readonly type: 'EnvFile';
  readonly body: readonly EnvEntryNode[];
  readonly comments: readonly (EnvComment & Place)[];
}

type Language = NonNullable<ESLint.Plugin['languages']>[string];

const require = createRequire(import.meta.url);
let language: Language | undefined;

/** The language; made once. */
export function envLanguage(): Language {
  return (language ??= createLanguage());
}

function createLanguage(): Language {
  const kit = require('@eslint/plugin-kit') as typeof PluginKit;
  const commentParser = new kit.ConfigCommentParser();
  const DIRECTIVE = /^\s*eslint-(?<type>disable(?:-next-line|-line)?|enable)\b/u;

  class EnvSourceCode extends kit.TextSourceCodeBase {
    override readonly ast: EnvFileNode;
    readonly #parents = new WeakMap<object, EnvNode>();

    constructor(text: string, ast: EnvFileNode) {
      super({ text, ast });
      this.ast = ast;
      for (const entry of ast.body) {
        this.#parents.set(entry, ast);
        this.#parents.set(entry.name, entry);
        this.#parents.set(entry.value, entry);
      }
    }

    override getParent(node: object): EnvNode | undefined {
      return this.#parents.get(node);
    }

    override getAncestors(node: object): object[] {
      const ancestors: object[] = [];
      for (let parent = this.getParent(node); parent; parent = this.getParent(parent)) ancestors.unshift(parent);
      return ancestors;
    }

    getInlineConfigNodes() {
      return this.ast.comments.filter(({ text }) => DIRECTIVE.test(text));
    }

    getDisableDirectives() {
      const directives = this.getInlineConfigNodes().flatMap((node) => {
        const parsed = commentParser.parseDirective(node.text.trim());
        if (!parsed) return [];
        const { justification, label, value } = parsed;
        const type = label.replace(/^eslint-/u, '') as 'disable' | 'disable-line' | 'disable-next-line' | 'enable';
        return [new kit.Directive({ type, node, value, justification })];
      });
      return { directives, problems: [] };
    }

    override *traverse() {
      const nodes = [this.ast, ...this.ast.body.flatMap((entry) => [entry, entry.name, entry.value])];
      for (const target of nodes) {
        yield new kit.VisitNodeStep({ target, phase: 1, args: [target, this.getParent(target)] });
      }
      for (const target of [...nodes].reverse()) {
        yield new kit.VisitNodeStep({ target, phase: 2, args: [target, this.getParent(target)] });
      }
    }
  }

  return {
    fileType: 'text',
    lineStart: 1,
    columnStart: 0,
    nodeTypeKey: 'type',
    validateLanguageOptions() {
      // It has none.
    },
    parse: ({ body }: EnvFileInput) => ({ ok: true, ast: parseEnv(textOf(body)) }),
    createSourceCode: ({ body }: EnvFileInput, { ast }: { ast: EnvFileNode }) => new EnvSourceCode(textOf(body), ast),
  } as unknown as Language;
}

interface EnvFileInput {
  readonly body: Uint8Array | string;
}

function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

function parseEnv(text: string): EnvFileNode {
  const place = (range: Range): Place => ({
    range,
    loc: { start: pointAt(text, range[0]), end: pointAt(text, range[1]) },
  });
  const { comments, entries } = readEnvText(text);
  return {
    type: 'EnvFile',
    ...place([0, text.length]),
    comments: comments.map((comment) => ({ ...comment, ...place(comment.range) })),
    body: entries.map(({ name, nameRange, valueRange }) => ({
      type: 'EnvEntry',
      ...place([nameRange[0], valueRange[1]]),
      name: { type: 'EnvName', text: name, ...place(nameRange) },
      value: { type: 'EnvValue', ...place(valueRange) },
    })),
  };
}

function pointAt(text: string, offset: number): Position {
  const { column, line } = positionAt(text, offset);
  return { line, column: column - 1 };
}
