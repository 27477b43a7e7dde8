/** GitLab's code quality report: docs.gitlab.com/ci/testing/code_quality. */
import { createHash } from 'node:crypto';
import { shown } from '../../output/words.ts';
import type { Print } from './format.ts';
import { posixPath } from '../../../project/folders.ts';

export const gitlab: Print = (results, { cwd }) => {
  const seen = new Map<string, number>();
  const issues = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, ruleId, severity }) => {
      const path = posixPath(shown(filePath, cwd));
      // A line that moves keeps its fingerprint, and of several that are equal each has its own.
      const identity = `${path}\0${ruleId ?? ''}\0${message}`;
      const number = (seen.get(identity) ?? 0) + 1;
      seen.set(identity, number);
      return {
        description: message,
        check_name: ruleId ?? 'eslint-plugin-authkit',
        fingerprint: createHash('sha256')
          .update(`${identity}\0${String(number)}`)
          .digest('hex')
          .slice(0, 32),
        severity: severity === 2 ? 'major' : 'minor',
        location: { path, lines: { begin: line } },
      };
    }),
  );
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
