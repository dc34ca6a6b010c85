import { type DeviceStatus, read } from "procnet";
import { dev } from "procnet/tables";
import type { Family, Metric } from "../metrics/family.ts";
import type { Collector, Source } from "./collector.ts";
import { passes } from "./filters.ts";

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

function* collect({ procfs, filters }: Source): Generator<Family> {
  const devices = read(dev, { of: procfs }).filter(({ name }) => passes(filters.netdev, name));
  for (const { column, metric } of METRICS) {
    yield { metric, values: devices.map((device) => ({ labels: { device: device.name }, value: device[column] })) };
  }
}

/** Counters of interfaces: `/proc/net/dev`. */
export const netdev: Collector = {
  name: "netdev",
  isDefault: true,
  metrics: METRICS.map(({ metric }) => metric),
  collect,
};
