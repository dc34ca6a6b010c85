import { read } from "procnet";
import { xfrmStat } from "procnet/tables";
import { counter, type Family, type Metric, single } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

/** The kernel's names that node_exporter knows, without `Xfrm` in front: newer kernels have more. */
const NAMES: readonly string[] = [
  ...["InError", "InBufferError", "InHdrError", "InNoStates", "InStateProtoError", "InStateModeError"],
  ...["InStateSeqError", "InStateExpired", "InStateMismatch", "InStateInvalid", "InTmplMismatch", "InNoPols"],
  ...["InPolBlock", "InPolError", "OutError", "OutBundleGenError", "OutBundleCheckError", "OutNoStates"],
  ...["OutStateProtoError", "OutStateModeError", "OutStateSeqError", "OutStateExpired", "OutPolBlock"],
  ...["OutPolDead", "OutPolError", "FwdHdrError", "OutStateInvalid", "AcquireError"],
];

const METRICS = NAMES.map((name) => ({ name: `Xfrm${name}`, metric: metricOf(name) }));

function metricOf(name: string): Metric {
  const words = name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();
  return counter(
    `node_xfrm_${words}_packets_total`,
    `Packets that IPsec dropped, by the kernel's counter Xfrm${name}.`,
  );
}

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  const counters = new Map(Object.entries(read(xfrmStat, { of })));
  for (const { name, metric } of METRICS) yield single(metric, counters.get(name));
}

/** What IPsec dropped: `/proc/net/xfrm_stat`. */
export const xfrm: Collector = {
  name: "xfrm",
  isDefault: false,
  metrics: METRICS.map(({ metric }) => metric),
  collect,
};
