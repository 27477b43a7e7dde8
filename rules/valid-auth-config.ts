import { mayBeAuthConfig } from '../playbook/auth-config/read/config-file.ts';
import { findAuthConfigFaults } from '../playbook/auth-config/detect/find.ts';
import type {
  AuthConfigMessageId,
  AuthConfigOptions,
  AuthConfigSuggestionId,
} from '../playbook/auth-config/findings.ts';
import { createRule } from './create-rule.ts';

const REJECTED = 'Convex rejects AuthKit tokens.';
const REFUSED = 'Convex refuses the deploy.';

export default createRule<AuthConfigOptions, AuthConfigMessageId, AuthConfigSuggestionId>({
  name: 'valid-auth-config',
  type: 'problem',
  description: 'enforce an `auth.config` that Convex deploys and that accepts AuthKit tokens',
  codemod: 'write the WorkOS providers of auth.config as the playbook has them, on process.env.WORKOS_CLIENT_ID',
  presets: { recommended: 'error' },
  messages: {
    refusedDeploy: `${REFUSED} {{reason}} {{fix}}`,
    openToAll:
      "This accepts tokens of every WorkOS customer, because all of them share the issuer '{{issuer}}'. Add applicationID.",
    audienceRequired:
      'applicationID requires an aud, which AuthKit session tokens lack. Remove it, or set allowAudience if a JWT template adds one.',
    wrongAudience:
      "Convex compares applicationID with aud, and '{{audience}}' is not the client ID, so it rejects AuthKit tokens. {{fix}}",
    discoveryProvider:
      "With `domain`, Convex expects OpenID Connect tokens and rejects AuthKit's. Use type: 'customJwt' with issuer and jwks.",
    wrongIssuer: "Convex rejects AuthKit tokens, because their issuer is not '{{value}}'. {{fix}}",
    wrongKeysPath: `${REJECTED} {{reason}} {{fix}}`,
    foreignKeys: `${REJECTED} {{reason}} {{fix}}`,
    invalidKeySet: `${REJECTED} {{reason}} {{fix}}`,
    wrongAlgorithm: `${REJECTED} {{reason}} {{fix}}`,
    emptyClientId:
      '{{property}} lacks the client ID, so Convex rejects AuthKit tokens. Add it, or set its variable with `npx convex env set`.',
    missingSessionProvider: 'No provider accepts AuthKit session tokens. Add one with issuer: {{issuer}}.',
    noProviders: 'Convex rejects every token, because no provider is configured. Add the two providers for WorkOS.',
    noAuthConfig:
      'Convex rejects every token, because {{folder}}/ has no auth.config.ts. Add one with the two providers for WorkOS.',
    misspelledVariable:
      'No env file sets {{name}}; did you mean {{nearest}}? If Convex does not have it either, the deploy fails.',
    wrongClientId:
      "Client ID '{{id}}' differs from WORKOS_CLIENT_ID ('{{known}}', {{source}}): Convex rejects this app's tokens. Use {{variable}}.",
    differentClientIds:
      "Users sign in with client ID '{{app}}' ({{appSource}}), but Convex accepts '{{convex}}' ({{convexSource}}). Use one for both.",
    unsetVariable: `Convex refuses the deploy, because {{name}} is not set there. Run \`npx convex env set {{name}} <value>\`, or remove the read.`,
    emptyVariable:
      '{{name}} is empty in the Convex deployment, so Convex rejects every token. Run `npx convex env set {{name}} <value>`.',
    optionalVariable:
      '{{name}} is read as optional ({{by}}), but Convex refuses to deploy without it. Set it everywhere, or remove the read.',
    forbiddenCall: 'Convex refuses the deploy: "{{error}}". Remove {{call}} from this module.',
    forbiddenImport:
      "'{{module}}' is a Node.js module, which Convex does not have in this file: the deploy fails. Remove the import.",
    twoFiles: 'Convex refuses the deploy: "Found both {{file}} and {{rival}}, choose one." Delete one of them.',
    useCanonicalPair: 'Write the providers of WorkOS in their canonical form.',
    correctProperty: 'Correct only {{property}}.',
    removeProperty: 'Remove {{property}}.',
    renameVariable: 'Read {{nearest}}.',
    useVariable: 'Use {{variable}}.',
  },
  hasSuggestions: true,
  schema: {
    type: 'object',
    properties: {
      allowAudience: {
        type: 'boolean',
        description:
          'A JWT template adds the client id as `aud`, so `applicationID` is allowed next to the user_management issuer.',
      },
    },
    additionalProperties: false,
  },
  defaultOptions: { allowAudience: false },
  needles: mayBeAuthConfig,
  find: findAuthConfigFaults,
});
