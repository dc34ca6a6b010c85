import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * Probes that wait for packets, and files of wireless drivers, all gone or outside of the kernel. The text is given as it is.
 */

/**
 * A trace of TCP: a read waits for the next packet and takes its line away from other readers.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { tcpprobe } from "procnet/tables";
 * console.log(read(tcpprobe));
 * ```
 */
export const tcpprobe: TextTable<"tcpprobe", string> = table(
  {
    name: "tcpprobe",
    needs: "module tcp_probe",
    until: "4.16",
    readers: "root",
    scope: "machine",
    sideEffect: "waits for packets without end, and takes the lines from other readers",
  },
  rawText,
);

/**
 * A trace of DCCP: a read waits for the next packet and takes its line away from other readers.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { dccpprobe } from "procnet/tables";
 * console.log(read(dccpprobe));
 * ```
 */
export const dccpprobe: TextTable<"dccpprobe", string> = table(
  {
    name: "dccpprobe",
    needs: "module dccp_probe",
    until: "4.16",
    readers: "root",
    scope: "machine",
    sideEffect: "waits for packets without end, and takes the lines from other readers",
  },
  rawText,
);

/**
 * A trace of SCTP: a read waits for the next packet and takes its line away from other readers.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sctpprobe } from "procnet/tables";
 * console.log(read(sctpprobe));
 * ```
 */
export const sctpprobe: TextTable<"sctpprobe", string> = table(
  {
    name: "sctpprobe",
    needs: "module sctp_probe",
    until: "4.16",
    readers: "root",
    scope: "machine",
    sideEffect: "waits for packets without end, and takes the lines from other readers",
  },
  rawText,
);

/**
 * A file of the driver hostap, as text: `/proc/net/hostap/<device>/<file>`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { hostap } from "procnet/tables";
 * console.log(read(hostap, { name: "hostap/wlan0/debug" }));
 * ```
 */
export const hostap: TextTable<"hostap/*/*", string> = table(
  { name: "hostap/*/*", needs: "CONFIG_HOSTAP, module hostap", until: "6.8", scope: "initial" },
  rawText,
);

/**
 * A file of the drivers for RTL8192, as text: `/proc/net/rtl8192/<device>/<file>`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rtl8192 } from "procnet/tables";
 * console.log(read(rtl8192, { name: "rtl8192/wlan0/stats-rx" }));
 * ```
 */
export const rtl8192: TextTable<"rtl8192/*/*", string> = table(
  {
    name: "rtl8192/*/*",
    needs: "CONFIG_RTL8192U or CONFIG_RTL8192E, modules of the same name",
    until: "6.3",
    scope: "initial",
  },
  rawText,
);

/**
 * A file of the 802.11 library of old drivers, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ieee80211 } from "procnet/tables";
 * console.log(read(ieee80211, { name: "ieee80211/debug_level" }));
 * ```
 */
export const ieee80211: TextTable<"ieee80211/*", string> = table(
  { name: "ieee80211/*", needs: "CONFIG_LIBIPW_DEBUG, module libipw", scope: "initial" },
  rawText,
);
