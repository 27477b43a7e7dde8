/** What typed rules ask of typescript-eslint's parser, for a program without statements. */

const nothing = (): undefined => undefined;
const none = (): readonly never[] => [];

/** What a type checker gives lists of, asked about a whole file. */
const LISTS = new Set<unknown>(['getAmbientModules', 'getSuggestionDiagnostics', 'getSymbolsInScope']);

/**
 * Services that answer with nothing. Typed rules ask for the program before they visit a node, and throw where a parser has none;
 * what they look up node by node, they never get to.
 */
export function servicesOfNothing(): Record<string, unknown> {
  const checker = new Proxy({}, { get: (_, name) => (LISTS.has(name) ? none : nothing) });
  const program = {
    getTypeChecker: () => checker,
    getCompilerOptions: () => ({ strict: true }),
    getSourceFile: nothing,
    getSourceFiles: none,
    getCurrentDirectory: () => '',
    getSuggestionDiagnostics: none,
    getSemanticDiagnostics: none,
    getSyntacticDiagnostics: none,
    isSourceFileDefaultLibrary: () => false,
    isSourceFileFromExternalLibrary: () => false,
  };
  return {
    program,
    emitDecoratorMetadata: false,
    experimentalDecorators: false,
    isolatedDeclarations: false,
    esTreeNodeToTSNodeMap: new WeakMap(),
    tsNodeToESTreeNodeMap: new WeakMap(),
    getSymbolAtLocation: nothing,
    getTypeAtLocation: nothing,
  };
}
