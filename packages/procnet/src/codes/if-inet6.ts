import { type TwoWay, twoWay } from "./two-way.ts";

const SCOPES = { GLOBAL: 0, HOST: 0x10, LINK: 0x20, SITE: 0x40, COMPATV4: 0x80 } as const;

/**
 * Scopes of an IPv6 address: the `IPV6_ADDR_` bits of include/net/ipv6.h that `if_inet6` prints. `HOST` is loopback;
 * `SITE` (fec0::/10) and `COMPATV4` (::192.0.2.1) are out of use.
 */
export const Inet6Scope: TwoWay<typeof SCOPES> = twoWay(SCOPES);

const ADDRESS_FLAGS = {
  TEMPORARY: 0x1,
  SECONDARY: 0x1,
  NODAD: 0x2,
  OPTIMISTIC: 0x4,
  DADFAILED: 0x8,
  HOMEADDRESS: 0x10,
  DEPRECATED: 0x20,
  TENTATIVE: 0x40,
  PERMANENT: 0x80,
  MANAGETEMPADDR: 0x100,
  NOPREFIXROUTE: 0x200,
  MCAUTOJOIN: 0x400,
  STABLE_PRIVACY: 0x800,
} as const;

/**
 * Flags of an address: the `IFA_F_` bits of include/uapi/linux/if_addr.h. `TEMPORARY` and `SECONDARY` are one bit, the
 * first for IPv6. `if_inet6` prints the low eight bits only since about Linux 3.15.
 */
export const AddressFlags: TwoWay<typeof ADDRESS_FLAGS> = twoWay(ADDRESS_FLAGS);
