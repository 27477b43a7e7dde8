export interface EcosystemFinding {
  readonly path: string;
  readonly line: number;
  readonly ruleId: string;
  readonly message: string;
}

export interface CheckoutResult {
  readonly name: string;
  readonly files: number;
  readonly ms: number;
  readonly findings: readonly EcosystemFinding[];
  readonly changed: readonly string[];
  readonly failures: readonly string[];
  readonly others?: readonly EcosystemFinding[];
  readonly edits?: Readonly<Record<string, string>>;
  readonly otherEdits?: Readonly<Record<string, string>>;
}

export function reportOf(
  results: readonly CheckoutResult[],
  checkouts?: ReadonlyMap<string, { readonly repository: string; readonly commit: string }>,
): string;
