import type { FindingSpec } from "../spec.ts";
import { CLOSE_WAIT } from "./close-wait.ts";
import { CLOSING } from "./closing.ts";
import { CONNECTING } from "./connecting.ts";
import { PORTS } from "./ports.ts";
import { RETRANSMISSIONS } from "./retransmissions.ts";
import { STALLS } from "./stalls.ts";

/** Of connections: made, kept, closed. */
export const CONNECTIONS: readonly FindingSpec[] = /* @__PURE__ */ [
  RETRANSMISSIONS,
  CONNECTING,
  PORTS,
  CLOSING,
  CLOSE_WAIT,
  STALLS,
].flat();
