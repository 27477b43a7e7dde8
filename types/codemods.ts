/** The declarations of `eslint-plugin-authkit/codemods`, from which dist/codemods.d.ts is rolled up. */
export { type Codemod, type CodemodEntry, codemodNamed, codemods } from '../codemods/index.ts';
