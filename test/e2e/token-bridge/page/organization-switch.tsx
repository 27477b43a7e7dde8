/** What a menu of organizations does when someone picks another one. */
import * as authkitNext from '@workos-inc/authkit-nextjs/components';
import * as authkitReact from '@workos-inc/authkit-react';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import type { PageOptions } from '../page-record.ts';
import type { Scenario } from '../scenarios.ts';
import { record } from './record.ts';

const OTHER = 'org_02';

interface Props {
  readonly by: NonNullable<Scenario['switchesBy']>;
  readonly sdk: PageOptions['sdk'];
  readonly afterSeconds: number;
}

export function OrganizationSwitch({ by, sdk, afterSeconds }: Props): JSX.Element {
  const Switch = sdk === 'authkit-nextjs' ? NextSwitch : ReactSwitch;
  return <Switch by={by} afterSeconds={afterSeconds} />;
}

function NextSwitch({ by, afterSeconds }: Omit<Props, 'sdk'>): null {
  const { refreshAuth, switchToOrganization } = authkitNext.useAuth();
  useOnce(afterSeconds, () => {
    void (by === 'refreshAuth' ? refreshAuth({ organizationId: OTHER }) : switchToOrganization(OTHER));
  });
  return null;
}

function ReactSwitch({ afterSeconds }: Omit<Props, 'sdk'>): null {
  const { switchToOrganization } = authkitReact.useAuth();
  useOnce(afterSeconds, () => {
    void switchToOrganization({ organizationId: OTHER });
  });
  return null;
}

/** Once, and with the functions of the latest render: a client that is still loading has others. */
function useOnce(afterSeconds: number, run: () => void): void {
  const [dueAt] = useState(() => Date.now() + afterSeconds * 1000);
  useEffect(() => {
    if (record.switches.length > 0) return undefined;
    const timer = setTimeout(() => {
      record.switches.push(Date.now());
      run();
    }, dueAt - Date.now());
    return () => {
      clearTimeout(timer);
    };
  });
}
