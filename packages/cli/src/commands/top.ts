import { setFlagsFromString } from "node:v8";
import { heldBy } from "procnet/query";
import { UsageError } from "../errors.ts";
import type { SOCKETS, TOP, WATCH_OUTPUT } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { wantsColor } from "../output/style.ts";
import { kernelFor } from "../source/kernel.ts";
import { ALL_FIELDS, type AskedSource, socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { isUtf8 } from "../top/draw/paint.ts";
import { Top } from "../top/top.ts";
import { checkAnswerable, filterOf } from "./filter.ts";
import { type KernelWanted, kernelWanted } from "./kernel-wanted.ts";
import { type ProtocolOptions, protocolsOf } from "./protocols.ts";
import { type AnywhereOptions, namespacesHeldIn, netPid, procfsOf, type SourceOptions } from "./where.ts";

type TopCommandOptions = OptionsOf<typeof TOP.options> &
  Pick<OptionsOf<typeof WATCH_OUTPUT>, "color" | "every"> &
  ProtocolOptions &
  Pick<OptionsOf<typeof SOCKETS.options>, "owners"> &
  AnywhereOptions &
  SourceOptions;

const ALL = protocolsOf({ protocol: ["all"] });

/** `procnet top [filter]`: a full screen of sockets, processes, listeners and the rest, until it is left. */
export async function topCommand(words: readonly string[], options: TopCommandOptions, io: CommandIo): Promise<number> {
  const protocols = protocolsOf(options);
  const filter = words.length === 0 ? undefined : filterOf(words);
  const wanted = kernelWanted(filter, [], protocols);
  const from = { source: options.source, root: options.root ?? io.root, protocols: ALL };
  const askFor = (more: KernelWanted): Promise<AskedSource> => socketSource({ ...from, ...more }, ALL_FIELDS);
  const asked = await askFor(wanted);
  if (filter !== undefined)
    checkAnswerable(filter, protocols, asked.tables, wanted.wanted.length > 0 ? asked.help : "");
  checkTerminal(io);
  // What a look leaves behind is thrown away sooner, in place of 32 MB of it being kept: measured 105 and 81 MB in all.
  setFlagsFromString("--semi-space-growth-factor=1");
  const procfs = procfsOf(options, io);
  const namespaces = namespacesHeldIn(options, procfs);
  const answer = await kernelFor({ source: options.source, root: options.root ?? io.root, wanted: [] });
  const kernel = answer !== undefined && "kernel" in answer ? answer.kernel : undefined;
  const { allNamespaces, pid: _, ...one } = options;
  const top = new Top(
    {
      procfs,
      pid: netPid(one, procfs),
      namespaces,
      owners: options.owners,
      protocols,
      asked,
      ...(options.source === "auto" && { askFor }),
      held: options.pid && heldBy(options.pid),
      filter: words.join(" "),
      view: options.view ?? "sockets",
      kernel,
      interval: options.every,
      color: wantsColor(options.color, io),
      isAscii: !isUtf8(io.env),
      mayKill: options.root === undefined && io.root === undefined,
    },
    io,
  );
  return top.run(process.stdin);
}

const INSTEAD =
  "procnet watch tells what happens a line at a time, and procnet sockets --every 2s prints all again and again";

function checkTerminal(io: CommandIo): void {
  if (io.columns === undefined) throw new UsageError(`top draws on a terminal, and its output is none: ${INSTEAD}`);
  if (!process.stdin.isTTY) throw new UsageError(`top takes keys from a terminal, and its input is none: ${INSTEAD}`);
  const { TERM } = io.env;
  if (TERM === undefined || TERM === "" || TERM === "dumb")
    throw new UsageError(`top draws in place, which this terminal cannot (TERM is ${TERM || "not set"}): ${INSTEAD}`);
}
