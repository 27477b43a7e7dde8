import { readConvexJson } from '../playbook/redirect-uri/convex-json/convex-json.ts';
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
import { onText } from './on-text.ts';

const rule = createRule<undefined, ValidJsonMessageId | ValidMessageId, ValidJsonSuggestionId | ValidSuggestionId>({
  name: 'valid-redirect-uri',
  type: 'problem',
  description: 'enforce redirect URIs that some deployment can answer on, in code and in `convex.json`',
  presets: { recommended: 'error' },
  messages: {
    missingScheme:
      "{{what}} is '{{value}}', and {{name}} comes without 'https://': that is no URL, so AuthKit throws or WorkOS answers 'redirect-uri-invalid'. Write `https://${process.env.{{name}}}`.",
    plainHttp:
      "{{what}} is '{{value}}', and {{name}} answers on HTTPS alone: WorkOS has the https URL registered and answers 'redirect-uri-invalid'. Write `https://${process.env.{{name}}}`.",
    testedTemplate:
      "'{{value}}' is never empty: where {{name}} is unset it is '{{unset}}', and what stands behind the test is never used. Test process.env.{{name}} itself.",
    deploymentHostInProduction:
      "{{what}} is '{{value}}' in production, too, where each deployment has a new host that WorkOS has not registered ('redirect-uri-invalid'). Write {{cure}} for production.",
    unknownTemplate:
      "'{{raw}}' is no template that Convex knows, so the deploy fails. There are ${buildEnv.NAME} and ${authEnv.WORKOS_CLIENT_ID}.",
    missingBuildEnv:
      '\'{{raw}}\' lacks its namespace, so the deploy fails with "Unknown template expression". Write {{instead}}',
    noTemplate:
      "'{{raw}}' is no template of Convex, so it is registered as it stands, and no deployment has that host. Write {{instead}}",
    localhostRegistered:
      "'{{value}}' is all that '{{environment}}' registers, and no deployment answers there: WorkOS answers 'redirect-uri-invalid'. Write {{instead}}",
    unknownVariable:
      'Vercel sets no {{name}}, so the deploy fails with "Environment variable {{name}} is not set". {{cure}}',
    jsonMissingScheme:
      "'{{value}}' is registered without 'https://', which {{name}} does not have either: WorkOS takes no such URL. Write {{instead}}",
    deploymentHostInProd:
      "'{{value}}' is registered for production, but {{name}} is new with each deployment. Write {{instead}}",
    misplacedKey: "'{{name}}' belongs under 'authKit.{{only}}' alone; under '{{environment}}' the deploy fails.",
    addScheme: 'Put https:// before it.',
    useHttps: 'Write https.',
    testVariable: 'Test process.env.{{name}} itself.',
    useProductionHost: 'Send the production host in production.',
    writeInstead: 'Write {{instead}}',
  },
  hasSuggestions: true,
  needles: mayHaveSink,
  find: findInvalidRedirectUris,
});

export default onText(rule, {
  root: 'Document',
  isFile: (name) => name === 'convex.json',
  find: (path, text) => {
    const json = readConvexJson(path, text);
    return json ? findInvalidRegistrations(json) : [];
  },
});
