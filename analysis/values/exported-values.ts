/** What the exports of a project's file are. */
import { type Located, defineExport } from '../syntax/bindings/definitions.ts';
import type { Evaluator } from './evaluator.ts';
import { exportsOf } from '../syntax/bindings/exports.ts';
import { whenAsked } from './expressions.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type ObjectValue, type PropertyValue, type Value, unknown } from './values.ts';

/** An export of a file, wherever the file has it from; `*` gives all of them as one object. */
export function exportedValue(evaluator: Evaluator, file: SourceFile, name: string, from: Located): Value {
  if (name === '*') return namespaceObject(evaluator, file, from);
  const found = exportsOf(file).named.get(name);
  if (found?.kind === 'local') return evaluator.evaluate({ file, node: found.node });
  if (found) return evaluator.imported(found.module, found.name, { file, node: file.ast });
  const definition = defineExport(file, name, [], evaluator.options.loader);
  if (definition.kind !== 'value') return unknown(from, definition);
  const whole = evaluator.evaluate({ file: definition.file, node: definition.node });
  return definition.path.reduce<Value>((value, step) => evaluator.member(value, step, from), whole);
}

/** What `require('module')` gives: what is assigned to `module.exports`, else all exports as one object. */
export function requiredValue(evaluator: Evaluator, module: string, from: Located): Value {
  const file = evaluator.options.loader.load(module, from.file.path);
  const whole = file && exportsOf(file).named.get('default');
  const isCommonJs = whole?.kind === 'local' && whole.node.parent?.type === 'AssignmentExpression';
  return evaluator.imported(module, isCommonJs ? 'default' : '*', from);
}

/** All exports of a file; of what it hands on by `export *`, those that its modules name. */
const namespaceObject = (evaluator: Evaluator, file: SourceFile, from: Located): ObjectValue => ({
  type: 'object',
  properties: exportedProperties(evaluator, file, from, new Map()),
  open: exportsOf(file).stars.length > 0,
  from,
});

type Properties = ReadonlyMap<string, PropertyValue>;

/** `known`: by file, so that one that many barrels hand on is read once. */
function exportedProperties(
  evaluator: Evaluator,
  file: SourceFile,
  from: Located,
  known: Map<SourceFile, Properties>,
): Properties {
  const read = known.get(file);
  if (read) return read;
  const { named, stars } = exportsOf(file);
  const properties = new Map<string, PropertyValue>();
  known.set(file, properties);
  for (const name of named.keys()) {
    properties.set(
      name,
      whenAsked({ file, node: file.ast }, () => exportedValue(evaluator, file, name, from)),
    );
  }
  for (const module of stars) {
    const other = evaluator.options.loader.load(module, file.path);
    const handedOn = other ? exportedProperties(evaluator, other, from, known) : [];
    for (const [name, property] of [...handedOn]) {
      if (name === 'default' || named.has(name)) continue;
      const first = properties.get(name) ?? property;
      // A name that stands for two things is an export of neither.
      properties.set(name, first === property ? property : { ...property, certain: false });
    }
  }
  return properties;
}
