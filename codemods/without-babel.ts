/**
 * The first import of every codemod: ends the compiling that jscodeshift's worker starts unless it is given --no-babel.
 *
 * Babel would compile to CommonJS whatever is loaded from here on, oxc-parser too, and `import.meta` survives that: Node then
 * takes the compiled file for ESM, and stops. All of it is published code that Node runs as it is (it can
 * `require` ES modules in every version we support). This file itself is compiled, so it must not say `import.meta`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** `revert` is the documented way out: https://babeljs.io/docs/babel-register. */
interface BabelRegister {
  readonly revert?: () => void;
}

// There is one cache a process, whatever the path that a `require` starts from.
const { cache } = createRequire(join(process.cwd(), 'any.js'));
const loaded = Object.entries(cache);

// In any other process that compiles with Babel, someone may still need it.
if (loaded.some(([path]) => /[\\/]jscodeshift[\\/]src[\\/]Worker\.js$/u.test(path))) {
  for (const [path, module] of loaded) {
    if (/[\\/]@babel[\\/]register[\\/]lib[\\/]index\.c?js$/u.test(path)) (module?.exports as BabelRegister).revert?.();
  }
}
