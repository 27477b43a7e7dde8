/** The rules' verdicts, held against what was observed of the same text with the real Convex client and the real AuthKit. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { transformFor } from '../../../codemods/transform.ts';
import { openProject } from '../../../project/project.ts';
import type { AuthKitRule } from '../../../rules/create-rule.ts';
import handleTokenError from '../../../rules/handle-token-error.ts';
import noForcedTokenRefresh from '../../../rules/no-forced-token-refresh.ts';
import noStaleAccessToken from '../../../rules/no-stale-access-token.ts';
import noTokenRefreshLoop from '../../../rules/no-token-refresh-loop.ts';
import { type GalleryBridge, gallery } from '../../e2e/token-bridge/gallery.ts';
import { observe } from '../../e2e/token-bridge/observe.ts';
import { readRecorded } from '../../e2e/token-bridge/recorded.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const RULES = [noTokenRefreshLoop, noForcedTokenRefresh, noStaleAccessToken, handleTokenError];
const FOLDER = new URL('../../e2e/token-bridge/gallery/', import.meta.url);
const recorded = readRecorded();

/** Bridges with a `refresh()` that a healthy page never comes to; PLAYBOOK section 2 counts them among the forced ones. */
const FORCED_WHERE_ASKING_FAILS = new Set(['get-or-refresh', 'get-then-refresh-in-catch']);

/** A bridge in an app of its own, with its helpers beside it. */
function inAnApp({ name, reactCompiler }: GalleryBridge) {
  const text = readFileSync(new URL(`${name}.tsx`, FOLDER), 'utf8');
  const helpers = [...text.matchAll(/'\.\/(?<path>helpers\/[\w-]+)'/gu)].map(
    ({ groups }) => `${groups?.['path'] ?? ''}.ts`,
  );
  const { path, root } = projectFixture({
    'next.config.ts': `export default { reactCompiler: ${String(reactCompiler === true)} };`,
    ...Object.fromEntries(
      helpers.map((helper) => [`components/${helper}`, readFileSync(new URL(helper, FOLDER), 'utf8')]),
    ),
    [`components/${name}.tsx`]: text,
  });
  return { text, path: path(`components/${name}.tsx`), project: openProject({ cwd: root, settings: {} }) };
}

type App = ReturnType<typeof inAnApp>;

function messagesOf(rule: AuthKitRule, { path, project }: App, text: string): string[] {
  const parsed = parseSourceFile(path, text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return rule.definition.find(parsed.file, project, undefined).map(({ messageId }) => messageId);
}

describe.each(gallery)('$name', (bridge) => {
  const app = inAnApp(bridge);
  const { canThrow, verdict } = recorded.get(bridge.name) ?? expect.fail('not recorded');
  const reports = (rule: AuthKitRule) => messagesOf(rule, app, app.text).length;

  it(`is ${verdict.endsWith('loop') ? '' : 'not '}reported as a loop`, () => {
    expect(reports(noTokenRefreshLoop)).toBe(verdict.endsWith('loop') ? 1 : 0);
  });

  it(`is ${verdict === 'signed out for good' ? '' : 'not '}reported as stale`, () => {
    expect(reports(noStaleAccessToken)).toBe(verdict === 'signed out for good' ? 1 : 0);
  });

  const isForced =
    (verdict === 'forced refresh' && bridge.tempered === undefined) || FORCED_WHERE_ASKING_FAILS.has(bridge.name);
  it(`is ${isForced ? '' : 'not '}reported as a forced refresh`, () => {
    expect(reports(noForcedTokenRefresh)).toBe(isForced ? 1 : 0);
  });

  it(`is ${canThrow ? '' : 'not '}reported as one that can throw`, () => {
    expect(messagesOf(handleTokenError, app, app.text)).toEqual(canThrow ? ['canThrow'] : []);
  });

  const rewritten = RULES.reduce(
    (text, rule) => transformFor(rule).run({ path: app.path, source: text, project: app.project }).text,
    app.text,
  );
  if (rewritten !== app.text) {
    it('is reported by none of the four after its codemod', () => {
      expect(RULES.flatMap((rule) => messagesOf(rule, app, rewritten))).toEqual([]);
    });

    it('ends authenticated after its codemod, with no forced refresh', async () => {
      const source = { text: rewritten, directory: fileURLToPath(FOLDER) };
      const [accepts, expires] = await Promise.all([observe(source, 'accepts'), observe(source, 'expires')]);
      expect(accepts).toMatchObject({
        finalState: 'authenticated',
        workosRefreshes: 0,
        lateSetAuths: 0,
        unhandledRejections: [],
      });
      expect(expires).toMatchObject({ finalState: 'authenticated' });
    });
  }
});
