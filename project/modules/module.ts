/** What a module's text says by itself: whether it hands on what it imports, what it exports, and which modules it names. Nothing is parsed. */
import type { Concern } from '../../analysis/syntax/bindings/modules.ts';
import { modulesNamedIn } from './named-modules.ts';

/**
 * What may export more than functions and literals of a module's own, and so hand on what it imports: `export … from`, a list, an alias
 * (`export const leave = signOut`), an object, a call (`export const load = cache(loadUser)`), a class with members, and members that a function
 * is given (`Menu.Link = NextLink`). A type goes no further than the next `export`, and so does what is looked for behind one below: a text of many stays
 * linear.
 */
const HANDS_ON =
  /\bexport\s*(?:[*{=]|(?:default\s+)?(?:abstract\s+)?class\b|default\b(?!\s+(?:async\s+)?function\b)|(?:const|let|var)\s+(?:[[{]|\w+\s*(?::(?:(?!\bexport\s+(?:const|let|var)\b)(?:[^=;]|=>))*)?=(?!>)(?!\s*(?:["'`\d]|(?:async|false|function|null|true)\b|\((?!\s*[\w$.]+\s+as\b)))))|\bexports\b|^[A-Z]\w*\.(?!displayName\b)\w+\s*=(?![=>])/mu;

/** What may export names that are not in its text: another module's, or one that is written with escapes. */
const MAY_HAND_ON = /\bexport\s*\*|\brequire\s*\(|\bexport\b(?:(?!\bexport\b)[^;=(])*\\u/u;

let ids = 0;

/** A module at a path, with a text. Each answer is found when it is asked for first: most modules are asked one or two things. */
export class Module {
  /** Tells the texts of one path apart. */
  readonly id = (ids += 1);
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  #handsOn: boolean | undefined;
  #mayExportAny: boolean | undefined;
  #named: readonly string[] | undefined;
  #has: Map<Concern['text'], boolean> | undefined;
  #exported: Map<string, boolean> | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get handsOn(): boolean {
    return (this.#handsOn ??= HANDS_ON.test(this.text));
  }

  /** The modules whose values it names. */
  get named(): readonly string[] {
    return (this.#named ??= modulesNamedIn(this.text, 'values'));
  }

  has({ text: wanted }: Concern): boolean {
    const known = (this.#has ??= new Map<Concern['text'], boolean>());
    let answer = known.get(wanted);
    if (answer === undefined) known.set(wanted, (answer = wanted.test(this.text)));
    return answer;
  }

  mayExport(name: string): boolean {
    const known = (this.#exported ??= new Map<string, boolean>());
    let answer = known.get(name);
    if (answer === undefined) {
      answer = this.text.includes(name) || (this.#mayExportAny ??= MAY_HAND_ON.test(this.text));
      known.set(name, answer);
    }
    return answer;
  }
}
