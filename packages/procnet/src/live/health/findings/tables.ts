import type { FindingSpec } from "../spec.ts";

export const TABLES: readonly FindingSpec[] = [];
