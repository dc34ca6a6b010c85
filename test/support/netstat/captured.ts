import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { netstat } from "../../../packages/cli/src/netstat/command.ts";
import { testIo } from "../command/io.ts";
import { missingTools, noMounts } from "../tools.ts";
import type { Printed } from "./compare.ts";

/*
 * Files in place of /proc/net, for procnet by its root, and for the real netstat by a mount over /proc.
 */

export interface Captured {
  readonly root: string;
  readonly remove: () => void;
}

/** Why the real netstat cannot be shown captured files; `undefined` when it can. */
export function noCaptured(): string | undefined {
  return missingTools("netstat") ?? noMounts();
}

export function captured(files: Readonly<Record<string, string>>): Captured {
  const root = mkdtempSync("/tmp/procnet-captured-");
  const all = {
    tcp: "",
    tcp6: "",
    udp: "",
    udp6: "",
    udplite: "",
    udplite6: "",
    raw: "",
    raw6: "",
    unix: "",
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const path = `${root}/1/net/${name}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  symlinkSync("1/net", `${root}/net`);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** What the real netstat makes of the files. */
export function theirs(root: string, flags: readonly string[]): Printed {
  const script = `mount --bind ${root} /proc && exec netstat "$@"`;
  const options = { encoding: "latin1", env: { ...process.env, LC_ALL: "C" } } as const;
  const { stdout, stderr, status } = spawnSync("unshare", ["--mount", "sh", "-c", script, "sh", ...flags], options);
  return { out: stdout, err: stderr, code: status };
}

/** What procnet makes of them. */
export async function withRoot(root: string, flags: readonly string[]): Promise<Printed> {
  const io = testIo({ root });
  const code = await netstat([...flags], io);
  return { ...io.printed, code };
}
