import { describe, expect, it } from 'vitest';
import type { Change } from '../../../playbook/auth-config/provider/changes.ts';
import { netChanges } from '../../../playbook/auth-config/fix/net-changes.ts';

const set = (property: 'applicationID' | 'issuer' | 'type'): Change => ({ kind: 'set', property });
const remove = (property: string): Change => ({ kind: 'remove', property });
const rename = (property: string, to: string): Change => ({ kind: 'rename', property, to });

describe('the net change of a property', () => {
  it.each<[string, readonly string[], readonly Change[], readonly Change[]]>([
    [
      'that is set and removed is a removal',
      ['applicationID'],
      [set('applicationID'), remove('applicationID')],
      [remove('applicationID')],
    ],
    [
      'that is removed, set and removed is a removal',
      ['applicationID'],
      [remove('applicationID'), set('applicationID'), remove('applicationID')],
      [remove('applicationID')],
    ],
    ['that is new, set and removed is none', [], [set('applicationID'), remove('applicationID')], []],
    [
      'that is renamed and set is both',
      ['domain'],
      [rename('domain', 'issuer'), set('issuer')],
      [rename('domain', 'issuer'), set('issuer')],
    ],
    [
      'that is renamed and removed is a removal of the old name',
      ['applicationId'],
      [rename('applicationId', 'applicationID'), remove('applicationID')],
      [remove('applicationId')],
    ],
    [
      'that another one is renamed to is a removal',
      ['issuer', 'domain'],
      [rename('domain', 'issuer')],
      [rename('domain', 'issuer'), remove('issuer')],
    ],
    ['that is not there and renamed is none', [], [rename('domain', 'issuer')], []],
    ['that is set twice is one', ['type'], [set('type'), set('type')], [set('type')]],
    ['that no change names is none', ['type'], [], []],
  ])('%s', (_, present, changes, net) => {
    expect(netChanges(changes, present)).toEqual(net);
  });
});
