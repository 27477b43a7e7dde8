import { describe, expect, it } from 'vitest';
import { isHandedOn } from '../../../../playbook/links/gate/re-exports.ts';

const isNaming = (text: string) => text.includes("'/sign-out'");
const look = (module: string, importer = "import { x } from './nav';\n", name = 'nav.tsx', config = '') =>
  isHandedOn(
    new Map([
      [`/app/${name}`, module],
      ['/app/page.tsx', importer],
    ]),
    isNaming,
    () => [config],
  );

describe('a sign-out path is handed on', () => {
  it.each([
    ['by a constant', "export const signOutPath = '/sign-out';"],
    ['by an object with a capital', "export const Routes = { out: '/sign-out' };"],
    ['by a call with a capital', "export const Routes = define({ out: '/sign-out' });"],
    ['by an enum', "export enum Route { Out = '/sign-out' }"],
    ['by a list', "export const items: Item[] = [{ href: '/sign-out' }];"],
    ['by a list next to a component', "export const items = ['/sign-out'];\nexport function Nav() {}"],
    ['by a function', "export function outPath() { return '/sign-out'; }"],
    ['by an async function', "export async function getItems() { return ['/sign-out']; }"],
    ['by the default', "const items = ['/sign-out'];\nexport default items;"],
    ['by a default that is written in place', "export default ['/sign-out'];"],
    ['by a list of exports', "const items = ['/sign-out'];\nexport { items };"],
    ['by way of another module', "export * from './items'; const x = '/sign-out';"],
    ['by a default with a capital', "const Items = ['/sign-out'];\nexport default Items;"],
    ['by a static field', "export class Nav { static items = ['/sign-out']; }"],
    [
      'by a list below its type',
      "export type Item = { href: string };\n\nexport const items: Item[] = [{ href: '/sign-out' }];",
    ],
    ['by a function below a component', "export const Nav = () => null;\nexport const outPath = () => '/sign-out';"],
    ['behind another statement', "const a = 1; export const items = ['/sign-out'];"],
    ['behind a comment', "/* ours */ export const items = ['/sign-out'];"],
    ['by CommonJS', "module.exports = { out: '/sign-out' };"],
  ])('%s', (_, module) => {
    expect(look(module)).toBe(true);
  });

  it.each([
    ['a component', "export function Nav() { return <a href={'/sign-out'} />; }"],
    ['a default component', "export default function Nav() { return '/sign-out'; }"],
    ['a component that is exported below', "const Nav = () => '/sign-out';\nexport default Nav;"],
    ['an arrow function', "export const Nav = () => '/sign-out';"],
    ['an arrow function with a type', "export const Nav: FC<Props> = async ({ a }) => '/sign-out';"],
    ['a component in a call', "export const Nav = memo(function Nav() { return '/sign-out'; });"],
    ['a component in two calls', "export const Nav = observer(forwardRef<X, P>((props, ref) => '/sign-out'));"],
    ['a class', "export class Nav extends Component { out = '/sign-out'; }"],
    [
      'a page with its metadata',
      "export const metadata = { title: 'x' };\nexport const dynamic = 'force-static';\nexport default function Page() { return '/sign-out'; }",
    ],
    [
      'a component with its types',
      "export interface Props { a: string }\nexport type Other = 1;\nexport function Nav() { return '/sign-out'; }",
    ],
  ])('not by %s', (_, module) => {
    expect(look(module)).toBe(false);
  });

  it('not by a module that no one imports, whatever it exports', () => {
    const constant = "export const signOutPath = '/sign-out';";
    expect(look(constant, "import { x } from './other';\n")).toBe(false);
    for (const from of ['@/config/nav', '../nav.js', './nav.tsx'])
      expect(look(constant, `import { x } from "${from}";\n`)).toBe(true);
  });

  it('where no one can tell the name that a module is imported by', () => {
    expect(look("export const signOutPath = '/sign-out';", '', 'index.ts')).toBe(true);
  });

  it.each([
    '{ "main": "nav.tsx" }',
    '{ "exports": "./src/nav.tsx" }',
    '{ "compilerOptions": { "paths": { "@links": ["./config/nav"] } } }',
  ])('where a config gives the module another name: %s', (config) => {
    const constant = "export const signOutPath = '/sign-out';";
    expect(look(constant, "import { x } from '@acme/links';\n", 'nav.tsx', config)).toBe(true);
    expect(look(constant, "import { x } from '@acme/links';\n", 'other.tsx', config)).toBe(false);
  });

  it('not where no module names one', () => {
    expect(look('export const items = [];')).toBe(false);
  });
});
