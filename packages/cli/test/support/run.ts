import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runProgram } from "../../src/program.ts";
import type { CommandIo } from "../../src/terminal.ts";
import { type Ran, testIo } from "./io.ts";

/** The built program. */
export const BIN: string = fileURLToPath(new URL("../../bin/procnet.js", import.meta.url));

/** Runs a command line here. */
export async function procnet(args: readonly string[], given: Partial<CommandIo> = {}): Promise<Ran> {
  const io = testIo(given);
  const code = await runProgram(args, io);
  return { code, ...io.printed };
}

/** Runs the whole program. */
export function program(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly uid?: number } = {},
): Ran {
  const { uid, env } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: "utf8",
    input: "",
    ...(env && { env: { ...process.env, ...env } }),
    ...(uid !== undefined && { uid, gid: uid }),
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}
