import { type TwoWay, twoWay } from "./two-way.ts";

const IP_FORWARDING = { Forwarding: 1, NotForwarding: 2 } as const;

/** Values of `snmp.Ip.Forwarding` (RFC 4293, ipForwarding). */
export const IpForwarding: TwoWay<typeof IP_FORWARDING> = twoWay(IP_FORWARDING);

/** Name of a value of `snmp.Ip.Forwarding`. */
export type IpForwarding = keyof typeof IP_FORWARDING;

const RTO_ALGORITHMS = { Other: 1, Constant: 2, Rsre: 3, Vanj: 4, Rfc2988: 5 } as const;

/** Values of `snmp.Tcp.RtoAlgorithm` (RFC 4022, tcpRtoAlgorithm). Linux prints 1. */
export const TcpRtoAlgorithm: TwoWay<typeof RTO_ALGORITHMS> = twoWay(RTO_ALGORITHMS);

/** Name of a value of `snmp.Tcp.RtoAlgorithm`. */
export type TcpRtoAlgorithm = keyof typeof RTO_ALGORITHMS;
