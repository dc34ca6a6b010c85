import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runProgram } from "../../../packages/cli/src/program.ts";
import type { CommandIo } from "../../../packages/cli/src/terminal.ts";
import { readableBin, readableNode } from "../readable.ts";
import { type Ran, testIo } from "./io.ts";

/** The built program. */
export const BIN: string = fileURLToPath(new URL("../../../packages/cli/bin/procnet.js", import.meta.url));

/** Runs a command line here. */
export async function procnet(args: readonly string[], given: Partial<CommandIo> = {}): Promise<Ran> {
  const io = testIo(given);
  const code = await runProgram(args, io);
  return { code, ...io.printed };
}

/** Runs the whole program; as another user it is a copy that this user can read. */
export function program(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly uid?: number } = {},
): Ran {
  const { uid, env } = options;
  const [node, bin] = uid === undefined ? [process.execPath, BIN] : [readableNode(), readableBin()];
  const command: [string, string[]] = [node, [bin, ...args]];
  const { status, stdout, stderr } = spawnSync(...command, {
    encoding: "utf8",
    input: "",
    // As much as the host has sockets.
    maxBuffer: 1 << 28,
    ...(env && { env: { ...process.env, ...env } }),
    ...(uid !== undefined && { uid, gid: uid, cwd: "/" }),
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}
