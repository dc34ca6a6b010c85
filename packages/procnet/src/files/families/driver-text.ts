import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * Files of drivers of ATM and of packet radio, whose text has no form worth a parser: it is given as it is.
 */

/**
 * Addresses that classical IP over ATM knows, as text: `/proc/net/atm/arp`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atmArp } from "procnet/tables";
 * console.log(read(atmArp));
 * ```
 */
export const atmArp: TextTable<"atm/arp", string> = table(
  { name: "atm/arp", needs: "CONFIG_ATM_CLIP, module clip", until: "7.1", scope: "initial" },
  rawText,
);

/**
 * LAN emulation clients, as text: `/proc/net/atm/lec`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atmLec } from "procnet/tables";
 * console.log(read(atmLec));
 * ```
 */
export const atmLec: TextTable<"atm/lec", string> = table(
  { name: "atm/lec", needs: "CONFIG_ATM_LANE, module lec", until: "7.1", scope: "initial" },
  rawText,
);

/**
 * MPOA clients, as text: `/proc/net/atm/mpc`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atmMpc } from "procnet/tables";
 * console.log(read(atmMpc));
 * ```
 */
export const atmMpc: TextTable<"atm/mpc", string> = table(
  { name: "atm/mpc", needs: "CONFIG_ATM_MPOA, module mpoa", until: "7.1", scope: "initial" },
  rawText,
);

/**
 * Text of a device's driver, file `<type>:<number>`. The kernel refuses reads that are shorter than a piece of it.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atm } from "procnet/tables";
 * console.log(read(atm, { name: "atm/eni:0" }));
 * ```
 */
export const atm: TextTable<"atm/*", string> = table(
  { name: "atm/*", needs: "CONFIG_ATM, module atm", scope: "initial" },
  rawText,
);

/**
 * The driver of Z8530 serial chips for packet radio, as text: `/proc/net/z8530drv`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { z8530drv } from "procnet/tables";
 * console.log(read(z8530drv));
 * ```
 */
export const z8530drv: TextTable<"z8530drv", string> = table(
  { name: "z8530drv", needs: "CONFIG_SCC, module scc", until: "7.1", scope: "initial" },
  rawText,
);
