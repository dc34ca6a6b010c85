import type { FindingSpec } from "../spec.ts";
import { ACCEPTING } from "./accepting.ts";
import { CONNECTIONS } from "./connections.ts";
import { DEVICES } from "./devices.ts";
import { MEMORY } from "./memory.ts";
import { TABLES } from "./tables.ts";

/** All findings, in the order of the way of a connection: accepted, made and kept, its memory, devices, tables of the kernel. */
export const SPECS: readonly FindingSpec[] = /* @__PURE__ */ [ACCEPTING, CONNECTIONS, MEMORY, DEVICES, TABLES].flat();
