import type { FindingSpec } from "../spec.ts";
import { ACCEPT_QUEUES } from "./accept-queues.ts";
import { DESCRIPTORS } from "./descriptors.ts";
import { LISTEN_DROPS } from "./listen-drops.ts";
import { SYN_QUEUES } from "./syn-queues.ts";
import { UNIX_QUEUES } from "./unix-queues.ts";

/** Of accepting connections: queues of listeners, and what keeps their programs from accepting. */
export const ACCEPTING: readonly FindingSpec[] = /* @__PURE__ */ [
  LISTEN_DROPS,
  ACCEPT_QUEUES,
  SYN_QUEUES,
  UNIX_QUEUES,
  DESCRIPTORS,
].flat();
