import type { BaseProcFs } from "../host/procfs.ts";
import { Holders } from "./owners/holders.ts";
import { Looks } from "./owners/looks.ts";
import { ToldOwners } from "./owners/told.ts";

/** What is known of the processes of a procfs from one question to the next. */
export interface Known {
  readonly procfs: BaseProcFs;
  readonly holders: Holders;
  readonly looks: Looks;
  /** What sources told. */
  readonly told: ToldOwners;
}

/** Nothing yet. `threads` is the most that may be started to look. */
export function newKnown(procfs: BaseProcFs, threads?: number): Known {
  const holders = new Holders(procfs);
  return { procfs, holders, looks: new Looks(holders, threads), told: new ToldOwners(procfs) };
}
