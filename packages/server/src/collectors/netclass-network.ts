import { type Interface, networkPlace } from "procnet";
import { gauge, type Metric, type Value } from "../metrics/family.ts";
import { netOf, type Source } from "./collector.ts";

/** Other names that interfaces have. */
export const ALT_NAMES: Metric = gauge(
  "node_network_altnames_info",
  "Other names of the device, told by the kernel alone; always 1.",
  ...["altname", "device"],
);

/** Properties by the names of their files in sysfs, of an interface that the kernel told. */
export const TOLD: Readonly<Record<string, (link: Interface) => number | undefined>> = {
  carrier: ({ carrier }) => (carrier === undefined ? undefined : Number(carrier)),
  carrier_changes: ({ carrierChanges }) => carrierChanges,
  dormant: ({ operState }) => Number(operState === "dormant"),
  flags: ({ flags }) => flags,
  ifindex: ({ index }) => index,
  mtu: ({ mtu }) => mtu,
  netdev_group: ({ group }) => group,
  tx_queue_len: ({ txQueueLength }) => txQueueLength,
  type: ({ hwType }) => hwType,
};

/** Interfaces as the kernel tells them; `undefined` where it is not asked, or does not. */
export async function toldInterfaces(source: Source): Promise<Interface[] | undefined> {
  return source.network?.interfaces(networkPlace(netOf(source)), () => {});
}

/** What of an interface is no number. */
export function toldInfo({ name, flags, hwAddress = "", operState = "", alias = "" }: Interface): Value {
  const labels = {
    address: hwAddress,
    adminstate: flags === undefined ? "unknown" : (flags & 1) === 1 ? "up" : "down",
    broadcast: "",
    device: name,
    duplex: "",
    ifalias: alias,
    operstate: operState,
  };
  return { labels, value: 1 };
}

export function altNamesOf(links: readonly Interface[]): Value[] {
  return links.flatMap(({ name, altNames = [] }) =>
    altNames.map((altname) => ({ labels: { altname, device: name }, value: 1 })),
  );
}
