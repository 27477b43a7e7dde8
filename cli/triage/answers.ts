/** From the symptoms of a case to answers: what happened, why, where, what to write, and how to see that it is gone. */
import { join, resolve } from 'node:path';
import { SYMPTOMS, type Symptom, type SymptomName } from '../../playbook/evidence/symptoms.ts';
import { LOOP } from '../../playbook/evidence/log.ts';
import type { TokenVerdict } from '../../playbook/auth-config/token/token-verdict.ts';
import { decodeToken } from '../../playbook/auth-config/token/token-decode.ts';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import { redact } from '../../analysis/values/redact.ts';
import { openProject } from '../../project/project.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';
import { loadAuthConfig, type LoadedConfig } from './config.ts';
import type { Case } from './evidence.ts';
import { type Line, linesOf } from './lines.ts';
import { environmentFor, verdictOf } from './token.ts';

export interface Answer {
  readonly symptom: SymptomName;
  /** The number of the failure in the playbook; 0 for the versions of packages. */
  readonly failure: number;
  readonly title: string;
  /** What was seen in the evidence, in words of our own. */
  readonly seen: readonly string[];
  /** Once, steadily, or in bursts; undefined where the evidence has no times. */
  readonly pattern: string | undefined;
  readonly why: string;
  readonly lines: readonly Line[];
  /** What to look at, where the rules find no line. */
  readonly otherwise: string;
  readonly write: string;
  /** The codemods that make the edit. */
  readonly codemods: readonly string[];
  readonly check: string;
  readonly times: readonly number[];
}

const AUTH_CONFIG = 'valid-auth-config';

export interface CaseReport {
  readonly answers: readonly Answer[];
  readonly notes: readonly string[];
  /** Whether it is known that nothing is wrong: all of the evidence was understood, and nothing contradicts. */
  readonly isKnown: boolean;
}

/** Answers a case about a project. Throws a `UsageError` where the project's folder is none. */
export async function answersOf(given: Case, project: string, terminal: Terminal): Promise<CaseReport> {
  const folder = resolve(terminal.cwd, project);
  const judged = await judgeTokens(given, project, terminal);
  const symptoms = [...merge([...given.symptoms, ...judged.symptoms])].sort((a, b) => orderOf(a) - orderOf(b));
  const rules = new Set<string>(symptoms.flatMap(({ name }) => SYMPTOMS[name].rules));
  // With the variables of the deployment auth.config can be judged, whatever else there is.
  if (given.convexEnv) rules.add(AUTH_CONFIG);
  const found = rules.size === 0 ? { lines: [], files: 0 } : linesOf(folder, rules, terminal, given.convexEnv);
  const isOfConfig = ({ rule }: Line): boolean => rule === AUTH_CONFIG;
  if (given.convexEnv && found.lines.some(isOfConfig) && !symptoms.some(({ name }) => SYMPTOMS[name].failure === 3)) {
    const seen = ['with the variables of this deployment, auth.config is wrong'];
    symptoms.push({ name: 'convexRejects', seen, count: 1, times: [], frames: [] });
  }
  return {
    answers: symptoms.map((symptom) => answerOf(symptom, found.lines, judged.details)),
    notes: [...given.notes, ...judged.notes],
    isKnown: given.isUnderstood && judged.isKnown,
  };
}

// What breaks first is told first; the versions of packages last.
const orderOf = ({ name }: Symptom): number => [9, 6, 4, 5, 3, 1, 8, 7, 2, 8][SYMPTOMS[name].failure] ?? 9;

/** Several pieces may show the same. */
function merge(symptoms: readonly Symptom[]): readonly Symptom[] {
  const byKey = new Map<string, Symptom>();
  for (const symptom of symptoms) {
    const key = [symptom.name, symptom.path, symptom.redirectUri].join(' ');
    const known = byKey.get(key);
    byKey.set(
      key,
      known
        ? {
            ...known,
            seen: [...known.seen, ...symptom.seen],
            count: known.count + symptom.count,
            times: [...known.times, ...symptom.times].sort((a, b) => a - b),
            frames: [...known.frames, ...symptom.frames],
          }
        : symptom,
    );
  }
  return [...byKey.values()];
}

function answerOf(symptom: Symptom, all: readonly Line[], details: readonly string[]): Answer {
  const kind = SYMPTOMS[symptom.name];
  const rules: readonly string[] = kind.rules;
  const ofRules = all.filter(({ rule }) => rules.includes(rule));
  // Where the evidence names what was asked for, a line that says the same comes first.
  const words = [symptom.path, symptom.redirectUri].flatMap((word) => (word === undefined ? [] : [`'${word}'`]));
  const exact = ofRules.filter(({ message }) => words.some((word) => message.includes(word)));
  const rank = ({ rule }: Line): number => rules.indexOf(rule);
  const lines = (exact.length > 0 ? exact : ofRules).toSorted((a, b) => rank(a) - rank(b));
  return {
    symptom: symptom.name,
    failure: kind.failure,
    title: kind.title,
    seen: [
      ...symptom.seen,
      ...symptom.frames.map((frame) => `the log names ${redact(frame)}`),
      ...(symptom.name === 'convexRejects' ? details : []),
    ],
    pattern: patternOf(symptom),
    why: kind.why,
    lines,
    otherwise: kind.otherwise,
    write: kind.write,
    codemods: [...new Set(lines.flatMap(({ codemod }) => codemod ?? []))],
    check: kind.check,
    times: symptom.times,
  };
}

