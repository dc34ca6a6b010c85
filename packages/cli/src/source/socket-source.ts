import type { KernelSourceOptions } from "@procnet/kernel";
import type { SocketProtocol, SocketSource } from "procnet";
import { kernelFor, type SourceAsked, untoldNote } from "./kernel.ts";

/** Who is asked for sockets before procfs, and what is to be said of it. */
export interface AskedSource {
  /** Absent where procfs alone is read. */
  readonly source?: SocketSource;
  /** What was asked and nobody tells. */
  readonly notes: readonly string[];
  /** Lets go of it. */
  readonly close: () => void;
}

/**
 * The source that `--source` names, for `sockets()` and all that looks at sockets. With `auto` the kernel is asked for nothing but the tables
 * that have what is wanted.
 *
 * @throws UsageError, CommandFailure where the kernel must be asked and cannot
 */
export async function socketSource(
  asked: SourceAsked,
  options: KernelSourceOptions = {},
  tables: readonly SocketProtocol[] = [],
): Promise<AskedSource> {
  const answer = await kernelFor(asked);
  const notes = untoldNote(asked, answer);
  if (answer === undefined || !("kernel" in answer)) return { notes, close: () => {} };
  const isAuto = asked.source === "auto";
  const source = answer.kernel.createKernelSource({
    door: answer.door.name,
    ...options,
    ...(isAuto && { iterator: false }),
  });
  return { source: isAuto ? limited(source, new Set(tables)) : source, notes, close: () => source.close() };
}

/** A source that answers for some tables alone. */
function limited(source: SocketSource, tables: ReadonlySet<SocketProtocol>): SocketSource {
  return {
    name: source.name,
    begin: async (asked) => {
      const look = await source.begin(asked);
      return {
        sockets: async (question) => (tables.has(question.protocol) ? look.sockets(question) : undefined),
        held: async () => undefined,
        notes: look.notes,
        close: () => look.close(),
      };
    },
  };
}
