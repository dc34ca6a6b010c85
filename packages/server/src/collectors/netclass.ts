import type { Interface } from "procnet";
import { counter, type Family, gauge, type Metric, type Value } from "../metrics/family.ts";
import type { Collector, Source } from "./collector.ts";
import { deviceLabel, sysfsDevices } from "./devices.ts";
import { passes } from "./filters.ts";
import { ALT_NAMES, altNamesOf, TOLD, toldInfo, toldInterfaces } from "./netclass-network.ts";
import { sysfsNumber, sysfsText } from "./sysfs-text.ts";

const UP = gauge("node_network_up", "Whether the operational state of the device is up.", "device");
const INFO = gauge(
  "node_network_info",
  "Properties of the device that are no numbers; always 1.",
  ...["address", "adminstate", "broadcast", "device", "duplex", "ifalias", "operstate"],
);

interface Property {
  readonly file: string;
  readonly metric: Metric;
  /** What the number of the file is multiplied by: 1 by default. */
  readonly times?: number;
}

const property = (file: string, name: string, help: string): Property => {
  return { file, metric: gauge(`node_network_${name}`, help, "device") };
};
const changes = (file: string, name: string, help: string): Property => {
  return { file, metric: counter(`node_network_${name}_total`, help, "device") };
};

/** Documentation/ABI/testing/sysfs-class-net. */
const PROPERTIES: readonly Property[] = [
  property(
    "addr_assign_type",
    "address_assign_type",
    "Where the address comes from: 0 device, 1 random, 2 other, 3 set.",
  ),
  property("carrier", "carrier", "Whether the link is there."),
  changes("carrier_changes", "carrier_changes", "Times the link came or went."),
  changes("carrier_up_count", "carrier_up_changes", "Times the link came."),
  changes("carrier_down_count", "carrier_down_changes", "Times the link went."),
  property("dev_id", "device_id", "Number that tells devices of one address apart."),
  property("dormant", "dormant", "Whether the device waits for something outside of it, as for authentication."),
  property("flags", "flags", "Bits of the state of the device."),
  property("ifindex", "iface_id", "Index of the device."),
  property("iflink", "iface_link", "Index of the device that this one is on top of, or its own."),
  property("link_mode", "iface_link_mode", "Whether a program decides when the link is up: 0 no, 1 yes."),
  property("mtu", "mtu_bytes", "Largest packet."),
  property("name_assign_type", "name_assign_type", "Who chose the name: 1 kernel, 2 predictable, 3 user, 4 renamed."),
  property("netdev_group", "net_dev_group", "Number of the group that the device is in."),
  {
    ...property("speed", "speed_bytes", "Speed of the link, bytes a second; negative where it is not known."),
    times: 125_000,
  },
  property("tx_queue_len", "transmit_queue_length", "Packets that may wait to be sent."),
  property("type", "protocol_type", "Kind of hardware: ARPHRD_ of the kernel."),
];

async function* collect(source: Source): AsyncGenerator<Family> {
  const told = (await toldInterfaces(source))?.filter(({ name }) => passes(source.filters.netclass, name));
  if (told !== undefined) yield { metric: ALT_NAMES, values: altNamesOf(told) };
  let names: readonly string[];
  try {
    names = sysfsDevices(source);
  } catch (error) {
    if (told === undefined) throw error;
    return yield* ofTold(told);
  }
  yield* ofSysfs(source, names);
}

/** Of interfaces that sysfs does not show, what the kernel tells itself. */
function* ofTold(links: readonly Interface[]): Generator<Family> {
  const valuesOf = (read: (link: Interface) => number | undefined): Value[] =>
    links.flatMap((link) => {
      const value = read(link);
      return value === undefined ? [] : [{ labels: { device: link.name }, value }];
    });
  yield { metric: UP, values: valuesOf(({ operState }) => Number(operState === "up")) };
  yield { metric: INFO, values: links.map(toldInfo) };
  for (const { file, metric } of PROPERTIES) {
    const read = TOLD[file];
    if (read !== undefined) yield { metric, values: valuesOf(read) };
  }
}

function* ofSysfs(source: Source, names: readonly string[]): Generator<Family> {
  const { sysfs, filters } = source;
  const devices = names
    .map((name) => ({ device: deviceLabel(name), directory: `${sysfs}/class/net/${name}` }))
    .filter(({ device }) => passes(filters.netclass, device));
  const isUp = (directory: string): boolean => sysfsText(`${directory}/operstate`) === "up";
  const ups = devices.map(({ device, directory }) => ({ labels: { device }, value: Number(isUp(directory)) }));
  yield { metric: UP, values: ups };
  yield { metric: INFO, values: devices.map(({ device, directory }) => infoOf(device, directory)) };
  for (const { file, metric, times = 1 } of PROPERTIES) {
    const values = devices.flatMap(({ device, directory }) => {
      const value = sysfsNumber(`${directory}/${file}`);
      return value === undefined ? [] : [{ labels: { device }, value: value * times }];
    });
    yield { metric, values };
  }
}

function infoOf(device: string, directory: string): Value {
  const text = (file: string): string => deviceLabel(sysfsText(`${directory}/${file}`) ?? "");
  const labels = {
    address: text("address"),
    adminstate: adminState(sysfsNumber(`${directory}/flags`)),
    broadcast: text("broadcast"),
    device,
    duplex: text("duplex"),
    ifalias: text("ifalias"),
    operstate: text("operstate"),
  };
  return { labels, value: 1 };
}

/** By `IFF_UP`. */
function adminState(flags: number | undefined): string {
  if (flags === undefined) return "unknown";
  return (flags & 1) === 1 ? "up" : "down";
}

/** Properties of interfaces: sysfs, and where it shows others or has none the kernel. */
export const netclass: Collector = {
  name: "netclass",
  isDefault: true,
  metrics: [ALT_NAMES, UP, INFO, ...PROPERTIES.map(({ metric }) => metric)],
  collect,
};
