import { type TwoWay, twoWay } from "./two-way.ts";

const NETFILTER_PROTOCOLS = {
  UNSPEC: 0,
  INET: 1,
  IPV4: 2,
  ARP: 3,
  NETDEV: 5,
  BRIDGE: 7,
  IPV6: 10,
  DECNET: 12,
} as const;

/** Protocol families of netfilter: `NFPROTO_` of include/uapi/linux/netfilter.h. */
export const NetfilterProtocol: TwoWay<typeof NETFILTER_PROTOCOLS> = twoWay(NETFILTER_PROTOCOLS);

const COPY_MODES = { NONE: 0, META: 1, PACKET: 2 } as const;

/** How much of a packet `nfnetlink_log` and `nfnetlink_queue` hand to user space: `NFULNL_COPY_`, `NFQNL_COPY_`. */
export const NfnetlinkCopyMode: TwoWay<typeof COPY_MODES> = twoWay(COPY_MODES);
