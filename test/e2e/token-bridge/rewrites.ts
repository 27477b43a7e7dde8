/** What the codemods make of a bridge, in an app around it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFor } from '../../../codemods/transform.ts';
import { openProject } from '../../../project/project.ts';
import type { Project } from '../../../project/project.ts';
import handleTokenError from '../../../rules/handle-token-error.ts';
import noForcedTokenRefresh from '../../../rules/no-forced-token-refresh.ts';
import noStaleAccessToken from '../../../rules/no-stale-access-token.ts';
import noTokenRefreshLoop from '../../../rules/no-token-refresh-loop.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import type { BridgeSource } from './bundle.ts';
import type { GalleryBridge } from './gallery.ts';

/** The rules about bridges, in the order in which their codemods run. */
export const BRIDGE_RULES = {
  'no-token-refresh-loop': noTokenRefreshLoop,
  'no-forced-token-refresh': noForcedTokenRefresh,
  'no-stale-access-token': noStaleAccessToken,
  'handle-token-error': handleTokenError,
} as const;

const FOLDER = new URL('gallery/', import.meta.url);

/** What an app has whose users go from one organization to another. */
const ORGANIZATION_MENU = `'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';

export function OrganizationMenu({ organizations }: { organizations: { id: string; name: string }[] }) {
  const { switchToOrganization } = useAuth();
  return organizations.map(({ id, name }) => (
    <button key={id} onClick={() => switchToOrganization(id)}>
      {name}
    </button>
  ));
}
`;

const TOKEN_ROUTE = `import { refreshSession } from '@workos-inc/authkit-nextjs';

export async function GET() {
  const { accessToken } = await refreshSession();
  return Response.json({ accessToken });
}
`;

export interface App {
  /** The bridge's text, and where it is. */
  readonly text: string;
  readonly path: string;
  readonly project: Project;
}

export type AppKind = 'of one organization' | 'of many organizations';

/** A bridge in an app of its own, with its helpers next to it. */
export function appWith({ name, reactCompiler }: GalleryBridge, kind: AppKind): App {
  const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
  const text = read(`${name}.tsx`);
  const helpers = [...text.matchAll(/'\.\/(?<path>helpers\/[\w-]+)'/gu)].map(
    ({ groups }) => `${groups?.['path'] ?? ''}.ts`,
  );
  const { path, root } = projectFixture({
    'next.config.ts': `export default { reactCompiler: ${String(reactCompiler === true)} };`,
    'app/api/token/route.ts': TOKEN_ROUTE,
    ...(kind === 'of many organizations' && { 'components/organization-menu.tsx': ORGANIZATION_MENU }),
    ...Object.fromEntries(helpers.map((helper) => [`components/${helper}`, read(helper)])),
    [`components/${name}.tsx`]: text,
  });
  return { text, path: path(`components/${name}.tsx`), project: openProject({ cwd: root, settings: {} }) };
}

/** The text after the codemods of all four rules. */
export function rewritten({ text, path, project }: App): string {
  return Object.values(BRIDGE_RULES).reduce(
    (source, rule) => transformFor(rule).run({ path, source, project }).text,
    text,
  );
}

/** A text in the place of a bridge of the gallery, as `observe` takes it. */
export function sourceOfRewrite(text: string, { reactCompiler = false }: GalleryBridge): BridgeSource {
  return { text, directory: fileURLToPath(FOLDER), reactCompiler };
}
