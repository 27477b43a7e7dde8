/** The prop that turns a prefetch off: what the component accepts, once, and after what would override it. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../analysis/edits/edits.ts';
import { APP, type Files, findingsIn } from '../support.ts';

const SIGN_OUT =
  "import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function GET() { return signOut(); }\n";

interface Fixed {
  readonly output: string | undefined;
  readonly fix: string | undefined;
}

/** What is said of the one link in a file, and the file after the fix. */
function fixed(code: string, files: Files = {}): Fixed | undefined {
  const [finding, second] = findingsIn(code, { ...APP, 'app/sign-out/route.ts': SIGN_OUT, ...files });
  expect(second).toBeUndefined();
  if (!finding) return undefined;
  const output = finding.fix && applyEdits(code, [finding.fix.edits]).text;
  expect(output === undefined).toBe(finding.unfixable !== undefined);
  return { output, fix: finding.data['fix'] };
}

const WORDS: Files = {
  'components/link.tsx': `import NextLink, { type LinkProps } from 'next/link';
type Strategy = 'hover' | 'viewport' | 'none';
export type Props = Omit<LinkProps, 'prefetch'> & { prefetch?: Strategy };
export const Link = ({ prefetch = 'viewport', ...rest }: Props) => (
  <NextLink {...rest} prefetch={prefetch === 'viewport' ? undefined : false} />
);
`,
};

describe('a component with words for its prefetch', () => {
  it('is given the word that turns it off', () => {
    const code = 'import { Link } from \'./link\';\nexport const nav = <Link href="/sign-out">Out</Link>;\n';
    expect(fixed(code, WORDS)).toEqual({
      output: code.replace('href="/sign-out"', 'href="/sign-out" prefetch="hover"'),
      fix: 'Add prefetch="hover".',
    });
  });

  it('is left alone where it has that word', () => {
    const code =
      'import { Link } from \'./link\';\nexport const nav = <Link href="/sign-out" prefetch="none">Out</Link>;\n';
    expect(fixed(code, WORDS)).toBeUndefined();
  });

  it('is given none where no word turns it off', () => {
    const files = {
      'components/link.tsx':
        "import NextLink from 'next/link';\nexport const Link = (props: { href: string; prefetch?: 'auto' | 'eager' }) => <NextLink href={props.href} prefetch={props.prefetch === 'eager' ? true : 'auto'} />;\n",
    };
    const code = 'import { Link } from "./link";\nexport const nav = <Link href="/sign-out" />;\n';
    expect(fixed(code, files)).toEqual({
      output: undefined,
      fix: 'Turn prefetch off in Link.',
    });
  });

  it.each([
    ['by an interface', "interface Props { href: string; prefetch?: 'hover' | 'none' }"],
    ['by an alias of words', "type Mode = 'hover' | 'none'; type Props = { href: string } & { prefetch?: Mode }"],
  ])('is seen %s', (_, type) => {
    const files = {
      'components/link.tsx': `import NextLink from 'next/link';\n${type};\nexport const Link = ({ href, prefetch = 'hover' }: Props) => <NextLink href={href} prefetch={prefetch === 'hover' ? null : false} />;\n`,
    };
    const code = 'import { Link } from "./link";\nexport const nav = <Link href="/sign-out" />;\n';
    expect(fixed(code, files)?.output).toContain('prefetch="none"');
  });
});

