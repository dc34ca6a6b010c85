import { CommandFailure, UsageError } from "../../errors.ts";
import type { PIN, UNPIN } from "../../flags/definitions.ts";
import type { OptionsOf } from "../../flags/spec.ts";
import { EXIT } from "../../io.ts";
import { databaseText } from "../../names/databases.ts";
import type { CommandIo } from "../../terminal.ts";
import { safe } from "../../text/safe.ts";
import { unitText } from "./unit.ts";

type PinOptions = OptionsOf<typeof PIN.options>;
type UnpinOptions = OptionsOf<typeof UNPIN.options>;

const GROUPS = "/etc/group";

/** `procnet pin`: says where it is, and who may read it. */
export async function pinCommand(options: PinOptions, io: CommandIo): Promise<number> {
  const { path, group, unit } = options;
  const mode = options.mode === undefined ? undefined : modeOf(options.mode);
  const gid = group === undefined ? undefined : groupOf(group);
  if (unit) {
    io.out(unitText(options));
    return EXIT.ok;
  }
  const { pinOwners } = await kernelPackage("pin");
  const pinned = await done("pin", () =>
    pinOwners({
      ...(path !== undefined && { path }),
      ...(mode !== undefined && { mode }),
      ...(gid !== undefined && { group: gid }),
    }),
  );
  io.out(`${safe(pinned.path)}\n`);
  if (pinned.mounted !== undefined) io.err(`procnet: a bpffs was mounted at ${safe(pinned.mounted)}\n`);
  if (pinned.replaced) io.err("procnet: it took the place of the one before\n");
  if (!pinned.verified) io.err("procnet: not compared with links: this is not the first pid namespace\n");
  return EXIT.ok;
}

/** `procnet unpin`: says what is gone. */
export async function unpinCommand({ path }: UnpinOptions, io: CommandIo): Promise<number> {
  const { unpinOwners } = await kernelPackage("unpin");
  const gone = await done("unpin", async () => unpinOwners(path === undefined ? {} : { path }));
  for (const one of gone) io.out(`${safe(one)}\n`);
  if (gone.length === 0) io.err("procnet: there was no pin\n");
  return EXIT.ok;
}

/** Digits as chmod(1) takes them: those of reading, of which there must be one. */
function modeOf(text: string): number {
  if (/^0?[04]{3}$/.test(text) && text.includes("4")) return Number.parseInt(text, 8);
  throw new UsageError(`--mode ${safe(text)}: a pin can be read and nothing else, so it is of 0444, as 0440`);
}

function groupOf(text: string): number {
  if (/^\d{1,10}$/.test(text) && Number(text) < 0xffffffff) return Number(text);
  for (const line of databaseText(GROUPS).split("\n")) {
    const [name, , number] = line.split(":");
    if (name === text && number !== undefined && /^\d+$/.test(number)) return Number(number);
  }
  throw new UsageError(`--group ${safe(text)}: ${GROUPS} has no such group: groupadd --system NAME makes one`);
}

/** The package that has a door to the kernel. */
async function kernelPackage(what: string): Promise<typeof import("@procnet/kernel")> {
  try {
    return await import("@procnet/kernel");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    throw new CommandFailure(
      `procnet ${what} needs the package @procnet/kernel beside @procnet/cli: npm install --global @procnet/kernel koffi`,
      EXIT.failure,
    );
  }
}

async function done<Value>(what: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name !== "PinFailure" && error.name !== "NoDoor") throw error;
    const { help } = error as { readonly help?: string };
    const more = help === undefined ? "" : `; ${help}`;
    throw new CommandFailure(`cannot ${what}: ${safe(error.message + more)}`, EXIT.failure);
  }
}
