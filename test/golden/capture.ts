/*
 * Captures the files of a scene (see ../support/scene.ts) as this kernel prints them:
 *
 *   node -e 'import("vite").then(async ({ runnerImport }) => {
 *     const { module } = await runnerImport("./test/golden/capture.ts");
 *     await module.capture("test/fixtures/6.18");
 *   })'
 *
 * What they mean, in the JSON beside this file, is written by `UPDATE_GOLDEN=1 npx vitest run test/golden`, and to be reviewed by eye.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScene } from "../support/scene.ts";

export const CAPTURED = ["tcp", "tcp6", "udp", "udp6", "unix", "arp", "route", "dev", "snmp", "snmp6"] as const;

/** Writes the files into `<directory>/1/net`, where a `ProcFs` with that root looks for them. */
export async function capture(directory: string): Promise<void> {
  const { pid, remove } = await makeScene();
  try {
    const target = join(directory, "1", "net");
    mkdirSync(target, { recursive: true });
    for (const name of CAPTURED) writeFileSync(join(target, name), readFileSync(`/proc/${pid}/net/${name}`));
  } finally {
    remove();
  }
}
