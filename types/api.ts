/** The declarations of `eslint-plugin-authkit/api`, from which dist/api.d.ts is rolled up. */
export * from '../api/index.ts';
