import type { FindingSpec } from "../spec.ts";
import { CLOSING } from "./closing.ts";
import { CONNECTING } from "./connecting.ts";
import { LEAKS } from "./leaks.ts";
import { PORTS } from "./ports.ts";
import { RETRANSMISSIONS } from "./retransmissions.ts";
import { STALLS } from "./stalls.ts";

/** Of connections: made, kept, closed. */
export const CONNECTIONS: readonly FindingSpec[] = /* @__PURE__ */ [
  RETRANSMISSIONS,
  CONNECTING,
  PORTS,
  CLOSING,
  LEAKS,
  STALLS,
].flat();
