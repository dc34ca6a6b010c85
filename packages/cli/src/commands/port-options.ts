import type { WhoListens, WhoListensOptions } from "procnet";
import type { PORT } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import type { TableOptions } from "./context.ts";
import type { AnywhereOptions } from "./where.ts";

/** Options of `procnet port`. */
export type PortOptions = OptionsOf<typeof PORT.options> & AnywhereOptions & TableOptions;

/** Asks once who listens on each port: for an owner of each listener, or for all of them. */
export type Ask = (owners: NonNullable<WhoListensOptions["owners"]>) => Promise<WhoListens[]>;
