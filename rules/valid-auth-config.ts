import { mayBeAuthConfig } from '../playbook/auth-config/config-file.ts';
import { findAuthConfigFaults } from '../playbook/auth-config/find.ts';
import type {
  AuthConfigMessageId,
  AuthConfigOptions,
  AuthConfigSuggestionId,
} from '../playbook/auth-config/findings.ts';
import { createRule } from './create-rule.ts';

const REJECTED = 'Convex rejects AuthKit\'s token: "{{error}}"';

export default createRule<AuthConfigOptions, AuthConfigMessageId, AuthConfigSuggestionId>({
  name: 'valid-auth-config',
  type: 'problem',
  description: "enforce an `auth.config` that Convex deploys, and that takes AuthKit's tokens",
  presets: { recommended: 'error' },
  messages: {
    refusedDeploy: 'Convex refuses the deploy: "{{error}}". {{reason}} {{cure}}',
    openToAll:
      "'{{issuer}}' is the issuer that all customers of WorkOS share. Convex overlooks it in this spelling and deploys it without an applicationID, so that it takes everybody's tokens, of any customer. Add applicationID: process.env.WORKOS_CLIENT_ID.",
    audienceRequired: `${REJECTED}. AuthKit's session token has no aud, and applicationID asks for '{{audience}}' there. Take applicationID out; where a JWT template in the WorkOS dashboard adds aud, say so with the option { "allowAudience": true }.`,
    wrongAudience: `${REJECTED}. applicationID is held against aud, and '{{audience}}' is not the client id. {{cure}}`,
    discoveryProvider: `${REJECTED}. A provider with a domain ('{{domain}}') takes OpenID Connect id tokens, and AuthKit's session token is none. Write type: 'customJwt' with issuer, algorithm and jwks.`,
    wrongIssuer: `${REJECTED}. {{reason}} {{cure}}`,
    wrongKeysPath: `${REJECTED}. {{reason}} {{cure}}`,
    foreignKeys: `${REJECTED}. {{reason}} {{cure}}`,
    invalidKeySet: `${REJECTED}. {{reason}} {{cure}}`,
    wrongAlgorithm: `${REJECTED}. {{reason}} {{cure}}`,
    emptyClientId: `${REJECTED}. {{reason}} {{cure}}`,
    missingSessionProvider:
      'Convex rejects AuthKit\'s session token: "{{error}}". No provider is for the issuer that it names, {{issuer}}: add one with it, without applicationID.',
    noProviders: 'Convex rejects every token: "{{error}}". Write the two providers for WorkOS.',
    wrongClientId:
      "'{{id}}' is not the WORKOS_CLIENT_ID of this project ('{{known}}', {{source}}), so that Convex takes no token of it. Write process.env.WORKOS_CLIENT_ID.",
    differentClientIds:
      "The app signs people in with '{{app}}' ({{appSource}}), and Convex takes tokens of '{{convex}}' ({{convexSource}}): \"No auth provider found matching the given token\". Give both the same WORKOS_CLIENT_ID.",
    unsetVariable:
      'Convex refuses the deploy: "{{error}}". The read itself throws, so that no fallback helps. Set it with `npx convex env set {{name}} <value>`, or take the read out.',
    emptyVariable:
      '{{name}} is empty in the Convex deployment: it deploys, and every token is rejected with "No auth provider found matching the given token". Set it with `npx convex env set {{name}} <value>`.',
    optionalVariable:
      '{{name}} is read as if it could be left unset ({{by}}), but the read itself throws: Convex refuses the deploy with "{{error}}". Set it in every deployment, or take the read out.',
    forbiddenCall: 'Convex refuses the deploy: "{{error}}". Take {{call}} out of this module.',
    forbiddenImport:
      '\'{{module}}\' is a module of Node.js, and Convex evaluates this file without Node.js: the deploy fails with "Could not resolve". Take the import out.',
    twoFiles: 'Convex refuses the deploy: "Found both {{file}} and {{rival}}, choose one." Delete one of them.',
    useCanonicalPair: 'Write the providers as the playbook has them, on process.env.WORKOS_CLIENT_ID.',
    correctProperty: 'Correct {{property}} alone.',
    removeProperty: 'Take {{property}} out.',
    useVariable: 'Write process.env.WORKOS_CLIENT_ID.',
  },
  hasSuggestions: true,
  schema: {
    type: 'object',
    properties: {
      allowAudience: {
        type: 'boolean',
        description:
          'A JWT template adds the client id as `aud`, so that `applicationID` may stand beside the user_management issuer.',
      },
    },
    additionalProperties: false,
  },
  defaultOptions: { allowAudience: false },
  needles: mayBeAuthConfig,
  find: findAuthConfigFaults,
});
