import type { BaseProcFs, SocketSource, WhoListens, WhoListensOptions } from "procnet";
import type { PORT } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import type { TableOptions } from "./context.ts";
import type { AnywhereOptions, SourceOptions } from "./where.ts";

/** Options of `procnet port`. */
export type PortOptions = OptionsOf<typeof PORT.options> & AnywhereOptions & TableOptions & SourceOptions;

/** Asks once who listens on each port: for an owner of each listener, or for all of them. */
export type Ask = (owners: NonNullable<WhoListensOptions["owners"]>) => Promise<WhoListens[]>;

/** Whom it is asked. */
export interface From {
  readonly procfs: BaseProcFs;
  /** Who is asked before procfs. */
  readonly source: SocketSource | undefined;
}
