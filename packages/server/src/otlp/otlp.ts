import { readFileSync } from "node:fs";
import { intervalPhase } from "procnet";
import type { Family } from "../metrics/family.ts";
import type { OtlpSettings } from "./destination.ts";
import { Push, type PushLimits } from "./push.ts";
import { bootIdOf, bootTimeOf, resourceOf } from "./resource.ts";

/** What a push is made of. */
export interface PushSource {
  readonly settings: OtlpSettings;
  /** Directory of the procfs that is looked at. */
  readonly root: string;
  readonly collect: () => Promise<readonly Family[]>;
  readonly limits?: Partial<PushLimits>;
}

/** Begins to send, as this machine and at its time. */
export function pushOf({ settings, root, collect, limits }: PushSource): Push {
  const version = versionOf();
  const resource = new Map([...resourceOf(root, version), ...settings.attributes]);
  const now = Date.now();
  return new Push({
    settings,
    teller: { resource, version },
    // Without a boot id, as in a captured tree, all are as one.
    phase: intervalPhase(bootIdOf(root) ?? "", settings.interval),
    boot: bootTimeOf(root, now) ?? now,
    collect,
    ...(limits && { limits }),
  });
}

function versionOf(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return String((parsed as { version?: unknown }).version);
}
