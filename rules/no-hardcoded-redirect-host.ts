import { readConvexJson } from '../playbook/redirect-uri/convex-json/convex-json.ts';
import {
  type HardcodedJsonMessageId,
  type HardcodedJsonSuggestionId,
  findHardcodedRegistrations,
} from '../playbook/redirect-uri/convex-json/hardcoded-json.ts';
import {
  type HardcodedMessageId,
  type HardcodedSuggestionId,
  findHardcodedRedirectHosts,
} from '../playbook/redirect-uri/detect/hardcoded.ts';
import { mayHaveSink } from '../playbook/redirect-uri/evaluate/sinks.ts';
import { createRule } from './create-rule.ts';
import { onText } from './on-text.ts';

const rule = createRule<
  undefined,
  HardcodedJsonMessageId | HardcodedMessageId,
  HardcodedJsonSuggestionId | HardcodedSuggestionId
>({
  name: 'no-hardcoded-redirect-host',
  type: 'problem',
  description: "disallow redirect URIs that on a preview deployment name a fixed host, or the request's own",
  presets: { recommended: 'error' },
  messages: {
    literalHost: "{{what}} is always '{{value}}', on preview deployments too: {{outcome}}. Write {{cure}}",
    productionHost:
      "{{what}} is '{{value}}' on previews too, for they run with NODE_ENV 'production': {{outcome}}. Test VERCEL_ENV instead: {{cure}}",
    productionVariable:
      "{{what}} is '{{value}}' on previews too, for that variable holds the production host wherever it is read: {{outcome}}. Write {{cure}}",
    fallbackHost:
      "{{what}} falls back to '{{value}}', which a preview sends where nothing else is set: {{outcome}}. Write {{cure}}",
    requestOrigin:
      "{{what}} is made of the request's own origin, and on a Vercel preview that is whichever alias the browser used: WorkOS answers 'redirect-uri-invalid' for all but the registered one. Write {{cure}}",
    hostHeader:
      "{{what}} is made of the Host or x-forwarded-host header, which the client chooses: WorkOS answers 'redirect-uri-invalid' for every host that is not registered, as a preview's alias. Write {{cure}}",
    localhost:
      "{{what}} is '{{value}}' on every deployment, and there {{host}} is nobody's server: {{outcome}}. Write {{cure}}",
    registeredDeployment:
      "'{{value}}' is registered for previews, and each preview has a host of its own: WorkOS answers 'redirect-uri-invalid' on all but {{host}}. Write {{instead}}",
    registerPreviewHost: 'Register {{instead}}',
    usePreviewHost: "Send the preview's own host: {{cure}}",
  },
  hasSuggestions: true,
  needles: mayHaveSink,
  find: findHardcodedRedirectHosts,
});

export default onText(rule, {
  root: 'Document',
  isFile: (name) => name === 'convex.json',
  find: (path, text, project) => {
    const json = readConvexJson(path, text);
    return json ? findHardcodedRegistrations(json, project) : [];
  },
});