/** In words: since when, and whether in bursts. */
function patternOf({ count, times }: Symptom): string | undefined {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < 2) return undefined;
  const span = (last - first) / 1000;
  const since = `since ${new Date(first).toISOString()}`;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const short = gaps.filter((gap) => gap < 5_000).length;
  if (count >= LOOP && short >= gaps.length / 2)
    return `in bursts, ${String(count)} times in ${span.toFixed(0)} s, ${since}`;
  return `now and then, ${String(count)} times in ${span.toFixed(0)} s, ${since}`;
}

interface Judged {
  readonly symptoms: readonly Symptom[];
  readonly details: readonly string[];
  readonly notes: readonly string[];
  readonly isKnown: boolean;
}

async function judgeTokens(given: Case, project: string, terminal: Terminal): Promise<Judged> {
  const nothing: Judged = { symptoms: [], details: [], notes: [], isKnown: true };
  if (given.tokens.length === 0) return nothing;
  let loaded: LoadedConfig;
  try {
    loaded = loadAuthConfig(project, terminal.cwd);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...nothing, notes: [`a token was found, and not judged: ${error.message}`], isKnown: false };
  }
  const known = environmentFor(loaded, { convexEnv: given.convexEnv, envFiles: [], shell: terminal.env });
  const judged: Judged[] = [];
  for (const text of given.tokens) {
    const { age, now } = await ageOf(text);
    const verdict = await verdictOf(loaded, {
      text,
      known,
      keySet: undefined,
      fetch: false,
      ...(now !== undefined && { now }),
    });
    judged.push(judgedOf(verdict, age, loaded));
  }
  return {
    symptoms: judged.flatMap(({ symptoms }) => symptoms),
    details: judged.flatMap(({ details }) => details),
    notes: judged.flatMap(({ notes }) => notes),
    isKnown: judged.every(({ isKnown }) => isKnown),
  };
}

/** AuthKit's tokens live for five minutes: one that somebody pastes has expired, and is judged at the time when it was issued. */
async function ageOf(text: string): Promise<{ readonly age: string; readonly now: number | undefined }> {
  const decoded = await decodeToken(text);
  const { exp, iat } = decoded.ok ? decoded.token.claims : {};
  const clock = Date.now() / 1000;
  if (typeof exp !== 'number' || typeof iat !== 'number' || exp > clock) return { age: '', now: undefined };
  const seconds = clock - exp;
  const [number, unit] =
    seconds < 120
      ? [seconds, 'seconds']
      : seconds < 7200
        ? [seconds / 60, 'minutes']
        : seconds < 172_800
          ? [seconds / 3600, 'hours']
          : [seconds / 86_400, 'days'];
  return {
    age: `it expired ${number.toFixed(0)} ${unit} ago, which is normal for a copied token, so it was judged at the time of its issue`,
    now: iat + 1,
  };
}

function judgedOf(verdict: TokenVerdict, age: string, loaded: LoadedConfig): Judged {
  const nothing: Judged = { symptoms: [], details: [], notes: [], isKnown: true };
  const aged = age === '' ? '' : ` (${age})`;
  if (verdict.verdict === 'unreadable')
    return { ...nothing, notes: [`a token was found, and not judged: ${redact(verdict.message)}`], isKnown: false };
  if (verdict.verdict === 'unknown' && typeof verdict.token.header['kid'] !== 'string') {
    const seen = [`the token has no kid, so Convex can not find its key, whatever auth.config says${aged}`];
    return { ...nothing, symptoms: [{ name: 'convexRejects', seen, count: 1, times: [], frames: [] }] };
  }
  if (verdict.verdict === 'unknown')
    return {
      ...nothing,
      notes: [
        `whether Convex accepts the token is not known${aged}: ${redact(verdict.reason)} ${redact(verdict.cure)}`,
      ],
      isKnown: false,
    };
  if (verdict.acceptance.accepted) {
    const by = verdict.acceptance.provider;
    return {
      ...nothing,
      notes: [`Convex accepts the token by provider ${String(by)} of ${loaded.project.display(loaded.path)}${aged}`],
    };
  }
  const { acceptance, place } = verdict;
  const where = place
    ? `${loaded.project.display(place.file.path)}:${String(positionAt(place.file.text, place.offset).line)}`
    : loaded.project.display(loaded.path);
  return {
    ...nothing,
    symptoms: [
      {
        name: 'convexRejects',
        seen: [`Convex rejects the token: ${acceptance.code}${aged}`],
        count: 1,
        times: [],
        frames: [],
      },
    ],
    details: [redact(acceptance.reason), `${where}: ${redact(acceptance.cure)}`],
  };
}

/** The project around a folder (absolute), as the commands open it. */
export const projectAt = (folder: string, cwd: string) => openProject({ cwd, path: join(folder, 'package.json') });
