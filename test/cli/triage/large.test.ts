import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { cli } from '../cli.ts';
import { APP, failedRefresh, PREFETCH } from './triage.ts';

/** A heap that holds a small part of the evidence. */
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=32' };

function large(name: string, text: string | Buffer, env: Readonly<Record<string, string>> = SMALL_HEAP) {
  const project = projectFixture(APP);
  writeFileSync(project.path(name), text);
  return cli(project.root, ['triage', name], env);
}

const FAILED = '2026-11-27T09:30:00Z Failed to refresh access token: Failed to refresh session: Error: invalid_grant\n';

describe('evidence that is larger than the memory', () => {
  it('is a HAR of many requests', () => {
    const entry = JSON.stringify({
      ...PREFETCH,
      response: { ...PREFETCH.response, content: { text: 'x'.repeat(200_000) } },
    });
    const text = `{"log":{"version":"1.2","entries":[${Array.from({ length: 300 }, () => entry).join(',')}]}}`;
    expect(large('big.har', text).stdout).toContain('300 times');
  });

  it('is a HAR with one response of 60 MB, in which a text of the first part counts', () => {
    const entry = JSON.stringify({
      ...failedRefresh(0),
      response: { status: 500, headers: [], content: { text: `Empty password ${'\\n"'.repeat(20_000_000)}` } },
    });
    expect(large('big.har', `{"log":{"version":"1.2","entries":[${entry}]}}`).stdout).toContain('"Empty password"');
  });

  it('is a HAR with many frames of a socket', () => {
    const frame = JSON.stringify({ data: JSON.stringify({ type: 'Transition', value: 'x'.repeat(2000) }) });
    const error = JSON.stringify({ data: '{"type":"AuthError"}' });
    const frames = Array.from({ length: 20_000 }, () => frame).join(',');
    const text = `{"log":{"version":"1.2","entries":[{"_webSocketMessages":[${frames},${error}],${JSON.stringify(PREFETCH).slice(1)}]}}`;
    expect(large('big.har', text).stdout).toContain("Convex's socket returned AuthError");
  });

  it('is a log of many lines', () => {
    const text = `${'GET / 200 in 3ms\n'.repeat(3_000_000)}${FAILED.repeat(6)}`;
    expect(large('server.log', text).stdout).toContain('6 times (server.log, lines 3000001 to 3000006)');
  });

  it('is a log of one line', () => {
    const text = `${'x'.repeat(50_000_000)} Error: Empty password ${'x'.repeat(10_000_000)}`;
    expect(large('server.log', text).stdout).toContain('"Empty password"');
  });

  it('is a log in JSON of one line', () => {
    const line = JSON.stringify({ timestamp: '2026-11-27T09:30:00Z', message: FAILED });
    const other = JSON.stringify({ timestamp: '2026-11-27T09:30:00Z', message: 'x'.repeat(30_000) });
    const text = `[${Array.from({ length: 1000 }, (_, index) => (index % 100 === 0 ? line : other)).join(',')}]`;
    expect(large('log.json', text).stdout).toContain('10 times');
  });
});
