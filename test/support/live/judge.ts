import { afterEach, beforeEach } from "vitest";
import { evaluateHealth } from "../../../packages/procnet/src/live/health/evaluate.ts";
import type { Health } from "../../../packages/procnet/src/live/health/finding.ts";
import type { Limits } from "../../../packages/procnet/src/live/limit-names.ts";
import type { Sample } from "../../../packages/procnet/src/live/sample.ts";
import { skipIf } from "../tools.ts";
import { Lab, noLab } from "./lab.ts";

/** Makes laboratories for the tests of a file, and removes them after each. */
export function useLabs(): (...settings: string[]) => Lab {
  const reason = noLab();
  const labs: Lab[] = [];
  beforeEach((context) => skipIf(context, reason));
  afterEach(() => {
    for (const lab of labs.splice(0)) lab.remove();
  });
  return (...settings) => {
    const lab = new Lab(...settings);
    labs.push(lab);
    return lab;
  };
}

/** What one finding says of samples. */
export function judge(
  id: string,
  samples: readonly Sample[],
  limits?: Limits,
  thresholds?: Readonly<Record<string, number>>,
): Health {
  return evaluateHealth(samples, {
    only: [id],
    ...(limits && { limits }),
    ...(thresholds && { thresholds: { [id]: thresholds } }),
  });
}

/** In one word for each: severities of what was found, reasons of what could not be judged, or `ok`. */
export function words(...asked: Parameters<typeof judge>): string[] {
  const { findings, unknown, ok } = judge(...asked);
  return [
    ...findings.map(({ severity }) => severity),
    ...unknown.map(({ reason }) => reason),
    ...(ok.length > 0 ? ["ok"] : []),
  ];
}
