/** The few characters beyond ASCII that the commands draw with. */

export interface Symbols {
  readonly done: string;
  readonly failed: string;
  readonly dot: string;
  /** Bars of a chart, from the lowest to the highest. */
  readonly bars: string;
}

const UNICODE: Symbols = { done: '✔', failed: '✖', dot: '·', bars: '▁▂▃▄▅▆▇█' };
const ASCII: Symbols = { done: 'ok', failed: 'x', dot: '-', bars: '.:-=+*#@' };

type Environment = Readonly<Record<string, string | undefined>>;

export const symbolsFor = (env: Environment): Symbols => (isPlain(env) ? ASCII : UNICODE);

/** Whether a terminal shows ASCII alone: its locale says that it knows no UTF-8, or it is dumb, or Linux's console. */
export function isPlain({ LANG = '', LC_ALL = '', LC_CTYPE = '', TERM: term }: Environment): boolean {
  if (term === 'dumb' || term === 'linux') return true;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return locale !== '' && !/utf-?8/iu.test(locale);
}
