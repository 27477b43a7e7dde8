export interface ToolReport {
  /** A rule, or the code of a diagnostic. */
  readonly kind: string;
  readonly text: string;
}

/** By the absolute path of a file. */
export type ToolReports = Readonly<Record<string, readonly ToolReport[]>>;

export function typeScriptReports(root: string, paths: readonly string[]): ToolReports;
export function nextReports(root: string, paths: readonly string[]): Promise<ToolReports>;
