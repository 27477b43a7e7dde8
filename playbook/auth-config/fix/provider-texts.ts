/** The properties of the canonical providers, as text in the style of a file. */
import { styleOf } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Property } from '../acceptance/types.ts';
import type { ClientIdCode } from './client-id-code.ts';

export type Writable = Exclude<Property, 'domain'>;

/** How the properties of a provider are written. */
export type Texts = (property: Writable) => string;

export interface ProviderTexts {
  readonly client: Texts;
  readonly shared: Texts;
}

/** The playbook's properties as text. A file that writes `'customJwt' as const` gets its literals so. */
export function providerTexts(
  file: SourceFile,
  clientId: ClientIdCode,
  host = 'https://api.workos.com',
): ProviderTexts {
  const { quote } = styleOf(file);
  const asConst = /['"]customJwt['"]\s+as\s+const|['"]RS256['"]\s+as\s+const/u.test(file.text) ? ' as const' : '';
  const quoted = (text: string): string => quote + text + quote;
  const ending = (path: string): string =>
    'literal' in clientId ? quoted(path + clientId.literal) : `\`${path}\${${clientId.expression}}\``;
  const texts =
    (issuer: string): Texts =>
    (property) => {
      switch (property) {
        case 'type':
          return quoted('customJwt') + asConst;
        case 'algorithm':
          return quoted('RS256') + asConst;
        case 'issuer':
          return issuer;
        case 'jwks':
          return ending('https://api.workos.com/sso/jwks/');
        case 'applicationID':
          return 'literal' in clientId ? quoted(clientId.literal) : clientId.expression;
      }
    };
  return { client: texts(ending(`${host}/user_management/`)), shared: texts(quoted(`${host}/`)) };
}
