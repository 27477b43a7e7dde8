/** What the cookies of sessions are called, and the names of cookies that code gives to a function. */
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Value, alternativesOf, knownText } from '../../analysis/values/values.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { App, Project } from '../../project/project.ts';

/** The words with which the session of a visitor is named; that of a bank, an upload or a checkout has another one besides. */
const OF_VISITOR =
  /^(?:v?\d+|access|account|active|admin|api|app|auth|authjs|better|clerk|client|cookie|current|dev|development|existing|fetch|get|host|http|id|iron|jwt|key|load|local|login|lucia|member|my|name|next|nextauth|nextjs|own|preview|prod|production|read|require|secure|server|sess|session(?:id)?|sid|signed|site|stage|staging|supabase|the|token|use|user|value|web|workos|wos)$/iu;

/** The name of a session that someone signs in for; what is kept on the way there is none. */
export const isSessionName = (name: string | undefined): name is string =>
  name !== undefined &&
  /sess/iu.test(name) &&
  // An editor's preview of drafts.
  !/^preview[-_]?sess/iu.test(name) &&
  wordsOf(name).every((word) => OF_VISITOR.test(word));

/** Whether a cookie is one of a session, by its name or by `names`. */
export const isSessionCookie = (name: string | undefined, names: readonly string[]): name is string =>
  names.some((one) => one === name) || isSessionName(name);

/** Whether a value may be the name of a session's cookie, or one of `names`. */
export const mayNameSession = (value: Value, names: readonly string[]): boolean =>
  namesOfCookie(value).some((name) => isSessionCookie(name, names));

const wordsOf = (name: string): string[] => name.split(/[^\dA-Za-z]+|(?<=[a-z])(?=[A-Z])/u).filter(Boolean);

/** The names of cookies that an argument stands for: a text, or `{ name }`. */
export const cookieNames = (argument: Located, evaluator: Evaluator): readonly (string | undefined)[] =>
  namesOfCookie(evaluator.evaluate(argument));

/** The same of what an argument came to. */
export function namesOfCookie(argument: Value): readonly (string | undefined)[] {
  return alternativesOf(argument).flatMap((value) => {
    if (value.type === 'object') {
      const name = value.properties.get('name');
      return name ? namesOfCookie(name.value) : [];
    }
    const known = knownText(value);
    if (known !== undefined) return known;
    if (value.type === 'text') {
      return value.parts.some((part) => part.kind === 'env' && part.name === 'WORKOS_COOKIE_NAME')
        ? 'wos-session'
        : undefined;
    }
    // A constant of a package is known by its name: SESSION_COOKIE_NAME.
    return value.type === 'unknown' && value.definition.kind === 'export' ? value.definition.name : undefined;
  });
}

/** The name that an app gives AuthKit's session cookie in its env files: `WORKOS_COOKIE_NAME` (authkit-nextjs `src/env-variables.ts`). */
const namesIn = perProject('sign-out cookie names', (project, { root }: App): readonly string[] =>
  project
    .envFilesIn(root)
    .flatMap(({ isExample, variables }) => (isExample ? [] : (variables.get('WORKOS_COOKIE_NAME')?.value ?? [])))
    .filter(Boolean),
);

/** The names that the apps of a file give it; none where they leave it at `wos-session`. */
export const cookieNamesFor = (project: Project, path: string): readonly string[] => [
  ...new Set(project.appsFor(path).flatMap((app) => namesIn(project, app))),
];
