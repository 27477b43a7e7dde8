/** What `require('eslint-plugin-authkit')` gives: the plugin itself. */
import type * as esm from '../dist/index.js' with { 'resolution-mode': 'import' };

declare const plugin: esm.AuthKitPlugin;

declare namespace plugin {
  export type AuthKitPlugin = esm.AuthKitPlugin;
  export type AuthKitSettings = esm.AuthKitSettings;
}

export = plugin;
