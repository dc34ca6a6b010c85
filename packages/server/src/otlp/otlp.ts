import { readFileSync } from "node:fs";
import { type BaseProcFs, intervalPhase, machineIdentity } from "procnet";
import type { Family } from "../metrics/family.ts";
import type { OtlpSettings } from "./destination.ts";
import { Push, type PushLimits } from "./push.ts";
import { bootTimeOf, resourceOf } from "./resource.ts";

/** What a push is made of. */
export interface PushSource {
  readonly settings: OtlpSettings;
  /** The procfs that is looked at. */
  readonly procfs: BaseProcFs;
  readonly collect: () => Promise<readonly Family[]>;
  readonly limits?: Partial<PushLimits>;
}

/** Begins to send, as this machine and at its time. */
export function pushOf({ settings, procfs, collect, limits }: PushSource): Push {
  const version = versionOf();
  const machine = machineIdentity({ procfs });
  const resource = new Map([...resourceOf(procfs.root, machine, version), ...settings.attributes]);
  const now = Date.now();
  return new Push({
    settings,
    teller: { resource, version },
    // Without a boot id, as in a captured tree, all are as one.
    phase: intervalPhase(machine.bootId ?? "", settings.interval),
    boot: bootTimeOf(procfs.root, now) ?? now,
    collect,
    ...(limits && { limits }),
  });
}

function versionOf(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return String((parsed as { version?: unknown }).version);
}
