import { counter, type Family, gauge, type Metric, type Value } from "../metrics/family.ts";
import type { Collector, Source } from "./collector.ts";
import { passes } from "./filters.ts";
import { PORT_COUNTERS } from "./infiniband-counters.ts";
import { sysfsNames, sysfsNumber, sysfsText } from "./sysfs-text.ts";

const INFO = gauge(
  "node_infiniband_info",
  "Properties of the adapter that are no numbers; always 1.",
  ...["board_id", "device", "firmware_version", "hca_type"],
);

interface PortFile {
  readonly metric: Metric;
  /** What the file of the directory of a port says. */
  readonly value: (port: string) => number | undefined;
}

const state = (file: string, name: string, help: string): PortFile => {
  return {
    metric: gauge(`node_infiniband_${name}`, help, "device", "port"),
    value: (port) => firstNumber(`${port}/${file}`),
  };
};

const PORT_FILES: readonly PortFile[] = [
  state("state", "state_id", "State of the port: 1 down, 2 init, 3 armed, 4 active, 5 deferred."),
  state("phys_state", "physical_state_id", "Physical state of the port: 2 polling, 3 disabled, 5 up, 6 recovering."),
  {
    metric: gauge("node_infiniband_rate_bytes_per_second", "Speed of the port.", "device", "port"),
    value: (port) => scaled(firstNumber(`${port}/rate`), 125_000_000),
  },
  {
    metric: gauge("node_infiniband_lifespan_seconds", "How long counters of the port may be old.", "device", "port"),
    value: (port) => scaled(sysfsNumber(`${port}/hw_counters/lifespan`), 0.001),
  },
  ...PORT_COUNTERS.map(({ file, name, times = 1 }) => {
    const help = `What the adapter counts in ${file}${times === 1 ? "" : `, times ${times}`}.`;
    const metric = counter(`node_infiniband_${name}_total`, help, "device", "port");
    return { metric, value: (port: string) => scaled(sysfsNumber(`${port}/${file}`), times) };
  }),
];

/** `4: ACTIVE`, `2.5 Gb/sec (1X SDR)`. */
function firstNumber(path: string): number | undefined {
  const number = /^\d{1,9}(\.\d{1,9})?(?=[: ])/.exec(sysfsText(path) ?? "")?.[0];
  return number === undefined ? undefined : Number(number);
}

/** In whole numbers. */
function scaled(value: number | undefined, times: number): number | undefined {
  return value === undefined ? undefined : Math.trunc(value * times);
}

function* collect({ sysfs, filters }: Source): Generator<Family> {
  const root = `${sysfs}/class/infiniband`;
  const devices = sysfsNames(root)?.filter((device) => passes(filters.infiniband, device));
  if (devices === undefined) throw new Error(`there is no ${root}`);
  yield { metric: INFO, values: devices.map((device) => infoOf(root, device)) };
  const ports = devices.flatMap((device) =>
    (sysfsNames(`${root}/${device}/ports`) ?? []).map((port) => ({ device, port })),
  );
  for (const { metric, value } of PORT_FILES) {
    const values = ports.flatMap((labels) => {
      const number = value(`${root}/${labels.device}/ports/${labels.port}`);
      return number === undefined ? [] : [{ labels, value: number }];
    });
    yield { metric, values };
  }
}

function infoOf(root: string, device: string): Value {
  const text = (file: string): string => sysfsText(`${root}/${device}/${file}`) ?? "";
  const labels = { board_id: text("board_id"), device, firmware_version: text("fw_ver"), hca_type: text("hca_type") };
  return { labels, value: 1 };
}

/** Adapters of InfiniBand: sysfs. */
export const infiniband: Collector = {
  name: "infiniband",
  isDefault: true,
  metrics: [INFO, ...PORT_FILES.map(({ metric }) => metric)],
  collect,
};
