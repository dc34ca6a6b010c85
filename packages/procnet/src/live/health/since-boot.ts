import type { Sample } from "../sample.ts";
import type { EvaluateOptions } from "./evaluate.ts";
import { evaluateHealth, specsOf } from "./evaluate.ts";
import type { Health } from "./finding.ts";
import type { Thresholds } from "./spec.ts";

/** The marks that become 0: whatever has happened at all is told. Floors and shares stay what they are. */
const MARKS: ReadonlySet<string> = /* @__PURE__ */ new Set(["info", "warn", "crit"]);

/**
 * What has happened since the machine was booted, or its network namespace made: of what counts, that it did, and how often. When, and
 * whether it goes on, one sample cannot tell, so nothing is worse than `info`. What rests on rows of sockets is unknown.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for wrong or unknown options
 * @example
 * ```ts
 * import { healthSinceBoot, takeSample } from "procnet";
 * const { findings } = healthSinceBoot(await takeSample({ sockets: false }));
 * console.log(findings.map(({ summary }) => summary));
 * ```
 */
export function healthSinceBoot(sample: Sample, options: Pick<EvaluateOptions, "only" | "limits"> = {}): Health {
  const { sockets: _sockets, processes: _processes, ...counted } = sample;
  const seconds = sample.uptime ?? 0;
  const before = { ...zeroed(counted), at: sample.at - seconds * 1000, uptime: 0 };
  const thresholds = Object.fromEntries(specsOf(options.only).map(({ id, thresholds: own }) => [id, lowest(own)]));
  const judged = evaluateHealth([before, counted], { ...options, thresholds });
  // Numbers of now say nothing of what has happened.
  const grown = judged.findings.filter(({ evidence }) => evidence.some(({ delta = 0 }) => delta > 0));
  return {
    ...judged,
    findings: grown.map((finding) => ({ ...finding, severity: "info" })),
    samples: 1,
  };
}

function lowest(own: Thresholds): Thresholds {
  return Object.fromEntries(
    Object.entries(own)
      .filter(([name]) => MARKS.has(name))
      .map(([name]) => [name, 0]),
  );
}

/** The sample with 0 for every number, but for what names things. */
function zeroed(sample: Sample): Sample {
  const { snmp, snmp6, netstat, softnet, arpCache, ndiscCache, conntrack, xfrm, tls, devices } = sample;
  return {
    ...sample,
    snmp: nothing(snmp),
    snmp6: nothing(snmp6),
    netstat: nothing(netstat),
    softnet: softnet?.map((row) => ({ ...nothing(row), cpu: row.cpu })),
    arpCache: arpCache?.map(nothing),
    ndiscCache: ndiscCache?.map(nothing),
    conntrack: conntrack?.map(nothing),
    xfrm: nothing(xfrm),
    tls: nothing(tls),
    devices: devices?.map((device) => ({
      ...device,
      status: nothing(device.status),
      carrierChanges: 0,
      recvMissed: 0,
    })),
  };
}

/** A copy in which every number is 0. */
function nothing<Value>(value: Value): Value {
  if (typeof value === "number") return 0 as Value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, nothing(one)])) as Value;
}
