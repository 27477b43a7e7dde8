/** From the symptoms of a case to answers: what happened, why, where, what to write, and how to see that it is gone. */
import { join, resolve } from 'node:path';
import { SYMPTOMS } from '../../playbook/evidence/symptom-kinds.ts';
import { LOOP, type Symptom } from '../../playbook/evidence/symptoms.ts';
import { redact } from '../../analysis/texts/redact.ts';
import { openProject } from '../../project/project.ts';
import type { Terminal } from '../output/terminal.ts';
import { type Case, symptom as symptomOf } from './evidence/case.ts';
import { spanOf } from './output/timeline.ts';
import { judgeTokens } from './judge-tokens.ts';
import { type Found, type Line, linesOf } from './lines.ts';
import { type Answer, type CaseReport, type Frequency, shownTime } from './report.ts';

const AUTH_CONFIG = 'valid-auth-config';
const CHECK_THE_CODE = 'next: npx eslint-plugin-authkit triage, without evidence, checks the code';

/** Answers a case about a project. Throws a `UsageError` where the project's folder is none. */
export async function answersOf(given: Case, project: string, terminal: Terminal): Promise<CaseReport> {
  const folder = resolve(terminal.cwd, project);
  const judged = await judgeTokens(given, project, terminal);
  const symptoms = [...merge([...given.symptoms, ...judged.symptoms])].sort((a, b) => orderOf(a) - orderOf(b));
  const rules = new Set<string>(symptoms.flatMap(({ name }) => SYMPTOMS[name].rules));
  // With the variables of the deployment auth.config can be judged, whatever else there is.
  if (given.convexEnv) rules.add(AUTH_CONFIG);
  const found: Found = rules.size === 0 ? { lines: [], files: 0 } : linesOf(folder, rules, terminal, given.convexEnv);
  const isOfConfig = ({ rule }: Line): boolean => rule === AUTH_CONFIG;
  if (given.convexEnv && found.lines.some(isOfConfig) && !symptoms.some(({ name }) => SYMPTOMS[name].failure === 3)) {
    symptoms.push(symptomOf('convexRejects', 'with the variables of this deployment, auth.config is wrong'));
  }
  return {
    answers: symptoms.map((symptom) => answerOf(symptom, found.lines, judged.details)),
    steps: [],
    events: given.events,
    omitted: given.omitted,
    notes: [
      ...given.notes,
      ...judged.notes,
      ...(given.isUnderstood || symptoms.length > 0 ? [] : [CHECK_THE_CODE]),
      ...(found.problem === undefined ? [] : [`${found.problem} --project names the app.`]),
    ],
    isKnown: given.isUnderstood && judged.isKnown,
  };
}

// What breaks first is reported first; the versions of packages last.
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
  const ofRules = all.filter((line) => rules.includes(line.rule) && !isOfOtherPath(line, symptom));
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
    frequency: frequencyOf(symptom),
    why: kind.why,
    lines,
    lookAt: kind.lookAt,
    fix: kind.fix,
    codemods: [...new Set(lines.flatMap(({ codemod }) => codemod ?? []))],
    verify: kind.verify,
    times: symptom.times,
  };
}

/** Whether a line is about another path than the one that a prefetch asked for; `…` stands for what is not known of a path. */
function isOfOtherPath({ message }: Line, { name, path }: Symptom): boolean {
  if (path === undefined || !name.endsWith('Prefetched')) return false;
  const named = [...message.matchAll(/'(?<path>\/[^'?#]*)/gu)].map(({ groups }) => groups?.['path'] ?? '');
  const asked = path.replace(/\/+$/u, '');
  return named.length > 0 && named.every((one) => !/[…$]/u.test(one) && !asked.endsWith(one.replace(/\/+$/u, '')));
}

/** Since when, and whether in bursts. */
function frequencyOf({ count, times }: Symptom): Frequency | undefined {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < 2) return undefined;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const short = gaps.filter((gap) => gap < 5_000).length;
  const how = count >= LOOP && short >= gaps.length / 2 ? 'in bursts' : 'now and then';
  const text = `${how}, ${String(count)} times in ${spanOf(last - first)}, since ${shownTime(first)}`;
  return { text, count, first, last };
}

/** The project around a folder (absolute), as the commands open it. */
export const projectAt = (folder: string, cwd: string) => openProject({ cwd, path: join(folder, 'package.json') });
