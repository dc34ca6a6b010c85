import type { FindingSpec } from "../spec.ts";

export const MEMORY: readonly FindingSpec[] = [];
