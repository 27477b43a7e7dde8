/** Keys of `convex.json` that are nearly the right ones. Convex strips what it does not know, so nothing is registered (`src/cli/lib/config.ts`). */
import type { Range } from '../../../analysis/syntax/ast.ts';
import type { Finding } from '../../finding.ts';
import { type ConvexJson, type JsonKey, type JsonKeys, rangeWithin } from './convex-json.ts';
import { editDistance } from '../../../analysis/texts/edit-distance.ts';

type KeyFinding = Finding<'misspeltKey', 'writeInstead'>;

/** What Convex reads in each place. Of the root only the key that leads here: its others are none of our business. */
const KNOWN: Readonly<Record<JsonKeys['place'], readonly string[]>> = {
  root: ['authKit'],
  authKit: ['dev', 'preview', 'prod'],
  environment: ['configure', 'environmentType', 'localEnvVars'],
  configure: ['appHomepageUrl', 'corsOrigins', 'redirectUris'],
};

/** Names that people know from elsewhere, and that are not near by their letters. */
const MEANT: Readonly<Record<string, string>> = {
  production: 'prod',
  development: 'dev',
  previews: 'preview',
  redirectUrls: 'redirectUris',
  redirects: 'redirectUris',
  allowedOrigins: 'corsOrigins',
  homepageUrl: 'appHomepageUrl',
};

/** Finds keys that Convex strips, each with the key that is meant. A key that is near to none is left alone, and so is one next to the right one. */
export function misspeltKeys({ keys }: ConvexJson): readonly KeyFinding[] {
  return keys.flatMap(({ keys: written, place }) => {
    const names = new Set(written.map(({ name }) => name));
    return written.flatMap((key) => {
      // Next to `configure` in place of in it.
      if (place === 'environment' && KNOWN.configure.includes(key.name))
        return [{ ...stripped(key.name, key.range, `configure.${key.name}`), unfixable: NOT_MOVED }];
      const meant = names.size > MAX_KEYS ? undefined : nearest(key.name, KNOWN[place]);
      return meant === undefined || names.has(meant) ? [] : [misspelt(key, meant)];
    });
  });
}

const NOT_MOVED = "the key has to be moved into 'configure'";

/** An object with more keys is no configuration. */
const MAX_KEYS = 1_000;

function misspelt({ name, range }: JsonKey, meant: string): KeyFinding {
  const within = rangeWithin({ range, text: name }, 0, name.length);
  return {
    ...stripped(name, range, meant),
    ...(within
      ? { fix: { safety: 'review', edits: [{ range: within, text: meant }] }, fixMessageId: 'writeInstead' }
      : { unfixable: 'the key is written with escapes' }),
  };
}

function stripped(name: string, range: Range, meant: string): KeyFinding {
  return { messageId: 'misspeltKey', range, data: { name, instead: meant } };
}

function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name) || name.length > 40) return undefined;
  const meant = Object.hasOwn(MEANT, name) ? MEANT[name] : undefined;
  if (meant !== undefined && known.includes(meant)) return meant;
  const plain = plainName(name);
  return known.find((one) => {
    const limit = one.length > 8 ? 2 : one.length > 4 ? 1 : 0;
    return editDistance(plain, plainName(one)) <= limit;
  });
}

/** `redirect_URIs` and `redirectUris` are one name. */
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/gu, '');
