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

/** Those that a terminal can show: ASCII where the locale says that it knows no UTF-8, and on a terminal that is dumb or Linux's console. */
export function symbolsFor(env: Readonly<Record<string, string | undefined>>): Symbols {
  const { LANG = '', LC_ALL = '', LC_CTYPE = '', TERM: term } = env;
  if (term === 'dumb' || term === 'linux') return ASCII;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return locale === '' || /utf-?8/iu.test(locale) ? UNICODE : ASCII;
}
