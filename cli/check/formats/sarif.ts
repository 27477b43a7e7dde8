/** SARIF 2.1.0, as GitHub's code scanning reads it: docs.oasis-open.org/sarif/sarif/v2.1.0. */
import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import pkg from '../../../package.json' with { type: 'json' };
import type { Print } from './format.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

export const sarif: Print = (results, { cwd, rules }) => {
  const messages = results.flatMap(({ filePath, messages: own }) => own.map((each) => ({ ...each, filePath })));
  const ids = [...new Set(messages.flatMap(({ ruleId }) => ruleId ?? []))].sort();
  const level = (severity: number) => (severity === 2 ? 'error' : 'warning');
  const location = ({ column, endColumn, endLine, filePath, line }: (typeof messages)[number]) => ({
    physicalLocation: {
      artifactLocation: { uri: uriOf(filePath, cwd), ...(isBelow(filePath, cwd) && { uriBaseId: 'ROOTPATH' }) },
      region: {
        startLine: line,
        startColumn: column,
        ...(endLine !== undefined && { endLine }),
        ...(endColumn !== undefined && { endColumn }),
      },
    },
  });
  const run = {
    tool: {
      driver: {
        name: pkg.name,
        version: pkg.version,
        rules: ids.map((id) => ({
          id,
          shortDescription: { text: rules[id]?.docs?.description ?? id },
          ...(rules[id]?.docs?.url !== undefined && { helpUri: rules[id].docs.url }),
        })),
      },
    },
    originalUriBaseIds: { ROOTPATH: { uri: `${pathToFileURL(cwd).href}/` } },
    results: messages
      .filter(({ ruleId }) => ruleId !== null)
      .map((each) => ({
        ruleId: each.ruleId,
        ruleIndex: ids.indexOf(each.ruleId ?? ''),
        level: level(each.severity),
        message: { text: each.message },
        locations: [location(each)],
      })),
    // What could not be checked is no result of a rule.
    invocations: [
      {
        executionSuccessful: messages.every(({ ruleId }) => ruleId !== null),
        toolExecutionNotifications: messages
          .filter(({ ruleId }) => ruleId === null)
          .map((each) => ({ level: 'error', message: { text: each.message }, locations: [location(each)] })),
      },
    ],
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
};

const isBelow = (path: string, cwd: string): boolean => path.startsWith(cwd + sep);

function uriOf(path: string, cwd: string): string {
  return isBelow(path, cwd)
    ? relative(cwd, path).split(sep).map(encodeURIComponent).join('/')
    : pathToFileURL(path).href;
}
