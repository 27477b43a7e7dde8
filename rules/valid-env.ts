import {
  CLIENT_SECRET_NEEDLES,
  type ClientSecretMessageId,
  findClientSecrets,
} from '../playbook/session/client-secrets.ts';
import { type EnvMessageId, findInvalidEnv } from '../playbook/session/env.ts';
import { isEnvFile } from '../project/env-files.ts';
import { createRule } from './create-rule.ts';
import { onText } from './on-text.ts';

const rule = createRule<undefined, ClientSecretMessageId | EnvMessageId, never>({
  name: 'valid-env',
  type: 'problem',
  description: 'enforce env files with which an AuthKit session can start',
  presets: { recommended: 'error' },
  messages: {
    clientSecret:
      "{{name}} is a secret, and this is a 'use client' file: in the browser it is undefined, and whatever puts it there shows it to every visitor. Read it in server code alone.",
    clientSecretValue:
      "This is a secret key (sk_…) in a 'use client' file, so it is in the JavaScript of every visitor. Have a new key made, and read it from an environment variable in server code.",
    deploymentHost:
      "Every build reads {{file}}, so previews send '{{value}}' as well: WorkOS answers 'redirect-uri-invalid', or signs people in on {{host}}. Give 'redirectUri' to the proxy for previews, and this value to production alone.",
    ignoredVariable: 'authkit-nextjs does not read WORKOS_REDIRECT_URI, and neither does this app. Name it {{instead}}',
    noCallbackRoute:
      "WorkOS sends people back to '{{path}}', but {{found}}: nobody can sign in. Export GET = handleAuth() from {{file}}",
    noUrl:
      "'{{value}}' is no URL: AuthKit throws on every request. Write 'https://' or 'http://', the host and the callback path.",
    publicSecret:
      '{{name}} is put into the JavaScript of every visitor, and it is a secret. Name it {{instead}}, and have a new one made.',
    publicSecretValue:
      '{{name}} holds {{secret}}, and NEXT_PUBLIC_ puts it into the JavaScript of every visitor. Name it {{instead}}, and have a new one made.',
    shortPassword:
      "WORKOS_COOKIE_PASSWORD has {{length}} characters, and AuthKit throws on every request when it has less than {{min}}. Make one with 'openssl rand -base64 32'.",
  },
  needles: CLIENT_SECRET_NEEDLES,
  find: findClientSecrets,
});

export default onText(rule, { root: 'EnvFile', isFile: isEnvFile, find: findInvalidEnv });
