import { expect, it } from "vitest";
import { localAddresses, parseFibTrie } from "../../../packages/procnet/src/files/routes/fib-trie.ts";
import {
  AddressFlags,
  ARPHardware,
  InterfaceFlags,
  interfaces,
  lanAddress,
} from "../../../packages/procnet/src/index.ts";
import { sorted } from "../../support/ss.ts";
import { useTables } from "../../support/tables-scene.ts";
import { expectSame } from "../../support/use-scene.ts";

const scene = useTables();

interface IpAddress {
  readonly family: "inet" | "inet6";
  readonly local: string;
  readonly prefixlen: number;
  readonly scope: "global" | "link" | "host";
  readonly deprecated?: boolean;
  readonly tentative?: boolean;
  readonly nodad?: boolean;
  readonly dynamic?: boolean;
}

interface IpLink {
  readonly ifindex: number;
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly operstate: string;
  readonly link_type: string;
  readonly address?: string;
  readonly addr_info: readonly IpAddress[];
}

const SCOPES = { global: 0x00, host: 0x10, link: 0x20 };

it("if_inet6 has the addresses of ip addr, with their scopes and flags", () => {
  const { net, ip } = scene();
  const { PERMANENT, DEPRECATED, TENTATIVE, NODAD } = AddressFlags;
  expectSame(
    () =>
      sorted(
        net.ifInet6().map(({ address, ifIndex, prefixLength, scope, flags, device }) => ({
          ...{ address, ifIndex, prefixLength, scope, device },
          flags: flags & (PERMANENT | DEPRECATED | TENTATIVE | NODAD),
        })),
      ),
    () =>
      sorted(
        ip<IpLink>("-6", "addr").flatMap(({ ifindex, ifname, addr_info }) =>
          addr_info.map((one) => ({
            ...{ address: one.local, ifIndex: ifindex, prefixLength: one.prefixlen, scope: SCOPES[one.scope] },
            device: ifname,
            flags:
              (one.dynamic ? 0 : PERMANENT) |
              (one.deprecated ? DEPRECATED : 0) |
              (one.tentative ? TENTATIVE : 0) |
              (one.nodad ? NODAD : 0),
          })),
        ),
      ),
  );
  expect(net.ifInet6().filter(({ flags }) => (flags & DEPRECATED) !== 0)).toMatchObject([{ address: "2001:db8:1::1" }]);
});

it("fib_trie has the local addresses of ip route and ip addr", () => {
  const { net, ip } = scene();
  const ours = (): string[] => localAddresses(parseFibTrie(net.rawText("fib_trie"))).sort();
  expectSame(ours, () =>
    ip<{ dst: string }>("route", "show", "table", "local", "type", "local")
      .map(({ dst }) => dst)
      .filter((dst) => !dst.includes("/"))
      .sort(),
  );
  expectSame(ours, () =>
    ip<IpLink>("-4", "addr")
      .flatMap(({ addr_info }) => addr_info.map(({ local }) => local))
      .sort(),
  );
  expect(ours()).toContain("198.51.100.1");
});

it("interfaces() says what ip addr and ip link say", () => {
  const { net, ip, sysfs } = scene();
  // sysfs has no flags of the link's state, RUNNING and those above 16 bits; ip tells the first in other words.
  const settings = 0xffff & ~InterfaceFlags.RUNNING;
  const bits = new Map<string, unknown>(Object.entries(InterfaceFlags));
  const types: Readonly<Record<string, number>> = {
    ether: ARPHardware.ETHER,
    loopback: ARPHardware.LOOPBACK,
    none: ARPHardware.NONE,
  };
  expectSame(
    () =>
      sorted(
        interfaces({ net, sysfs }).map(({ status, addresses, flags, ...link }) => ({
          ...link,
          flags: (flags ?? -1) & settings,
          addresses: sorted(addresses.map(({ family, address, prefixLength }) => ({ family, address, prefixLength }))),
        })),
      ),
    () =>
      sorted(
        ip<IpLink>("addr").map((link) => ({
          name: link.ifname,
          index: link.ifindex,
          mtu: link.mtu,
          hwAddress: link.address,
          hwType: types[link.link_type],
          operState: link.operstate.toLowerCase(),
          flags: link.flags.reduce((sum, flag) => sum | Number(bits.get(flag) ?? 0), 0) & settings,
          addresses: sorted(
            link.addr_info.map((one) => ({
              family: one.family === "inet" ? "IPv4" : "IPv6",
              address: one.local,
              prefixLength: one.prefixlen,
            })),
          ),
        })),
      ),
  );
  expect(interfaces({ net, sysfs }).length).toBeGreaterThanOrEqual(2);
});

it("lanAddress() is the source that ip route get takes", () => {
  const { net, ip } = scene();
  for (const [family, far] of [
    ["IPv4", "203.0.113.200"],
    ["IPv6", "2001:4860::1"],
  ] as const) {
    const [route] = ip<{ dev: string; prefsrc: string }>("route", "get", far);
    expect(lanAddress({ net, family })).toEqual({ family, address: route!.prefsrc, iface: route!.dev });
  }
  expect(lanAddress({ net })?.address).toBe("192.0.2.1");
});

interface IpMaddr {
  readonly ifindex: number;
  readonly ifname: string;
  readonly maddr: readonly {
    readonly family?: string;
    readonly address?: string;
    readonly link?: string;
    readonly users?: number;
  }[];
}

it("igmp, igmp6 and dev_mcast have the groups of ip maddr", () => {
  const { net, ip } = scene();
  const theirs = (key: "link" | "inet" | "inet6"): unknown[] =>
    sorted(
      ip<IpMaddr>("maddr").flatMap(({ ifindex, ifname, maddr }) =>
        maddr
          .filter((one) => (key === "link" ? one.link !== undefined : one.family === key))
          .map((one) => ({ ifIndex: ifindex, device: ifname, group: one.link ?? one.address, users: one.users ?? 1 })),
      ),
    );
  for (const name of ["igmp", "igmp6"] as const) {
    expectSame(
      () => sorted(net.read(name).map(({ ifIndex, device, group, users }) => ({ ifIndex, device, group, users }))),
      () => theirs(name === "igmp" ? "inet" : "inet6"),
    );
  }
  expectSame(
    () =>
      sorted(
        net.devMcast().map(({ ifIndex, device, address, refCount }) => ({
          ...{ ifIndex, device, group: address, users: refCount },
        })),
      ),
    () => theirs("link"),
  );
  expect(net.igmp().map(({ group }) => group)).toEqual(expect.arrayContaining(["239.1.2.3", "232.1.1.1"]));
  expect(net.igmp6().find(({ group }) => group === "ff05::1234:5678")).toMatchObject({ users: 2 });
  expect(net.mcfilter()).toMatchObject([{ group: "232.1.1.1", source: "198.51.100.7", include: 1, exclude: 0 }]);
});
