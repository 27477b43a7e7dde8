/** @type {import('eslint-doc-generator').GenerateOptions} */
export default {
  configEmoji: [
    ['recommended', '✅'],
    ['strict', '🔒'],
  ],
  // They are ways to use `recommended`.
  ignoreConfig: ['files', 'standalone'],
  ruleDocTitleFormat: 'prefix-name',
  // Every page has the section, rules without options too; test/docs sees to it.
  ruleDocSectionOptions: false,
  pathRuleList: ['docs/rules/README.md'],
  ruleListColumns: ['name', 'description', 'configsError', 'configsWarn', 'fixable', 'hasSuggestions'],
};
