import {
  CLIENT_SECRET_NEEDLES,
  type ClientSecretMessageId,
  findClientSecrets,
} from '../playbook/session/client-secrets.ts';
import { findInvalidEnv } from '../playbook/session/env.ts';
import type { EnvMessageId } from '../playbook/session/env-subject.ts';
import { isEnvFile } from '../project/env/env-files.ts';
import { createRule } from './create-rule.ts';

export default createRule<undefined, ClientSecretMessageId | EnvMessageId, never>({
  name: 'valid-env',
  type: 'problem',
  description: 'enforce env files with which an AuthKit session can start',
  presets: { recommended: 'error' },
  messages: {
    clientSecret:
      "{{name}} is a secret, but this is a 'use client' file: the browser gets undefined, or everyone can read it. Read it only in server code.",
    clientSecretValue:
      "This secret key (sk_…) is in a 'use client' file, so every visitor can read it. Rotate it, and read it from a variable in server code.",
    deploymentHost:
      "Every build reads {{file}}, so previews send '{{value}}' too: 'redirect-uri-invalid'. Set it for production only, and pass redirectUri on previews.",
    ignoredVariable:
      'authkit-nextjs does not read WORKOS_REDIRECT_URI, and neither does this app. Rename it to {{instead}}.',
    missingVariables:
      '{{missing}} {{verb}} not set in any env file of Next.js, so AuthKit throws on every request. Add what is missing.',
    misnamedVariable:
      'Nothing reads {{name}}, and AuthKit throws on every request because {{meant}} is not set. Rename it to {{meant}}.',
    noUrl:
      "'{{value}}' is not a URL, so AuthKit throws on every request. Write 'https://' or 'http://', the host and the callback path.",
    publicSecret: '{{name}} exposes a secret in client JavaScript. Rename it to {{instead}} and rotate the key.',
    publicSecretValue:
      '{{name}} holds {{secret}}, and NEXT_PUBLIC_ puts it into client JavaScript. Rename it to {{instead}} and rotate the key.',
    shortPassword:
      'WORKOS_COOKIE_PASSWORD has {{length}} characters{{why}}, and AuthKit throws on every request below {{min}}. {{fix}}.',
    unreadFile:
      'Next.js reads only the env files in {{app}}, so {{name}} is not set, and AuthKit throws on every request. Move the variables to {{app}}/{{file}}.',
    wildcardHost: "'{{value}}' has a wildcard, which an app cannot send: 'redirect-uri-invalid'. Write one host.",
  },
  needles: CLIENT_SECRET_NEEDLES,
  find: findClientSecrets,
  textSide: { isFile: isEnvFile, find: findInvalidEnv },
});
