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
      "applicationID requires aud = '{{audience}}', but AuthKit session tokens have no aud. Remove it (or set allowAudience, if a JWT template adds aud).",
    wrongAudience:
      "Convex rejects AuthKit tokens, because applicationID is compared with aud, and '{{audience}}' is not the client ID. {{fix}}",
    discoveryProvider:
      "`domain` makes this an OpenID Connect provider, which rejects AuthKit session tokens. Use type: 'customJwt' with issuer, algorithm and jwks.",
    wrongIssuer: `${REJECTED} {{reason}} {{fix}}`,
    wrongKeysPath: `${REJECTED} {{reason}} {{fix}}`,
    foreignKeys: `${REJECTED} {{reason}} {{fix}}`,
    invalidKeySet: `${REJECTED} {{reason}} {{fix}}`,
    wrongAlgorithm: `${REJECTED} {{reason}} {{fix}}`,
    emptyClientId: `${REJECTED} {{reason}} {{fix}}`,
    missingSessionProvider:
      'No provider accepts AuthKit session tokens. Add one with issuer: {{issuer}} and no applicationID.',
    noProviders: 'Convex rejects every token, because no provider is configured. Add the two providers for WorkOS.',
    noAuthConfig:
      'Convex rejects every token of this provider, because {{folder}} has no auth.config.ts. Add one with the two providers for WorkOS.',
    misspelledVariable:
      'No env file sets {{name}}; did you mean {{nearest}}? If {{name}} is not set in the Convex deployment either, the deploy fails.',
    wrongClientId:
      "Client ID '{{id}}' differs from WORKOS_CLIENT_ID ('{{known}}' in {{source}}): Convex rejects this app's tokens. Use {{variable}}.",
    differentClientIds:
      "The app signs users in with client ID '{{app}}' ({{appSource}}), but Convex accepts tokens of '{{convex}}' ({{convexSource}}). Use one WORKOS_CLIENT_ID for both.",
    unsetVariable: `Convex refuses the deploy, because {{name}} is not set there. A fallback does not help. Run \`npx convex env set {{name}} <value>\`, or remove the read.`,
    emptyVariable:
      '{{name}} is empty in the Convex deployment, so Convex rejects every token. Run `npx convex env set {{name}} <value>`.',
    optionalVariable:
      '{{name}} is read as if it were optional ({{by}}), but Convex refuses the deploy when it is not set. Set it in every deployment, or remove the read.',
    forbiddenCall: 'Convex refuses the deploy: "{{error}}". Remove {{call}} from this module.',
    forbiddenImport:
      "'{{module}}' is a Node.js module, which Convex cannot resolve in this file, so the deploy fails. Remove the import.",
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
