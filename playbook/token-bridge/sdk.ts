/**
 * What the members of the WorkOS SDKs' hooks do, as far as a token bridge is concerned: the rows of `playbook/libraries`, and what no row says.
 * See PLAYBOOK section 2.
 */
import { authkitNextjsComponents } from '../libraries/authkit-nextjs.ts';
import { authkitReact } from '../libraries/authkit-others.ts';
import { type Entry, type Library, type TokenMeaning, ASK } from '../libraries/entry.ts';
import { libraryOf } from '../libraries/index.ts';

/** - `next`: authkit-nextjs, and the TanStack SDK with the same hooks. `react`: authkit-react and authkit-js, whose one hook has all. */
export type SdkKind = NonNullable<Library['sdk']>;

/** What a member of a WorkOS SDK is to a bridge. */
export type Role =
  | TokenMeaning
  /** Switches to another organization, whose token `getAccessToken()` does not return before the old one expires. */
  | { readonly kind: 'switch' }
  /** Everything else, functions and strings that stay the same. */
  | { readonly kind: 'other' };

const OTHER: Role = { kind: 'other' };
const HOOKS: Readonly<Record<SdkKind, Library['exports']>> = {
  next: authkitNextjsComponents.exports,
  react: authkitReact.exports,
};

export const sdkOf = (module: string): SdkKind | undefined => libraryOf(module)?.sdk;

/** What a member of what a hook returned is: `roleOf('next', 'useAccessToken', ['refresh'])`. A hook that no row has is taken for `useAuth()`. */
export function roleOf(sdk: SdkKind, hook: string, path: readonly string[]): Role {
  const row = HOOKS[sdk][hook] ?? HOOKS[sdk]['useAuth'];
  const [first, ...rest] = path;
  if (first === undefined) return row?.token ?? OTHER;
  // Of whatever hook: `useSession().session.accessToken`.
  if (path.at(-1) === 'accessToken') return { kind: 'value', name: 'token.value' };
  const members: Readonly<Record<string, Entry>> = { getAccessToken: ASK, ...row?.returns };
  return rest.length === 0 && Object.hasOwn(members, first) ? roleOfRow(members[first]) : OTHER;
}

function roleOfRow(row: Entry | undefined): Role {
  if (row?.token) return row.token;
  return row?.switchesOrganization === 'always' ? { kind: 'switch' } : OTHER;
}

/** Whether a member of what a function of the server returned is the token: `(await withAuth()).accessToken`. */
export const isServerToken = (module: string, name: string, path: readonly string[]): boolean =>
  path.at(-1) === 'accessToken' && rowOf(module, name)?.returnsSession === true;

/** What an export of an SDK is when it is called without being a hook: `refreshSession()`, `createClient()`. */
export function roleOfExport(module: string, name: string): Role {
  const role = roleOfRow(rowOf(module, name));
  return role.kind === 'forced' || role.kind === 'switch' ? role : OTHER;
}

function rowOf(module: string, name: string): Entry | undefined {
  const rows = libraryOf(module)?.exports;
  return rows && Object.hasOwn(rows, name) ? rows[name] : undefined;
}
