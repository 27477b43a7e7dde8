/** The text of the auth-debug page: a server component that decides whether it is there, and the client component that asks the hooks. */

export interface PageStyle {
  readonly eol: '\n' | '\r\n';
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  readonly indentUnit: string;
  readonly width: number;
  readonly isTyped: boolean;
}

export interface PageContent {
  /** The packages whose versions are shown: each name, and how its range is read from package.json. */
  readonly versions: readonly PackageVersionText[];
  /** The import path of package.json. */
  readonly manifest: string;
  readonly hasConvex: boolean;
  /** Nothing around the page brings AuthKit's provider. */
  readonly needsProvider: boolean;
}

export interface PackageVersionText {
  readonly name: string;
  /** `dependencies`, most often. */
  readonly section: string;
}

/** The page: not there in production, unless it is asked for. */
export function pageText({ manifest, needsProvider, versions }: PageContent, style: PageStyle): string {
  const element = '<AuthDebug versions={versions} />';
  const sections = [...new Set(versions.map(({ section }) => section))].sort();
  return written(
    [
      ...(needsProvider ? ["import { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';"] : []),
      "import { notFound } from 'next/navigation';",
      `import packageJson from '${manifest}';`,
      "import { AuthDebug } from './auth-debug';",
      '',
      "export const metadata = { title: 'Auth debug', robots: { index: false } };",
      '',
      '// What package.json asks for.',
      `const { ${sections.join(', ')} } = packageJson;`,
      'const versions = {',
      ...versions.map(({ name, section }) => `  ${keyOf(name)}: ${section}${memberOf(name)},`),
      '};',
      '',
      '/** Not there in production, unless AUTH_DEBUG=1 is set for the build. */',
      'export default function AuthDebugPage() {',
      "  const isDevelopment = process.env.NODE_ENV !== 'production';",
      "  if (!isDevelopment && process.env.AUTH_DEBUG !== '1') notFound();",
      '',
      ...(needsProvider
        ? ['  return (', '    <AuthKitProvider>', `      ${element}`, '    </AuthKitProvider>', '  );']
        : [`  return ${element};`]),
      '}',
    ],
    style,
  );
}

const isName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/u.test(name);
const keyOf = (name: string): string => (isName(name) ? name : 'authkit');
const memberOf = (name: string): string => (isName(name) ? `.${name}` : `['${name}']`);

const HOOKS = ['useAccessToken', 'useAuth', 'useTokenClaims'];

/** The component: the three answers, and the JSON that `triage` takes. */
export function componentText({ hasConvex }: PageContent, style: PageStyle): string {
  const props = style.isTyped ? ': { versions: Record<string, string> }' : '';
  return written(
    [
      "'use client';",
      '',
      ...importLines(HOOKS, '@workos-inc/authkit-nextjs/components', style),
      ...(hasConvex ? ["import { useConvexAuth } from 'convex/react';"] : []),
      "import { useState } from 'react';",
      '',
      '/** Asked from the top: the first answer that is wrong names the failure. */',
      `export function AuthDebug({ versions }${props}) {`,
      '  const { loading, user } = useAuth();',
      '  const { error, loading: tokenLoading } = useAccessToken();',
      '  const { aud, exp, iat, iss, org_id, sub } = useTokenClaims();',
      ...(hasConvex ? ['  const convex = useConvexAuth();'] : []),
      '  const [isCopied, setIsCopied] = useState(false);',
      '',
      '  // Never the token itself.',
      '  const report = {',
      '    user: user?.id ?? null,',
      '    loading,',
      '    tokenLoading,',
      '    tokenError: error?.message ?? null,',
      ...(hasConvex
        ? [
            '    convex: {',
            '      isLoading: convex.isLoading,',
            '      isAuthenticated: convex.isAuthenticated,',
            '    },',
          ]
        : ['    convex: null,']),
      '    claims: iss ? { iss, aud, sub, org_id, iat, exp } : null,',
      '    versions,',
      '  };',
      '  const json = JSON.stringify(report, null, 2);',
      "  const label = isCopied ? 'Copied' : 'Copy for triage';",
      '',
      '  async function copy() {',
      '    await navigator.clipboard.writeText(json);',
      '    setIsCopied(true);',
      '  }',
      '',
      '  return (',
      '    <main>',
      '      <h1>Auth debug</h1>',
      '      <dl>',
      '        <dt>WorkOS session</dt>',
      "        <dd>{loading ? 'loading' : (user?.email ?? 'none')}</dd>",
      '        <dt>Access token</dt>',
      "        <dd>{tokenLoading ? 'loading' : (error?.message ?? 'no error')}</dd>",
      ...(hasConvex
        ? [
            '        <dt>Convex is loading</dt>',
            "        <dd>{convex.isLoading ? 'yes' : 'no'}</dd>",
            '        <dt>Convex accepts the token</dt>',
            "        <dd>{convex.isAuthenticated ? 'yes' : 'no'}</dd>",
          ]
        : []),
      '      </dl>',
      '      <button onClick={() => void copy()}>{label}</button>',
      '      <pre>{json}</pre>',
      '    </main>',
      '  );',
      '}',
    ],
    style,
  );
}

function importLines(names: readonly string[], module: string, { semicolons, width }: PageStyle): readonly string[] {
  const line = `import { ${names.join(', ')} } from '${module}';`;
  if (line.length - (semicolons ? 0 : 1) <= width) return [line];
  return ['import {', ...names.map((name) => `  ${name},`), `} from '${module}';`];
}

/** Lines with single quotes, semicolons and two spaces, in the style of the app. */
function written(lines: readonly string[], { eol, indentUnit, quote, semicolons }: PageStyle): string {
  const styled = lines.map((line) => {
    const indent = /^(?: {2})*/u.exec(line)?.[0].length ?? 0;
    const code = line.slice(indent);
    const quoted = code.startsWith('//') || code.startsWith('/*') ? code : code.replaceAll("'", quote);
    const ended = semicolons || !code.endsWith(';') ? quoted : quoted.slice(0, -1);
    return indentUnit.repeat(indent / 2) + ended;
  });
  return styled.join(eol) + eol;
}
