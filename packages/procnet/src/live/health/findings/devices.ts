import type { FindingSpec } from "../spec.ts";

export const DEVICES: readonly FindingSpec[] = [];
