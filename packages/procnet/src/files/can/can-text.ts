import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/can/reset_stats (can_reset_stats_proc_show, net/can/proc.c): reading it does what its name says. version told the
 * version of the protocol in one line.
 */

/**
 * What resetting the CAN statistics says, which reading it does: `/proc/net/can/reset_stats`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { canResetStats } from "procnet/tables";
 * console.log(read(canResetStats));
 * ```
 */
export const canResetStats: TextTable<"can/reset_stats", string> = table(
  {
    name: "can/reset_stats",
    needs: "CONFIG_CAN, module can",
    since: "2.6.25",
    sideEffect: "resets the CAN statistics of the namespace",
  },
  rawText,
);

/**
 * Version of the CAN core, as text: `/proc/net/can/version`. Up to Linux 5.9.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { canVersion } from "procnet/tables";
 * console.log(read(canVersion));
 * ```
 */
export const canVersion: TextTable<"can/version", string> = table(
  { name: "can/version", needs: "CONFIG_CAN, module can", since: "2.6.25", until: "5.10" },
  rawText,
);
