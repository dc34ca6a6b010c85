import type { FindingSpec } from "../spec.ts";
import { CONNTRACK } from "./conntrack.ts";
import { CRYPTO } from "./crypto.ts";
import { IP } from "./ip.ts";
import { NEIGHBOURS } from "./neighbours.ts";

export const TABLES: readonly FindingSpec[] = /* @__PURE__ */ [CONNTRACK, NEIGHBOURS, IP, CRYPTO].flat();
