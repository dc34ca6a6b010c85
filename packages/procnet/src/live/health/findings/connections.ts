import type { FindingSpec } from "../spec.ts";

export const CONNECTIONS: readonly FindingSpec[] = [];
