import { describe, expect, it } from 'vitest';
import { importedConstants } from '../../../../playbook/links/gate/imported-constants.ts';

const usesOf = (use: string, clause = '{ items }') => importedConstants(`import ${clause} from './items';\n${use}\n`);

describe('an imported constant', () => {
  it.each([
    ['as a prop', '<Menu items={items} />'],
    ['in a loop', '{items.map((item) => <Item {...item} />)}'],
    ['by its member', '<Link href={items.out}>'],
    ['by a name in brackets', "<Link href={items['out']}>"],
    ['spread', 'const all = [...items, more];'],
    ['in one arm of a condition', '<Link href={on ? items : home}>'],
    ['in the other arm', '<Link href={on ? home : items}>'],
    ['with a default', '<Link href={items ?? home}>'],
    ['with a type', '<Link href={items as Route}>'],
    ['with another type', 'const all = items satisfies Item[];'],
    ['handed to a function', 'const all = build(items, user);'],
    ['returned', 'return items;'],
    ['awaited', 'const all = await items;'],
    ['looped over', 'for (const item of items) show(item);'],
    ['at the end of a line', 'const all = items'],
    ['in a template', '<Link href={`${items}/x`}>'],
    ['in an addition', '<Link href={base + items}>'],
    ['at the end of a line, without a semicolon', 'const all = items\nreturn all'],
    ['in a statement of its own', 'const all = [];\nitems.forEach((item) => all.push(item));'],
    ['behind a type of its name', 'useState<items>();\nshow(items);'],
    ['behind a method of its name', 'props.items();\nshow(items);'],
  ])('is used %s', (_, use) => {
    expect(usesOf(use)).toEqual(['./items']);
  });

  it.each([
    ['a component', '<items.Menu />\n<Menu items={items} />'],
    ['a part of another name', 'const all = allitems.map(itemsOf);'],
    ['a word in a text', 'const label = "items";'],
    ['a prop of another object', 'const all = props.items.length;'],
    ['not used', ''],
  ])('is none where it is %s', (_, use) => {
    expect(usesOf(use)).toEqual([]);
  });

  it('may be made by a function whose name says that it gives links', () => {
    expect(usesOf('const all = useNavItems();', '{ useNavItems }')).toEqual(['./items']);
    expect(usesOf('const to = signOutHref();', '{ signOutHref }')).toEqual(['./items']);
    expect(usesOf('const { href, label } = useCta();', '{ useCta }')).toEqual(['./items']);
    expect(usesOf('const { columns } = await loadFooter();', '{ loadFooter }')).toEqual(['./items']);
    expect(usesOf('const all = cn("a", b);', '{ cn }')).toEqual([]);
  });

  it.each([
    ['a default import', 'items'],
    ['a namespace', '* as items'],
    ['a name of its own', '{ nav as items }'],
    ['one of several', 'Menu, { other, items }'],
    ['next to types', '{ type Item, items }'],
  ])('may come as %s', (_, clause) => {
    expect(usesOf('<Menu items={items} />', clause)).toEqual(['./items']);
  });

  it.each([
    ['a type', 'type { items }'],
    ['a single type', '{ type items }'],
    ['a default type', 'type items'],
  ])('is none where it is imported as %s', (_, clause) => {
    expect(usesOf('<Menu items={items} />', clause)).toEqual([]);
  });

  it('comes from a path, an alias, or what may be a package of the workspace', () => {
    const from = (module: string) => importedConstants(`import { items } from "${module}"\n<Menu items={items} />`);
    for (const module of ['./a', '../a', '@/a', '~/a', '#a', '@scope/a', 'pkg/a'])
      expect(from(module)).toEqual([module]);
    for (const module of ['react', 'next/link']) expect(from(module)).toEqual([]);
  });

  it('is found whatever quotes and line ends the file has, and behind a directive', () => {
    expect(
      importedConstants(`'use client';\r\nimport {\r\n  items,\r\n} from "./items";\r\n<Menu items={ items } />`),
    ).toEqual(['./items']);
    expect(importedConstants("import x from \"./it's\";\nimport { items } from './items'\nshow(items)")).toEqual([
      './items',
    ]);
  });

  it('is found where a comment between the names has a quote', () => {
    expect(
      importedConstants("import {\n  other, // it's old\n  items, /* don't */\n} from './items';\nshow(items);"),
    ).toEqual(['./items']);
  });

  it('is found where names or comments of the import begin like one', () => {
    expect(importedConstants("import {\n  importItems,\n} from './items';\nshow(importItems);")).toEqual(['./items']);
    expect(
      importedConstants(
        "import {\n  // import them once\n  /*\n  import all\n  */ items,\n} from './items';\nshow(items);",
      ),
    ).toEqual(['./items']);
  });

  it.each([
    ['what hands it on', "import './setup';\nexport { items } from './items';\nshow(items);"],
    ['a function of that name', "import './setup';\nload(items, from, './items');"],
    ['a word of a text', "import './setup';\nconst text = `${items} from './items'`;\nshow(text);"],
  ])('does not come from %s', (_, text) => {
    expect(importedConstants(text)).toEqual([]);
  });

  it('is not looked for in code that has no end', () => {
    expect(importedConstants('import')).toEqual([]);
    expect(importedConstants("import { items } from './items")).toEqual([]);
    expect(importedConstants('import("./items")')).toEqual([]);
  });
});
