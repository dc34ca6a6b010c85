import { type TwoWay, twoWay } from "./two-way.ts";

const INTERFACE_FLAGS = {
  UP: 0x1,
  BROADCAST: 0x2,
  DEBUG: 0x4,
  LOOPBACK: 0x8,
  POINTOPOINT: 0x10,
  NOTRAILERS: 0x20,
  RUNNING: 0x40,
  NOARP: 0x80,
  PROMISC: 0x100,
  ALLMULTI: 0x200,
  MASTER: 0x400,
  SLAVE: 0x800,
  MULTICAST: 0x1000,
  PORTSEL: 0x2000,
  AUTOMEDIA: 0x4000,
  DYNAMIC: 0x8000,
  LOWER_UP: 0x10000,
  DORMANT: 0x20000,
  ECHO: 0x40000,
} as const;

/** Flags of an interface: the `IFF_` bits of include/uapi/linux/if.h, as sysfs prints them; no file of procfs has them. */
export const InterfaceFlags: TwoWay<typeof INTERFACE_FLAGS> = twoWay(INTERFACE_FLAGS);
