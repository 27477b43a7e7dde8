/**
 * A client of the language server that editors run for ESLint (vscode-eslint's, as vscode-langservers-extracted brings it), over its standard
 * streams: https://microsoft.github.io/language-server-protocol. It does what an editor does: opens a document, asks for diagnostics and for
 * code actions, and applies the edits that the server sends for the one that is chosen.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HERE = import.meta.dirname;
const SERVER = join(HERE, 'node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server');

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly code?: string;
  readonly codeDescription?: { readonly href: string };
}

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
}

interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Document {
  readonly uri: string;
  version: number;
  text: string;
}

/** As the extension has them by default, but that every document is validated, whatever its language. */
const SETTINGS = {
  validate: 'on',
  packageManager: null,
  experimental: {},
  codeActionOnSave: { mode: 'all' },
  format: false,
  quiet: false,
  onIgnoredFiles: 'off',
  options: {},
  rulesCustomizations: [],
  run: 'onType',
  problems: { shortenToSingleLine: false },
  nodePath: null,
  codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } },
};

export class LanguageServer {
  readonly #root: string;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #documents = new Map<string, Document>();
  /** What the server has said on its console. */
  readonly log: string[] = [];
  #received: Buffer = Buffer.alloc(0);
  #errors = '';
  #onHeap: ((bytes: number) => void) | undefined;
  #id = 0;

  private constructor(root: string) {
    this.#root = root;
    this.#process = spawn(
      process.execPath,
      ['--expose-gc', '--import', String(pathToFileURL(join(HERE, 'heap.mjs'))), SERVER, '--stdio'],
      {
        cwd: root,
      },
    );
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#errors += String(chunk);
      const heap = /^heap (?<bytes>\d+)$/mu.exec(this.#errors)?.groups?.['bytes'];
      if (heap === undefined) return;
      this.#errors = '';
      this.#onHeap?.(Number(heap));
    });
  }

  static async start(root: string): Promise<LanguageServer> {
    const server = new LanguageServer(root);
    const codeActionKind = { valueSet: ['quickfix', 'source.fixAll'] };
    await server.#request('initialize', {
      processId: process.pid,
      rootUri: String(pathToFileURL(root)),
      workspaceFolders: [server.#folder()],
      capabilities: {
        textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind } }, diagnostic: {} },
        workspace: { applyEdit: true, configuration: true, workspaceFolders: true },
      },
    });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  /** Ends the process. */
  stop(): void {
    this.#process.kill();
  }

  open(relative: string, text: string, languageId: string): void {
    const document = { uri: this.#uri(relative), version: 1, text };
    this.#documents.set(document.uri, document);
    this.#send({ method: 'textDocument/didOpen', params: { textDocument: { ...document, languageId } } });
  }

  /** Types: the whole text is another one. */
  change(relative: string, text: string): void {
    const document = this.#document(relative);
    document.text = text;
    document.version += 1;
    const { uri, version } = document;
    this.#send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri, version }, contentChanges: [{ text }] },
    });
  }

  text(relative: string): string {
    return this.#document(relative).text;
  }

  async diagnostics(relative: string): Promise<readonly Diagnostic[]> {
    const result = await this.#request('textDocument/diagnostic', { textDocument: { uri: this.#uri(relative) } });
    return (result as { readonly items: readonly Diagnostic[] }).items;
  }

  /** What the editor offers at a diagnostic, without what turns the rule off or opens its page. */
  async actions(relative: string, diagnostic: Diagnostic): Promise<readonly Action[]> {
    const result = await this.#request('textDocument/codeAction', {
      textDocument: { uri: this.#uri(relative) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    return (result as readonly Action[]).filter(({ title }) => !/^(?:Disable|Show documentation|Fix all)/u.test(title));
  }

  /** Chooses an action: the document's text changes as the server wants it to. */
  async choose({ command: { arguments: args, command } }: Action): Promise<void> {
    await this.#request('workspace/executeCommand', { command, arguments: args });
  }

  /** The bytes that are in use on the heap of the server's process. */
  async heap(): Promise<number> {
    const found = new Promise<number>((resolve) => (this.#onHeap = resolve));
    this.#process.kill('SIGUSR2');
    return found;
  }

  #folder(): { readonly name: string; readonly uri: string } {
    return { name: 'app', uri: String(pathToFileURL(this.#root)) };
  }

  #uri(relative: string): string {
    return String(pathToFileURL(join(this.#root, relative)));
  }

  #document(relative: string): Document {
    const document = this.#documents.get(this.#uri(relative));
    if (!document) throw new Error(`${relative} is not open`);
    return document;
  }

  async #request(method: string, params: unknown): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    const answered = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#send({ id, method, params });
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message}\n${this.log.join('\n')}`);
    return result;
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin?.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: *(?<length>\d+)/iu.exec(this.#received.toString('latin1', 0, end))?.[1]);
      const start = end + 4;
      if (this.#received.length < start + length) return;
      const body = this.#received.toString('utf8', start, start + length);
      this.#received = this.#received.subarray(start + length);
      this.#handle(JSON.parse(body) as Message);
    }
  }

  #handle(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      if (id === undefined) return;
      this.#waiting.get(id)?.(message);
      this.#waiting.delete(id);
      return;
    }
    if (method === 'window/logMessage') this.log.push((params as { readonly message: string }).message);
    if (id !== undefined) this.#send({ id, result: this.#answer(method, params) });
  }

  /** What the server asks of the editor. */
  #answer(method: string, params: unknown): unknown {
    if (method === 'workspace/configuration') {
      const { items } = params as { readonly items: readonly unknown[] };
      return items.map(() => ({ ...SETTINGS, workspaceFolder: this.#folder() }));
    }
    if (method !== 'workspace/applyEdit') return null;
    const { edit } = params as { readonly edit: { readonly documentChanges: readonly DocumentChange[] } };
    for (const { edits, textDocument } of edit.documentChanges) this.#edit(textDocument.uri, edits);
    return { applied: true };
  }

  #edit(uri: string, edits: readonly TextEdit[]): void {
    const document = this.#documents.get(uri);
    if (!document) throw new Error(`an edit of ${uri}, which is not open`);
    const starts = lineStarts(document.text);
    const offset = ({ character, line }: Position) => (starts[line] ?? document.text.length) + character;
    const sorted = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
    let { text } = document;
    for (const { newText, range } of sorted)
      text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
    document.text = text;
  }
}

interface DocumentChange {
  readonly textDocument: { readonly uri: string };
  readonly edits: readonly TextEdit[];
}

const lineStarts = (text: string): number[] => [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
