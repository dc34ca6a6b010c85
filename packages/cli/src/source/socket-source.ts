import type { KernelSourceOptions } from "@procnet/kernel";
import type { SocketProtocol, SocketSource } from "procnet";
import { kernelFor, type SourceAsked, untoldHelp } from "./kernel.ts";
import { pinnedFor } from "./pinned.ts";

/** What the kernel is asked of each socket, where any of it may be shown. */
export const ALL_FIELDS = { info: "all", congestion: true, tos: true, memory: true, cookie: true } as const;

/** Who is asked for sockets before procfs. */
export interface AskedSource {
  /** Absent where procfs alone is read. */
  readonly source?: SocketSource;
  /** The tables that it is asked for. */
  readonly tables: readonly SocketProtocol[];
  /** What would tell what procfs does not, behind a sentence that says so. */
  readonly help: string;
  /** Lets go of it. */
  readonly close: () => void;
}

/** What a source is asked for. */
export interface SourceQuestion extends SourceAsked {
  /** All tables that will be read. */
  readonly protocols: readonly SocketProtocol[];
  /** Those of them that have what is wanted: with `auto` the kernel is asked for no others, nor for owners. */
  readonly tables: readonly SocketProtocol[];
}

/**
 * The source that `--source` names, for `sockets()` and all that looks at sockets. With `auto` it tells owners as they are pinned, where
 * there is a pin.
 *
 * @throws UsageError, CommandFailure where the kernel must be asked and cannot
 */
export async function socketSource(asked: SourceQuestion, options: KernelSourceOptions = {}): Promise<AskedSource> {
  const answer = await kernelFor(asked);
  const help = untoldHelp(answer);
  const pinned = pinnedFor(asked);
  if (answer === undefined || !("kernel" in answer))
    return { ...(pinned && { source: pinned }), tables: [], help, close: () => {} };
  const isAuto = asked.source === "auto";
  const door = answer.door.name;
  const source = answer.kernel.createKernelSource({ door, ...options, ...(isAuto && { iterator: false }) });
  const close = (): void => source.close();
  if (!isAuto) return { source, tables: asked.protocols, help, close };
  return { source: limited(source, new Set(asked.tables), pinned), tables: asked.tables, help, close };
}

/** A source that answers for some tables alone, and of owners as they are pinned. */
function limited(
  source: SocketSource,
  tables: ReadonlySet<SocketProtocol>,
  pinned: SocketSource | undefined,
): SocketSource {
  return {
    name: source.name,
    begin: async (asked) => {
      const look = await source.begin(asked);
      const owners = await pinned?.begin(asked);
      return {
        sockets: async (question) => (tables.has(question.protocol) ? look.sockets(question) : undefined),
        held: async () => owners?.held(),
        heldBy: pinned?.name,
        get notes() {
          return [...look.notes, ...(owners?.notes ?? [])];
        },
        close: () => look.close(),
      };
    },
  };
}
