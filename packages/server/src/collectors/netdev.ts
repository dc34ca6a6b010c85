import { type DeviceStatus, read } from "procnet";
import { dev } from "procnet/tables";
import type { Family, Metric } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";
import { deviceLabel, sysfsDevices } from "./devices.ts";
import { passes } from "./filters.ts";
import { toldInterfaces } from "./netclass-network.ts";
import { sysfsNumber } from "./sysfs-text.ts";

type Column = Exclude<keyof DeviceStatus, "name" | "extra">;

const COLUMNS: readonly (readonly [column: Column, name: string, help: string])[] = [
  ["recvBytes", "receive_bytes", "Bytes received"],
  ["recvPackets", "receive_packets", "Packets received"],
  ["recvErrs", "receive_errs", "Packets received with an error of any kind"],
  ["recvDrop", "receive_drop", "Packets received and dropped: no room for them, or nobody who wanted them"],
  ["recvFifo", "receive_fifo", "Packets lost as the queue of the device overran"],
  ["recvFrame", "receive_frame", "Packets received with a wrong length, checksum or alignment, or overrun"],
  ["recvCompressed", "receive_compressed", "Compressed packets received"],
  ["recvMulticast", "receive_multicast", "Multicast packets received"],
  ["sentBytes", "transmit_bytes", "Bytes sent"],
  ["sentPackets", "transmit_packets", "Packets sent"],
  ["sentErrs", "transmit_errs", "Packets that could not be sent, for an error of any kind"],
  ["sentDrop", "transmit_drop", "Packets dropped before they were sent"],
  ["sentFifo", "transmit_fifo", "Packets lost as the queue of the device ran empty or overran"],
  ["sentColls", "transmit_colls", "Collisions while sending"],
  ["sentCarrier", "transmit_carrier", "Packets not sent for lack of a carrier, a late collision or a missed heartbeat"],
  ["sentCompressed", "transmit_compressed", "Compressed packets sent"],
];

const METRICS = COLUMNS.map(([column, name, help]) => {
  const metric: Metric = { name: `node_network_${name}_total`, type: "counter", help: `${help}.`, labels: ["device"] };
  return { column, metric };
});

const NO_HANDLER: Metric = {
  name: "node_network_receive_nohandler_total",
  type: "counter",
  help: "Packets received and dropped as the device takes none at the time: that of a bond that is not active.",
  labels: ["device"],
};

async function* collect(source: Source): AsyncGenerator<Family> {
  const { filters } = source;
  const devices = read(dev, { of: netOf(source), encoding: "latin1" })
    .map((counters) => ({ counters, device: deviceLabel(counters.name) }))
    .filter(({ device }) => passes(filters.netdev, device));
  for (const { column, metric } of METRICS) {
    yield { metric, values: devices.map(({ device, counters }) => ({ labels: { device }, value: counters[column] })) };
  }
  yield {
    metric: NO_HANDLER,
    values: (await noHandlerOf(source)).filter(({ labels }) => passes(filters.netdev, labels.device)),
  };
}

/** procfs does not have it. Where sysfs shows other devices, none unless somebody else tells it. */
async function noHandlerOf(source: Source): Promise<{ labels: { device: string }; value: number }[]> {
  let names: readonly string[];
  try {
    names = sysfsDevices(source);
  } catch {
    return ((await toldInterfaces(source)) ?? []).flatMap(({ name, statistics }) => {
      const value = statistics?.rx_nohandler;
      return value === undefined ? [] : [{ labels: { device: name }, value }];
    });
  }
  return names.flatMap((name) => {
    const value = sysfsNumber(`${source.sysfs}/class/net/${name}/statistics/rx_nohandler`);
    return value === undefined ? [] : [{ labels: { device: deviceLabel(name) }, value }];
  });
}

/** Counters of interfaces: `/proc/net/dev`, and one of sysfs. */
export const netdev: Collector = {
  name: "netdev",
  isDefault: true,
  metrics: [...METRICS.map(({ metric }) => metric), NO_HANDLER],
  collect,
};
