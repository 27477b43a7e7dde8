import {
  type ConsistentJsonMessageId,
  type ConsistentJsonSuggestionId,
  findInconsistentRegistrations,
} from '../playbook/redirect-uri/convex-json/consistent-json.ts';
import {
  type ConsistentMessageId,
  type ConsistentSuggestionId,
  findInconsistentPreviewHosts,
} from '../playbook/redirect-uri/detect/consistent.ts';
import { inConvexJson } from '../playbook/redirect-uri/convex-json/convex-json.ts';
import { mayHaveSink } from '../playbook/redirect-uri/evaluate/sinks.ts';
import { createRule } from './create-rule.ts';

export default createRule<
  undefined,
  ConsistentJsonMessageId | ConsistentMessageId,
  ConsistentJsonSuggestionId | ConsistentSuggestionId
>({
  name: 'consistent-preview-host',
  type: 'problem',
  description: 'enforce that a preview deployment sends the redirect URI that `convex.json` registers for it',
  codemod: 'send on previews the redirect URI that convex.json registers for them',
  presets: { recommended: 'error' },
  messages: {
    nothingSent:
      "{{name}} sends no redirectUri on previews: 'redirect-uri-invalid'. Send {{fix}} there, as {{json}} registers it.",
    otherHost:
      "{{what}} is '{{value}}' on previews, but {{json}} registers '{{registered}}': 'redirect-uri-invalid'. Use one host.",
    otherSettingsHost: "{{what}} is '{{value}}' on previews, but settings.authkit.previewHost is {{wanted}}.",
    otherPath:
      "{{what}} has the path '{{path}}', but {{json}} registers {{registered}} for previews: 'redirect-uri-invalid'. Use one path.",
    otherSignOutHost:
      "{{what}} is '{{value}}' on previews, but users sign in on {{wanted}}. Use one variable for both.",
    otherRegisteredHost:
      "'{{value}}' is registered for previews, but the proxy sends {{wanted}}: 'redirect-uri-invalid'. Register {{wanted}}.",
    otherRegisteredSettingsHost:
      "'{{value}}' is registered for previews, but settings.authkit.previewHost is {{wanted}}.",
    otherCorsHost:
      "CORS allows '{{value}}' on previews, but users sign in on {{wanted}}, where the token refresh then fails. Use the host of 'redirectUris'.",
    sendRegistered: 'Send the host that is registered.',
    registerHost: 'Register {{wanted}}',
  },
  hasSuggestions: true,
  needles: mayHaveSink,
  find: findInconsistentPreviewHosts,
  textSide: inConvexJson(findInconsistentRegistrations),
});
