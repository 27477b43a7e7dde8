import { describe, expect, it } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { closest } from '../../project/configuration/closest.ts';
import { wantsColor } from '../../cli/output/terminal.ts';
import { packageJson } from '../helpers/installed.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { cli } from './cli.ts';

const { root } = projectFixture();

describe('the command line', () => {
  it('prints its version', () => {
    expect(cli(root, ['--version']).stdout).toBe(`${packageJson.version}\n`);
  });

  it('prints an overview of its commands', () => {
    const { status, stdout } = cli(root, ['--help']);
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'mu'));
    expect(status).toBe(0);
  });

  it('prints the overview and fails when it is called with nothing', () => {
    const { status, stdout } = cli(root, []);
    expect(stdout).toContain('Usage: npx eslint-plugin-authkit <command>');
    expect(status).toBe(2);
  });

  it.each(commands.map(({ name }) => name))('%s has a help that fits a screen and documents the exit codes', (name) => {
    const { status, stdout } = cli(root, [name, '--help']);
    expect(stdout).toContain(`npx eslint-plugin-authkit ${name}`);
    expect(stdout).toContain('Exit codes: 0 ');
    expect(stdout.split('\n').length).toBeLessThan(40);
    expect(status).toBe(0);
  });

  it.each([
    [['chek'], "There is no command 'chek'. Did you mean 'check'?"],
    [['--fix'], "Unknown option '--fix'. A command comes first."],
    [['check', '--fromat', 'json'], "Unknown option '--fromat'. Did you mean '--format'?"],
    [['codemod', '--dryrun', 'all'], "Unknown option '--dryrun'. Did you mean '--dry-run'?"],
    [['check', '-x'], "Unknown option '-x'."],
    [['check', '--format'], '--format lacks its value.'],
  ])('%j: says what is wrong in one line, points to the help, and exits with 2', (args, message) => {
    const { status, stderr, stdout } = cli(root, args);
    expect(stderr).toMatch(/^error: .+\nSee: npx eslint-plugin-authkit (?:check |codemod )?--help\n$/u);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, true],
    ['in a pipe', false, {}, false],
    ['on a terminal that has none', true, { TERM: 'dumb' }, false],
    ['with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['with FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, true],
    ['with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['with both', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('%s', (_name, isTTY, env, expected) => {
    expect(wantsColor(isTTY, env)).toBe(expected);
  });
});

describe('guessing what was meant', () => {
  it('takes the nearest of several', () => {
    expect(closest('valid-ev', ['valid-auth-config', 'valid-env', 'valid-redirect-uri'])).toBe('valid-env');
  });

  it('guesses nothing when nothing is near', () => {
    expect(closest('src', ['all', 'no-sign-out-prefetch'])).toBeUndefined();
  });
});
