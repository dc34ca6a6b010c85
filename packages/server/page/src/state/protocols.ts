import type { WatchedSocket } from "procnet/live";

type Protocol = WatchedSocket["protocol"];

/** Which tables can be chosen, by the names that the server has for them. */
export const PROTOCOLS: ReadonlyMap<string, { readonly title: string; readonly tables: readonly Protocol[] }> = new Map<
  string,
  { readonly title: string; readonly tables: readonly Protocol[] }
>([
  ["inet", { title: "TCP and UDP", tables: ["tcp", "tcp6", "udp", "udp6"] }],
  ["tcp", { title: "TCP", tables: ["tcp", "tcp6"] }],
  ["udp", { title: "UDP", tables: ["udp", "udp6"] }],
  ["unix", { title: "unix", tables: ["unix"] }],
  [
    "all",
    {
      title: "all",
      tables: [
        ...(["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6"] as const),
        ...(["icmp", "icmp6", "unix", "netlink", "packet"] as const),
      ],
    },
  ],
]);

/** The tables of a name; those that are usual for one that an address was given by hand. */
export function tablesOf(name: string): readonly Protocol[] {
  return (PROTOCOLS.get(name) ?? PROTOCOLS.get("inet")!).tables;
}

/** Whether TCP is among the protocols of a name: the kernel counts the bytes of nothing else. */
export function hasTraffic(name: string): boolean {
  return tablesOf(name).includes("tcp");
}
