import { readFileSync } from "node:fs";
import type { MachineIdentity } from "procnet";

/** Who tells, as attributes of a resource. What is not known is left out. */
export function resourceOf(root: string, { host, bootId }: MachineIdentity, version: string): Map<string, string> {
  const found: readonly (readonly [name: string, value: string | undefined])[] = [
    ["service.name", "procnet"],
    ["service.version", version],
    ["host.name", host],
    // What the conventions want for it on Linux; of another root than that of this machine it is not known.
    ["host.id", root === "/proc" ? lineOf("/etc/machine-id") : undefined],
    ["os.type", "linux"],
    ["procnet.boot_id", bootId],
  ];
  return new Map(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** When the machine was booted, milliseconds since 1970. */
export function bootTimeOf(root: string, now: number): number | undefined {
  const seconds = Number(lineOf(`${root}/uptime`)?.split(" ", 1)[0]);
  return seconds >= 0 ? Math.floor(now - seconds * 1000) : undefined;
}

function lineOf(path: string): string | undefined {
  try {
    const line = readFileSync(path, "utf8").split("\n", 1)[0]!.trim();
    return line === "" ? undefined : line;
  } catch {
    return undefined;
  }
}
