/** What is a secret (PLAYBOOK §5): variables by their names, keys by their form. */
import type { App } from '../../project/project.ts';
import { hasWorkOS } from '../workos-modules.ts';

/** `WORKOS_API_KEY`, `WORKOS_COOKIE_PASSWORD`, and whatever WorkOS calls a secret (`WORKOS_WEBHOOK_SECRET`). */
const NAME = /^(?<prefix>NEXT_PUBLIC_)?(?<secret>WORKOS_(?:API_KEY|COOKIE_PASSWORD|(?:\w+_)?SECRET(?:_KEY)?))$/u;

export interface SecretName {
  /** The name without the prefix that gives it to the browser. */
  readonly secret: string;
  readonly isPublic: boolean;
}

/** What a variable's name says; undefined for one that may be known. */
export function secretNamed(name: string): SecretName | undefined {
  const { prefix, secret } = NAME.exec(name)?.groups ?? {};
  return secret === undefined ? undefined : { secret, isPublic: prefix !== undefined };
}

/** A key of WorkOS's or of anyone else who calls them so. Long enough to be one: `sk_…` is what placeholders say, and `sk_loader` a style. */
const KEY = /(?<![\w-])sk_(?:(?:live|test)_\w{8,}|(?=[A-Za-z]*\d)[A-Za-z\d]{16,})/u;

/** Whether keys are taken for WorkOS's own: some app has one of its SDKs. */
export function usesWorkOS(apps: readonly App[]): boolean {
  return apps.some(({ dependencies }) => hasWorkOS(dependencies));
}

/** Whether a text holds a secret key. */
export function holdsSecretKey(text: string): boolean {
  return KEY.test(text);
}
