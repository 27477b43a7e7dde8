import { inConvexJson } from '../playbook/redirect-uri/convex-json/convex-json.ts';
import { mayHaveSink } from '../playbook/redirect-uri/evaluate/sinks.ts';
import {
  type ValidJsonMessageId,
  type ValidJsonSuggestionId,
  findInvalidRegistrations,
} from '../playbook/redirect-uri/convex-json/valid-json.ts';
import {
  type ValidMessageId,
  type ValidSuggestionId,
  findInvalidRedirectUris,
} from '../playbook/redirect-uri/detect/valid.ts';
import { createRule } from './create-rule.ts';

export default createRule<undefined, ValidJsonMessageId | ValidMessageId, ValidJsonSuggestionId | ValidSuggestionId>({
  name: 'valid-redirect-uri',
  type: 'problem',
  description: 'enforce redirect URIs that some deployment serves, in code and in `convex.json`',
  codemod:
    'put https:// before VERCEL_URL, test variables instead of templates, send the production host in production',
  presets: { recommended: 'error' },
  messages: {
    missingScheme:
      "{{what}} is '{{value}}', and {{name}} has no 'https://': {{outcome}}. Write `https://${process.env.{{name}}}`.",
    plainHttp:
      "{{what}} is '{{value}}', but only https is registered for {{name}}: {{outcome}}. Write `https://${process.env.{{name}}}`.",
    relativeUri: "{{what}} is '{{value}}', which is not an absolute URL: {{outcome}}. {{fix}}",
    wildcardHost: "{{what}} is '{{value}}', and an app cannot send a wildcard: {{outcome}}. {{fix}}",
    testedTemplate:
      "'{{value}}'{{where}} is truthy even if {{name}} is unset, so the fallback is never used. Test process.env.{{name}}.",
    deploymentHostInProduction:
      "{{what}} is '{{value}}' in production too, {{reason}}: {{outcome}}. Use {{fix}} there.",
    unknownTemplate:
      "'{{raw}}' is not a Convex template, so the deploy fails. Use ${buildEnv.NAME} or ${authEnv.WORKOS_CLIENT_ID}.",
    missingBuildEnv: "'{{raw}}' lacks its namespace, so the deploy fails. Write {{instead}}",
    noTemplate: "'{{raw}}' is not a Convex template, so the literal text is registered. Write {{instead}}",
    localhostRegistered:
      "'{{value}}' is all that '{{environment}}' registers, and no deployment is there: 'redirect-uri-invalid'. Register {{instead}}",
    unknownVariable: 'Vercel sets no {{name}}, so the deploy fails. {{fix}}',
    jsonMissingScheme:
      "'{{value}}' is registered without 'https://', which {{name}} does not have either: WorkOS rejects it. Write {{instead}}",
    jsonPlainHttp: "'{{value}}' registers http, but {{name}} serves https: nothing matches it. Write {{instead}}",
    deploymentHostInProd:
      "'{{value}}' is registered for production, but {{name}} is new with each deployment. Write {{instead}}",
    misplacedKey: "'{{name}}' belongs under 'authKit.{{only}}' alone; under '{{environment}}' the deploy fails.",
    misspeltKey: "Convex ignores '{{name}}', so nothing of it is registered. Write '{{instead}}'.",
    addScheme: 'Add https://.',
    usePath: 'Use a path.',
    usePreviewHost: "Send the preview's own host there, and nothing elsewhere.",
    useVariable: 'Remove the option.',
    useHttps: 'Write https.',
    testVariable: 'Test process.env.{{name}}.',
    useProductionHost: 'Send the production host in production.',
    writeInstead: 'Write {{instead}}',
  },
  hasSuggestions: true,
  needles: mayHaveSink,
  find: findInvalidRedirectUris,
  textSide: inConvexJson(findInvalidRegistrations),
});
