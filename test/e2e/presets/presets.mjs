/**
 * What people have in their config next to this plugin, as its documentation writes it: imports, and items of `defineConfig`. `only` is for
 * presets that run under one major of ESLint; `typescript` for those that bring a parser for it.
 */
const typed = '{ languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } }';
const JSX = "{ files: ['**/*.jsx'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }";
const TSX = "{ files: ['**/*.{ts,tsx}'] }";
const compat =
  "import { FlatCompat } from '@eslint/eslintrc';\nimport js from '@eslint/js';\nconst compat = new FlatCompat({ baseDirectory: import.meta.dirname, recommendedConfig: js.configs.recommended });";

const typescript = (name, items, imports = '') => ({
  name,
  typescript: true,
  imports: `import tseslint from 'typescript-eslint';\n${imports}`,
  items: `${TSX}, ${items}`,
});
const plain = (name, imports, items, rest = {}) => ({ name, imports, items: `${items}, ${JSX}`, ...rest });
const nine = { only: 9 };

export const presets = [
  plain('@eslint/js recommended', "import js from '@eslint/js';", 'js.configs.recommended'),
  plain('@eslint/js all', "import js from '@eslint/js';", 'js.configs.all'),
  plain('eslint:recommended by FlatCompat', compat, "...compat.extends('eslint:recommended')", nine),
  typescript(
    '@eslint/js and typescript-eslint recommended',
    'js.configs.recommended, tseslint.configs.recommended',
    "import js from '@eslint/js';",
  ),
  typescript('typescript-eslint strict and stylistic', 'tseslint.configs.strict, tseslint.configs.stylistic'),
  typescript('typescript-eslint recommendedTypeChecked', `tseslint.configs.recommendedTypeChecked, ${typed}`),
  typescript(
    'typescript-eslint strictTypeChecked and stylisticTypeChecked',
    `tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, ${typed}`,
  ),
  typescript('typescript-eslint all', `tseslint.configs.all, ${typed}`),
  plain(
    'react',
    "import react from 'eslint-plugin-react';",
    "react.configs.flat.recommended, react.configs.flat['jsx-runtime'], { settings: { react: { version: '19.0' } } }",
  ),
  plain(
    'react all',
    "import react from 'eslint-plugin-react';",
    "react.configs.flat.all, { settings: { react: { version: '19.0' } } }",
    nine,
  ),
  plain('react-hooks', "import hooks from 'eslint-plugin-react-hooks';", 'hooks.configs.flat.recommended'),
  plain(
    'react-hooks latest',
    "import hooks from 'eslint-plugin-react-hooks';",
    "hooks.configs.flat['recommended-latest']",
  ),
  {
    name: 'Next.js 15 by FlatCompat',
    typescript: true,
    only: 9,
    imports: compat,
    items: "...compat.extends('next/core-web-vitals', 'next/typescript')",
  },
  {
    name: 'Next.js 16',
    typescript: true,
    imports:
      "import vitals from 'eslint-config-next-16/core-web-vitals';\nimport nextTypescript from 'eslint-config-next-16/typescript';",
    items: '...vitals, ...nextTypescript',
  },
  plain('n', "import n from 'eslint-plugin-n';", "n.configs['flat/recommended-module']"),
  plain('regexp', "import regexp from 'eslint-plugin-regexp';", "regexp.configs['flat/all'] ?? regexp.configs.all"),
  plain('sonarjs', "import sonarjs from 'eslint-plugin-sonarjs';", 'sonarjs.configs.recommended'),
  typescript(
    'sonarjs with types',
    `tseslint.configs.base, sonarjs.configs.recommended, ${typed}`,
    "import sonarjs from 'eslint-plugin-sonarjs';",
  ),
  plain(
    'perfectionist',
    "import perfectionist from 'eslint-plugin-perfectionist';",
    "perfectionist.configs['recommended-natural']",
  ),
  plain('jsdoc', "import jsdoc from 'eslint-plugin-jsdoc';", "jsdoc.configs['flat/recommended']"),
  plain('prettier', "import prettier from 'eslint-plugin-prettier/recommended';", 'prettier'),
  plain('import-x', "import { importX } from 'eslint-plugin-import-x';", 'importX.flatConfigs.recommended'),
  plain('import', "import imports from 'eslint-plugin-import';", 'imports.flatConfigs.recommended', nine),
  plain('unicorn', "import unicorn from 'eslint-plugin-unicorn';", 'unicorn.configs.recommended'),
  plain('unicorn all', "import unicorn from 'eslint-plugin-unicorn';", 'unicorn.configs.all'),
  plain('jsx-a11y', "import a11y from 'eslint-plugin-jsx-a11y';", 'a11y.flatConfigs.strict'),
  plain('@stylistic', "import stylistic from '@stylistic/eslint-plugin';", 'stylistic.configs.all'),
  typescript(
    '@convex-dev',
    `tseslint.configs.base, ...convex.configs.recommended, ${typed}`,
    "import convex from '@convex-dev/eslint-plugin';",
  ),
  typescript(
    '@tanstack/query',
    "tseslint.configs.base, ...(query.configs['flat/recommended-strict'] ?? query.configs['flat/recommended'])",
    "import query from '@tanstack/eslint-plugin-query';",
  ),
  plain('turbo', "import turbo from 'eslint-plugin-turbo';", "turbo.configs['flat/recommended']"),
  plain('promise', "import promise from 'eslint-plugin-promise';", "promise.configs['flat/recommended']", nine),
  plain('security', "import security from 'eslint-plugin-security';", 'security.configs.recommended', nine),
  plain(
    'simple-import-sort',
    "import sort from 'eslint-plugin-simple-import-sort';",
    "{ plugins: { sort }, rules: { 'sort/imports': 'error', 'sort/exports': 'error' } }",
    nine,
  ),
  plain(
    'unused-imports',
    "import unused from 'eslint-plugin-unused-imports';",
    "{ plugins: { unused }, rules: { 'unused/no-unused-imports': 'error' } }",
    nine,
  ),
  plain(
    '@eslint/json',
    "import json from '@eslint/json';",
    "{ files: ['**/*.json'], ignores: ['**/package-lock.json'], plugins: { json }, language: 'json/jsonc', languageOptions: { allowTrailingCommas: true }, extends: ['json/recommended'] }",
  ),
];
