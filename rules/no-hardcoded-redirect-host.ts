import { findHardcodedRedirectHosts } from '../playbook/redirect-uri/hardcoded.ts';
import { SINK_NEEDLES } from '../playbook/redirect-uri/sinks.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-hardcoded-redirect-host',
  type: 'problem',
  description: "disallow redirect URIs that on a preview deployment name a fixed host, or the request's own",
  presets: { recommended: 'error' },
  messages: {
    literalHost: "{{what}} is always '{{value}}', on preview deployments too: {{outcome}}. Write {{cure}}",
    productionHost:
      "{{what}} is '{{value}}' on previews too, for they run with NODE_ENV 'production': {{outcome}}. Test VERCEL_ENV instead: {{cure}}",
    fallbackHost: "{{what}} falls back to '{{value}}', which a preview sends where the variable is unset: {{outcome}}. Write {{cure}}",
    requestOrigin:
      "{{what}} is made of the request's own origin, and on a Vercel preview that is whichever alias the browser used: WorkOS answers 'redirect-uri-invalid' for all but the registered one. Write {{cure}}",
    hostHeader:
      "{{what}} is made of the Host or x-forwarded-host header, which the client chooses: WorkOS answers 'redirect-uri-invalid' for every host that is not registered, as a preview's alias. Write {{cure}}",
    localhost: "{{what}} is '{{value}}' on every deployment, and there {{host}} is nobody's server: {{outcome}}. Write {{cure}}",
    usePreviewHost: "Send the preview's own host: {{cure}}",
  },
  hasSuggestions: true,
  needles: SINK_NEEDLES,
  find: findHardcodedRedirectHosts,
});
