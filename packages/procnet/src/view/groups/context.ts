import type { LocalPortUse } from "../../live/health/port-use.ts";
import type { Limits } from "../../live/limit-names.ts";
import type { ProcessSample } from "../../live/sample.ts";
import type { AboutFinding } from "./about.ts";

/** What is known besides the sockets of a look; all optional. */
export interface GroupContext {
  /** What is wrong: rows have the findings that are about them. */
  readonly findings?: readonly AboutFinding[] | undefined;
  /** Descriptors of processes, from a sample. */
  readonly processes?: readonly ProcessSample[] | undefined;
  /** Local ports in use, as `localPortUse` counts them. */
  readonly portUse?: readonly LocalPortUse[] | undefined;
  /** Settings of the network namespace: which ports the kernel chooses for those that ask for none. */
  readonly limits?: Limits | undefined;
  /** Number of the network namespace that findings and port use are of; those of sockets of others are not known. */
  readonly namespace?: number | undefined;
}
