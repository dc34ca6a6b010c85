import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * What filtered and masqueraded packets before and beside netfilter, up to Linux 4.8: known, so that a capture from there is no
 * surprise. The text is given as it is.
 */

/**
 * State of the queue of packets to user space, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipQueue } from "procnet/tables";
 * console.log(read(ipQueue));
 * ```
 */
export const ipQueue: TextTable<"ip_queue", string> = table(
  { name: "ip_queue", needs: "CONFIG_IP_NF_QUEUE, module ip_queue", until: "3.5" },
  rawText,
);

/**
 * State of the queue of IPv6 packets to user space, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ip6Queue } from "procnet/tables";
 * console.log(read(ip6Queue));
 * ```
 */
export const ip6Queue: TextTable<"ip6_queue", string> = table(
  { name: "ip6_queue", needs: "CONFIG_IP6_NF_QUEUE, module ip6_queue", until: "3.5" },
  rawText,
);

/**
 * Rules of ipchains, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipFwchains } from "procnet/tables";
 * console.log(read(ipFwchains));
 * ```
 */
export const ipFwchains: TextTable<"ip_fwchains", string> = table(
  { name: "ip_fwchains", needs: "module ipchains", since: "2.2", until: "2.6" },
  rawText,
);

/**
 * Chains of ipchains, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipFwnames } from "procnet/tables";
 * console.log(read(ipFwnames));
 * ```
 */
export const ipFwnames: TextTable<"ip_fwnames", string> = table(
  { name: "ip_fwnames", needs: "module ipchains", since: "2.2", until: "2.6" },
  rawText,
);

/**
 * Masqueraded connections of ipfwadm and ipchains, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipMasquerade } from "procnet/tables";
 * console.log(read(ipMasquerade));
 * ```
 */
export const ipMasquerade: TextTable<"ip_masquerade", string> = table(
  { name: "ip_masquerade", needs: "module ipchains", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * Input rules of ipfwadm, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipInput } from "procnet/tables";
 * console.log(read(ipInput));
 * ```
 */
export const ipInput: TextTable<"ip_input", string> = table(
  { name: "ip_input", needs: "module ipfwadm", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * Output rules of ipfwadm, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipOutput } from "procnet/tables";
 * console.log(read(ipOutput));
 * ```
 */
export const ipOutput: TextTable<"ip_output", string> = table(
  { name: "ip_output", needs: "module ipfwadm", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * Forwarding rules of ipfwadm, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipForward } from "procnet/tables";
 * console.log(read(ipForward));
 * ```
 */
export const ipForward: TextTable<"ip_forward", string> = table(
  { name: "ip_forward", needs: "module ipfwadm", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * Accounting rules of ipfwadm, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipAcct } from "procnet/tables";
 * console.log(read(ipAcct));
 * ```
 */
export const ipAcct: TextTable<"ip_acct", string> = table(
  { name: "ip_acct", needs: "module ipfwadm", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * How many packets l7-filter looks at of a connection, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { layer7Numpackets } from "procnet/tables";
 * console.log(read(layer7Numpackets));
 * ```
 */
export const layer7Numpackets: TextTable<"layer7_numpackets", string> = table(
  { name: "layer7_numpackets", needs: "l7-filter, code outside of the kernel's tree" },
  rawText,
);

/**
 * Connections that ipp2p recognised, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipp2p } from "procnet/tables";
 * console.log(read(ipp2p));
 * ```
 */
export const ipp2p: TextTable<"ipp2p", string> = table(
  { name: "ipp2p", needs: "ipp2p, code outside of the kernel's tree" },
  rawText,
);

/**
 * What is left of a quota of xtables-addons, as text: `/proc/net/xt_quota/<name>`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xtQuota } from "procnet/tables";
 * console.log(read(xtQuota, { name: "xt_quota/limit" }));
 * ```
 */
export const xtQuota: TextTable<"xt_quota/*", string> = table(
  { name: "xt_quota/*", needs: "xtables-addons, code outside of the kernel's tree" },
  rawText,
);

/**
 * Sockets that Android tagged by user and tag, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xtQtaguidCtrl } from "procnet/tables";
 * console.log(read(xtQtaguidCtrl));
 * ```
 */
export const xtQtaguidCtrl: TextTable<"xt_qtaguid/ctrl", string> = table(
  { name: "xt_qtaguid/ctrl", needs: "Android before 10, code outside of the kernel's tree" },
  rawText,
);

/**
 * Traffic of Android by interface, tag and user, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xtQtaguidStats } from "procnet/tables";
 * console.log(read(xtQtaguidStats));
 * ```
 */
export const xtQtaguidStats: TextTable<"xt_qtaguid/stats", string> = table(
  { name: "xt_qtaguid/stats", needs: "Android before 10, code outside of the kernel's tree" },
  rawText,
);

/**
 * Traffic of Android by interface, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xtQtaguidIfaceStatAll } from "procnet/tables";
 * console.log(read(xtQtaguidIfaceStatAll));
 * ```
 */
export const xtQtaguidIfaceStatAll: TextTable<"xt_qtaguid/iface_stat_all", string> = table(
  { name: "xt_qtaguid/iface_stat_all", needs: "Android before 10, code outside of the kernel's tree" },
  rawText,
);

/**
 * Traffic of Android by interface with a heading, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xtQtaguidIfaceStatFmt } from "procnet/tables";
 * console.log(read(xtQtaguidIfaceStatFmt));
 * ```
 */
export const xtQtaguidIfaceStatFmt: TextTable<"xt_qtaguid/iface_stat_fmt", string> = table(
  { name: "xt_qtaguid/iface_stat_fmt", needs: "Android before 10, code outside of the kernel's tree" },
  rawText,
);
