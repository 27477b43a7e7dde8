import { inConvexJson } from '../playbook/redirect-uri/convex-json/convex-json.ts';
import {
  type HardcodedJsonMessageId,
  type HardcodedJsonSuggestionId,
  findHardcodedRegistrations,
} from '../playbook/redirect-uri/convex-json/hardcoded-json.ts';
import type { HardcodedMessageId, HardcodedSuggestionId } from '../playbook/redirect-uri/detect/hardcoded-fault.ts';
import { findHardcodedRedirectHosts } from '../playbook/redirect-uri/detect/hardcoded.ts';
import { mayHaveSink } from '../playbook/redirect-uri/evaluate/sinks.ts';
import { createRule } from './create-rule.ts';

export default createRule<
  undefined,
  HardcodedJsonMessageId | HardcodedMessageId,
  HardcodedJsonSuggestionId | HardcodedSuggestionId
>({
  name: 'no-hardcoded-redirect-host',
  type: 'problem',
  description: "disallow redirect URIs that on a preview deployment name a fixed host, or the request's own",
  codemod: "make redirect URIs name the preview's own host on previews",
  presets: { recommended: 'error' },
  messages: {
    literalHost: "{{what}} is '{{value}}' on every preview: {{outcome}}. {{fix}}",
    productionHost: "{{what}} is '{{value}}' on previews too ({{reason}}): {{outcome}}. {{fix}}",
    productionVariable: "{{what}} is '{{value}}', the production host, on previews too: {{outcome}}. {{fix}}",
    branchHost: "{{what}} is '{{value}}', but the platform shortens branch names: {{outcome}}. {{fix}}",
    fallbackHost: "{{what}} falls back to '{{value}}' on previews: {{outcome}}. {{fix}}",
    requestOrigin: "{{what}} is the request's own origin, one of several on a preview: {{outcome}}. {{fix}}",
    hostHeader: '{{what}} comes from a host header, which clients can set: {{outcome}}. {{fix}}',
    localhost: "{{what}} is '{{value}}' {{reason}}, where nothing listens on {{host}}. {{fix}}",
    registeredDeployment:
      "'{{value}}' is registered for previews, which have hosts of their own: 'redirect-uri-invalid'. Write {{instead}}",
    registerPreviewHost: 'Register {{instead}}',
    usePath: 'Use a path.',
    usePreviewHost: "Send the preview's own host. {{fix}}",
    useVariable: 'Remove the option.',
  },
  hasSuggestions: true,
  needles: mayHaveSink,
  find: findHardcodedRedirectHosts,
  textSide: inConvexJson(findHardcodedRegistrations),
});
