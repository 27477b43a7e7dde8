import { describe, expect, it } from 'vitest';
import {
  type KnownEnvironment,
  knownEnvironment,
  withVariables,
} from '../../../playbook/auth-config/read/environment.ts';
import { openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const FILE = 'convex/auth.config.ts';
const NOTHING = { complete: undefined, clientIds: [], disagreement: undefined, publicIds: [] };

function known(
  files: Readonly<Record<string, string>>,
  settings: object = {},
  shell: Readonly<Record<string, string>> = {},
  file = FILE,
): KnownEnvironment {
  const { path, root } = projectFixture({ 'convex/schema.ts': '', 'app/page.tsx': '', ...files });
  return knownEnvironment(openProject({ cwd: root, settings: { authkit: settings } }), path(file), { shell });
}

describe('what is known of the environment', () => {
  it('may be nothing', () => {
    expect(known({})).toMatchObject(NOTHING);
  });

  it.each([
    ['plain', 'WORKOS_CLIENT_ID=client_A'],
    ['exported', 'export WORKOS_CLIENT_ID=client_A\n'],
    ['in double quotes', 'WORKOS_CLIENT_ID="client_A" # the sandbox'],
    ['in single quotes', "WORKOS_CLIENT_ID='client_A'\r\n"],
    ['behind a value of several lines', 'KEY="a\nWORKOS_CLIENT_ID=client_B\nb"\nWORKOS_CLIENT_ID=client_A\n'],
    ['next to unicode', '\uFEFFNAME=Zoë 🚀\nWORKOS_CLIENT_ID=client_A'],
    ['written twice', 'WORKOS_CLIENT_ID=client_B\nWORKOS_CLIENT_ID=client_A'],
  ])('is the client id of an env file, %s', (_, text) => {
    expect(known({ '.env.local': text }).clientIds.map(({ value }) => value)).toEqual(['client_A']);
  });

  it('is what .env.local says before what .env says, and where', () => {
    const { clientIds } = known({
      '.env': 'WORKOS_CLIENT_ID=client_B\n',
      '.env.local': '\nWORKOS_CLIENT_ID=client_A\n',
    });
    expect(clientIds).toEqual([
      { value: 'client_A', source: expect.stringMatching(/\.env\.local:2$/u) as unknown },
      { value: 'client_B', source: expect.stringMatching(/\.env:1$/u) as unknown },
    ]);
  });

  it('is not what an example says, or a placeholder', () => {
    expect(
      known({ '.env.example': 'WORKOS_CLIENT_ID=client_A', '.env.local': 'WORKOS_CLIENT_ID=client_your_id_here' }),
    ).toMatchObject(NOTHING);
  });

  it('is the shell’s where nothing else has it', () => {
    expect(known({}, {}, { WORKOS_CLIENT_ID: 'client_S' }).clientIds[0]?.value).toBe('client_S');
    expect(
      known({ '.env.local': 'WORKOS_CLIENT_ID=client_A' }, {}, { WORKOS_CLIENT_ID: 'client_S' }).clientIds[0]?.value,
    ).toBe('client_A');
  });

  it('is what settings.authkit.envFiles names before what is next to Convex', () => {
    expect(
      known(
        { 'deploy.env': 'WORKOS_CLIENT_ID=client_D', '.env.local': 'WORKOS_CLIENT_ID=client_A' },
        { envFiles: ['deploy.env'] },
      ).clientIds[0]?.value,
    ).toBe('client_D');
  });

  it('is complete with settings.authkit.env, and then nothing else has a say', () => {
    const env = { WORKOS_CLIENT_ID: 'client_E' };
    expect(known({ '.env.local': 'WORKOS_CLIENT_ID=client_A' }, { env })).toMatchObject({
      complete: env,
      clientIds: [{ value: 'client_E', source: 'settings.authkit.env' }],
    });
  });
});

describe('variables that someone gives', () => {
  const before: KnownEnvironment = {
    complete: undefined,
    clientIds: [{ value: 'client_A', source: '.env.local:1' }],
    disagreement: undefined,
    names: new Set(),
    publicIds: [],
  };

  it('are all that there are, where they are complete', () => {
    expect(withVariables(before, { OTHER: '1' }, { source: '--convex-env', isComplete: true })).toMatchObject({
      complete: { OTHER: '1' },
      clientIds: [],
    });
  });

  it('come on top of what is known otherwise', () => {
    expect(withVariables(before, { OTHER: '1' }, { source: '--env-file', isComplete: false })).toMatchObject({
      complete: undefined,
      some: { OTHER: '1' },
      clientIds: [{ value: 'client_A' }],
    });
  });
});
