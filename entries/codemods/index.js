/** The ES module of the list of codemods. */
import list from './index.cjs';

export const { codemods, codemodNamed } = list;
