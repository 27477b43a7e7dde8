/** `eslint-plugin-authkit/api`: what the command does, for programs. Nothing here prints, and nothing writes a file. */
export { check, type CheckFinding, type CheckOptions, type CheckResult, type TextEdit } from './check.ts';
export { explainToken, type ExplainTokenOptions, type TokenExplanation } from './explain-token.ts';
export type { ProjectOptions } from './settings.ts';
export { transform, type TransformOptions, type TransformPlace, type TransformResult } from './transform.ts';
