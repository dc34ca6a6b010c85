import { SPECS } from "./findings/index.ts";
import type { FindingFacts } from "./spec.ts";

/**
 * All findings that there can be, with what each means, the numbers it is judged by, and where they come from.
 *
 * @example
 * ```ts
 * import { FINDINGS } from "procnet/live";
 * for (const { id, title } of FINDINGS) console.log(id, title);
 * ```
 */
export const FINDINGS: readonly FindingFacts[] = SPECS;