describe('a component without such a prop', () => {
  it.each([
    [
      'none is declared',
      'export const Link = ({ href, ...rest }: { href: string; title?: string }) => <NextLink href={href} {...rest} />;',
    ],
    ['it is not passed on', 'export const Link = ({ href }: LinkProps) => <NextLink href={href} />;'],
    [
      'a list of links is handed over',
      'export const Link = ({ href }: { href: string }) => <nav><NextLink href={href} /></nav>;',
    ],
  ])('is not given one where %s', (_, component) => {
    const files = {
      'components/link.tsx': `import NextLink, { type LinkProps } from 'next/link';\n${component}\n`,
    };
    const code = 'import { Link } from "./link";\nexport const nav = <Link href="/sign-out" />;\n';
    expect(fixed(code, files)).toEqual({ output: undefined, fix: 'Turn prefetch off in Link.' });
  });

  it.each([
    ['the props are those of a link', 'export const Link = (props: LinkProps) => <NextLink {...props} />;'],
    [
      'the props are those of the component',
      'export const Link = ({ href, ...rest }: ComponentProps<typeof NextLink>) => <NextLink href={href} {...rest} />;',
    ],
    [
      'it is a boolean of its own',
      'export const Link = ({ href, prefetch = true }: { href: string; prefetch?: boolean }) => <NextLink href={href} prefetch={prefetch ? undefined : false} />;',
    ],
    [
      'it has the type of a link',
      "export const Link = (props: { href: string; prefetch?: LinkProps['prefetch'] }) => <NextLink {...props} />;",
    ],
    [
      'an interface extends a link',
      'interface Props extends LinkProps { icon?: string }\nexport const Link = ({ icon, ...rest }: Props) => <NextLink {...rest} />;',
    ],
  ])('is given one where %s', (_, component) => {
    const files = {
      'components/link.tsx': `import type { ComponentProps } from 'react';\nimport NextLink, { type LinkProps } from 'next/link';\n${component}\n`,
    };
    const code = 'import { Link } from "./link";\nexport const nav = <Link href="/sign-out" />;\n';
    expect(fixed(code, files)?.output).toContain('href="/sign-out" prefetch={false}');
  });
});

describe('a prefetch={false} before a spread', () => {
  const HEAD = "import Link, { type LinkProps } from 'next/link';\n";
  it.each([
    [
      'that is a link of an unknown kind',
      'export const A = (props: LinkProps) => <Link prefetch={false} {...props} href="/sign-out" />;',
      'export const A = (props: LinkProps) => <Link {...props} href="/sign-out" prefetch={false} />;',
    ],
    [
      'of the rest',
      'export const A = ({ className, ...rest }: Partial<LinkProps>) => <Link href="/sign-out" prefetch={false} {...rest} />;',
      'export const A = ({ className, ...rest }: Partial<LinkProps>) => <Link href="/sign-out" {...rest} prefetch={false} />;',
    ],
    [
      'of a constant with a type',
      'const extra: Partial<LinkProps> = load();\nexport const A = () => <Link href="/sign-out" prefetch={false} {...extra} />;',
      'const extra: Partial<LinkProps> = load();\nexport const A = () => <Link href="/sign-out" {...extra} prefetch={false} />;',
    ],
  ])('%s is moved behind it', (_, before, after) => {
    expect(fixed(HEAD + before)?.output).toBe(HEAD + after);
  });

  it.each([
    [
      'has no prefetch',
      'export const A = (props: { title: string }) => <Link href="/sign-out" prefetch={false} {...props} />;',
    ],
    [
      'is without it',
      'export const A = ({ prefetch, ...rest }: LinkProps) => <Link {...rest} href="/sign-out" prefetch={false} />;',
    ],
    [
      'leaves it out by its type',
      "export const A = (props: Omit<LinkProps, 'href' | 'prefetch'>) => <Link href=\"/sign-out\" prefetch={false} {...props} />;",
    ],
    [
      'is of no known type',
      'export const A = (props: Props) => <Link href="/sign-out" prefetch={false} {...props} />;',
    ],
  ])('stays where the spread %s', (_, code) => {
    expect(fixed(HEAD + code)).toBeUndefined();
  });

  it('is left alone where a comment is between', () => {
    const code = `${HEAD}export const A = (props: LinkProps) => (\n  <Link href="/sign-out" prefetch={false} /* why */ {...props} />\n);`;
    expect(fixed(code)?.output).toBeUndefined();
  });
});
