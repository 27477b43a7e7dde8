import { describe, expect, it } from 'vitest';
import { type Edit, applyEdits } from '../../../analysis/edits/edits.ts';
import { type Formatting, laidOut } from '../../../analysis/edits/layout/lay-out.ts';
import { parsed } from '../../helpers/parse.ts';

/** The text after `from` has become `to`, and has been laid out. */
function edited(text: string, from: string, to: string, formatting?: Formatting): string {
  const start = text.indexOf(from);
  const edits: Edit[] = [{ range: [start, start + from.length], text: to }];
  return applyEdits(text, [laidOut(edits, parsed('/app/a.tsx', text), formatting)]).text;
}

const LINK = '<Link href="/sign-out" className="item" onClick={onLeave}>';
const NAV = `export const Nav = () => (\n  <nav>\n    ${LINK}\n      Sign out\n    </Link>\n  </nav>\n);\n`;
const LONG = 'prefetch={false} title="Leave"';
const BROKEN = `export const Nav = () => (
  <nav>
    <Link
      href="/sign-out"
      prefetch={false}
      title="Leave"
      className="item"
      onClick={onLeave}
    >
      Sign out
    </Link>
  </nav>
);
`;

describe('an edit in code that prettier has formatted', () => {
  it('breaks an element that has become too long', () => {
    expect(edited(NAV, 'className', `${LONG} className`)).toBe(BROKEN);
  });

  it('is laid out as the formatter is set, each time', () => {
    const file = parsed('/app/a.tsx', NAV);
    const start = NAV.indexOf('className');
    const edits: Edit[] = [{ range: [start, start], text: `${LONG} ` }];
    const lengths = [{}, { printWidth: 100 }, {}].map(
      (formatting) => applyEdits(NAV, [laidOut(edits, file, formatting)]).text.split('\n').length,
    );
    expect(lengths).toEqual([BROKEN, NAV, BROKEN].map((text) => text.split('\n').length));
  });

  it('leaves it on one line where the project has wider ones', () => {
    const after = NAV.replace('className', `${LONG} className`);
    expect(edited(NAV, 'className', `${LONG} className`, { printWidth: 100 })).toBe(after);
  });

  it('puts an element that takes several lines in parentheses', () => {
    expect(edited('export const A = () => <A b="/c">d</A>;\n', 'b=', 'prefetch={false} b=')).toBe(
      'export const A = () => (\n  <A prefetch={false} b="/c">\n    d\n  </A>\n);\n',
    );
  });

  it('keeps the start of a function behind the call to which it is given', () => {
    const text = 'export const links = items.map((item) => <Link href={item.href}>{x}</Link>);\n';
    expect(edited(text, 'href=', 'prefetch={false} href=', { printWidth: 80 })).toBe(
      'export const links = items.map((item) => (\n  <Link prefetch={false} href={item.href}>\n    {x}\n  </Link>\n));\n',
    );
    const list = 'export const links = items.map((item) => [<Link href={item.href}>{x}</Link>]);\n';
    expect(edited(list, 'href=', 'prefetch={false} href=', { printWidth: 80 })).toBe(
      'export const links = items.map((item) => [\n  <Link prefetch={false} href={item.href}>\n    {x}\n  </Link>,\n]);\n',
    );
    const called = 'export const links = items.map((item) => createElement(Link, { href: item }));\n';
    expect(edited(called, 'href:', 'prefetch: false, href:', { printWidth: 80 })).toBe(
      'export const links = items.map((item) =>\n  createElement(Link, { prefetch: false, href: item }),\n);\n',
    );
  });

  it.each(['  ', '    ', '\t'])('moves what is behind a question mark in by two columns, or a tab (%j)', (unit) => {
    const aligned = `${unit.repeat(3)}${unit === '\t' ? unit : '  '}`;
    const text = `function f() {\n${unit}start(a ? { welcome: greetingOf(user), from: 'here' } : b);\n}\n`;
    expect(edited(text, 'user', 'user ?? anonymousUser', { printWidth: 64 })).toBe(
      [
        'function f() {',
        `${unit}start(`,
        `${unit}${unit}a`,
        `${unit}${unit}${unit}? {`,
        `${aligned}${unit}welcome: greetingOf(user ?? anonymousUser),`,
        `${aligned}${unit}from: 'here',`,
        `${aligned}}`,
        `${unit}${unit}${unit}: b,`,
        `${unit});`,
        '}',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [
      'a property',
      'export const useItems = () =>\n  useMemo(\n    () => ({ id: \'out\', label: <Link href="/sign-out">Sign out</Link> }),\n    [],\n  );\n',
      'export const useItems = () =>\n  useMemo(\n    () => ({\n      id: \'out\',\n      label: (\n        <Link href="/sign-out" prefetch={false}>\n          Sign out\n        </Link>\n      ),\n    }),\n    [],\n  );\n',
    ],
    [
      'the right side of `&&` behind an arrow',
      'export const Leave = ({ open }) =>\n  open && <Link href="/sign-out">Sign out</Link>;\n',
      'export const Leave = ({ open }) =>\n  open && (\n    <Link href="/sign-out" prefetch={false}>\n      Sign out\n    </Link>\n  );\n',
    ],
    [
      'the right side of `&&` that is returned',
      'export function Leave({ open }) {\n  return open && <Link href="/sign-out">Sign out</Link>;\n}\n',
      'export function Leave({ open }) {\n  return (\n    open && (\n      <Link href="/sign-out" prefetch={false}>\n        Sign out\n      </Link>\n    )\n  );\n}\n',
    ],
    [
      'the right side of `&&` in a child',
      'export const Leave = ({ open }) => (\n  <div className="menu">{open && <Link href="/sign-out">Sign out</Link>}</div>\n);\n',
      'export const Leave = ({ open }) => (\n  <div className="menu">\n    {open && (\n      <Link href="/sign-out" prefetch={false}>\n        Sign out\n      </Link>\n    )}\n  </div>\n);\n',
    ],
    [
      'an arm of a conditional',
      'export const Leave = ({ open, close }) =>\n  open ? <Link href="/sign-out">Sign out</Link> : null;\n',
      'export const Leave = ({ open, close }) =>\n  open ? (\n    <Link href="/sign-out" prefetch={false}>\n      Sign out\n    </Link>\n  ) : null;\n',
    ],
    [
      'an attribute',
      'export const Leave = () => (\n  <Menu item={<Link href="/sign-out">Sign out</Link>} />\n);\n',
      'export const Leave = () => (\n  <Menu\n    item={\n      <Link href="/sign-out" prefetch={false}>\n        Sign out\n      </Link>\n    }\n  />\n);\n',
    ],
    [
      'what a function in an attribute returns',
      'export const Leave = () => (\n  <Menu renderItem={() => <Link href="/sign-out">Sign out</Link>} />\n);\n',
      'export const Leave = () => (\n  <Menu\n    renderItem={() => (\n      <Link href="/sign-out" prefetch={false}>\n        Sign out\n      </Link>\n    )}\n  />\n);\n',
    ],
    [
      'a property of an attribute',
      'export const Leave = () => (\n  <Menu slots={{ out: <Link href="/sign-out">Sign out</Link> }} />\n);\n',
      'export const Leave = () => (\n  <Menu\n    slots={{\n      out: (\n        <Link href="/sign-out" prefetch={false}>\n          Sign out\n        </Link>\n      ),\n    }}\n  />\n);\n',
    ],
  ])('breaks an element that is %s', (_, before, after) => {
    expect(edited(before, 'href="/sign-out"', 'href="/sign-out" prefetch={false}')).toBe(after);
  });

  it('joins what fits on a line again', () => {
    const text =
      'function f() {\n  const {\n    accessToken,\n    loading: tokenLoading,\n    getAccessToken,\n  } = useAccessToken();\n}\n';
    expect(edited(text, '    loading: tokenLoading,\n', '')).toBe(
      'function f() {\n  const { accessToken, getAccessToken } = useAccessToken();\n}\n',
    );
  });

  it('puts a link between words on lines of its own, with the words behind it', () => {
    const line =
      '    Not you? <Link href="/sign-out">Switch</Link>. We keep your drafts for you,\n    and nothing else.\n';
    const text = `import Link from 'next/link';\n\nexport const A = () => (\n  <p>\n${line}  </p>\n);\n`;
    expect(edited(text, 'href="/sign-out"', 'href="/sign-out" prefetch={false}', { printWidth: 80 })).toBe(
      text.replace(
        line,
        `    Not you?{' '}
    <Link href="/sign-out" prefetch={false}>
      Switch
    </Link>
    . We keep your drafts for you, and nothing else.
`,
      ),
    );
  });

  it('leaves words alone that were laid out in another way', () => {
    const text =
      'export const A = () => (\n  <p>\n    Not\n    you? <Link href="/sign-out">Switch</Link>\n  </p>\n);\n';
    expect(edited(text, 'href="/sign-out"', 'href="/sign-out" prefetch={false}')).toBe(
      text.replace('href="/sign-out"', 'href="/sign-out" prefetch={false}'),
    );
  });

  it('breaks an element that is alone in parentheses, whatever they belong to', () => {
    const link = (attributes: string) => `export const A = ({ items, user }: Props) =>
  user ? (
    ${attributes}
  ) : (
    items.map((item) => <B key={item.id} />)
  );
`;
    const before = link('<Link href="/sign-out" className="item" onClick={leave} id="out" />');
    expect(edited(before, ' className', ' prefetch={false} className', { printWidth: 80 })).toBe(
      link(
        '<Link\n      href="/sign-out"\n      prefetch={false}\n      className="item"\n      onClick={leave}\n      id="out"\n    />',
      ),
    );
  });

  it('takes the parentheses away again where what was in them fits without', () => {
    const text =
      'function A() {\n  return (\n    <Link href="/sign-out" prefetch={false}>\n      Out\n    </Link>\n  );\n}\n';
    expect(edited(text, ' prefetch={false}', '')).toBe(
      'function A() {\n  return <Link href="/sign-out">Out</Link>;\n}\n',
    );
  });

  it.each([
    ['all', ',', ','],
    ['es5', ',', ''],
    ['none', '', ''],
  ] as const)('ends lists and arguments as the formatter is set to: %s', (trailingComma, ofList, ofArguments) => {
    const long = 'isPreview ? theHostOfThisDeploymentAndNoOther : somewhere';
    const formatting = { printWidth: 80, trailingComma };
    expect(edited('send({ to: somewhere, from: thePage })\n', 'somewhere', long, formatting)).toBe(
      `send({\n  to: ${long},\n  from: thePage${ofList}\n})\n`,
    );
    expect(edited('send(somewhere, thePage, theOthers)\n', 'somewhere', long, formatting)).toBe(
      `send(\n  ${long},\n  thePage,\n  theOthers${ofArguments}\n)\n`,
    );
  });

  it('keeps a pattern open next to a type on several lines', () => {
    const text = `function Item({
  className,
  isLeaving = false,
  ...props
}: ComponentProps<typeof Link> & {
  isLeaving?: boolean;
}) {
  return null;
}
`;
    const gone = '  isLeaving = false,\n';
    expect(edited(text, gone, '')).toBe(text.replace(gone, ''));
  });

  it('breaks the condition of a statement that is new', () => {
    const call = "request.headers.has('Next-Router-Prefetch-Of-Old')";
    expect(edited('function f() {\n  g();\n}\n', 'g', `if (${call} || ${call}) {\n    return;\n  }\n  g`)).toBe(
      `function f() {\n  if (\n    ${call} ||\n    ${call}\n  ) {\n    return;\n  }\n  g();\n}\n`,
    );
  });

  it('ends a list as the file ends its lists', () => {
    const text = 'export default {\n  providers: [\n    {\n      a: 1\n    }\n  ]\n};\n';
    expect(edited(text, 'a: 1', 'a: 1,\n      b: 2,')).toBe(
      'export default {\n  providers: [\n    {\n      a: 1,\n      b: 2\n    }\n  ]\n};\n',
    );
  });
});

describe('an edit stays as it was made', () => {
  const made = (text: string) => text.replace('className', `${LONG} className`);
  it.each([
    ['in a file without a line end at its end', NAV.trimEnd()],
    ['next to a line with white space at its end', NAV.replace('<nav>', '<nav> ')],
    [
      'next to an element that is laid out otherwise',
      NAV.replace(LINK, LINK.replace(' className', '\n      className')),
    ],
    ['next to imports that are', `import {a, b} from 'c';\n${NAV}`],
  ])('%s', (_name, text) => {
    expect(edited(text, 'className', `${LONG} className`)).toBe(made(text));
  });

  it('in calls that are nested deeper than anyone writes them', () => {
    const calls = `${'f('.repeat(3000)}a${')'.repeat(3000)}`;
    expect(edited('const a = b;\n', 'b', calls)).toBe(`const a = ${calls};\n`);
  });

  it('where comments would be lost', () => {
    const text = 'f({ a: 1 /* one */, b: 2 });\n';
    const long = `cccccccccccccccccccccccccccccc: 'dddddddddddddddddddddddddddddddddddddddddddddddd'`;
    expect(edited(text, 'b: 2', long)).toBe(text.replace('b: 2', long));
  });
});
