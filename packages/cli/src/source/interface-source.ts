import type { NetworkSource } from "procnet";
import { kernelFor, type SourceAsked } from "./kernel.ts";
import { untoldNotes } from "./untold.ts";

/** Who is asked for interfaces before procfs, and what is to be said of it. */
export interface AskedInterfaces {
  /** Absent where procfs alone is read. */
  readonly source?: NetworkSource;
  readonly notes: readonly string[];
}

/**
 * The source of interfaces that `--source` names.
 *
 * @throws UsageError, CommandFailure where the kernel must be asked and cannot
 */
export async function interfaceSource(asked: SourceAsked): Promise<AskedInterfaces> {
  const answer = await kernelFor(asked);
  const notes = untoldNotes(asked, answer);
  if (answer === undefined || !("kernel" in answer)) return { notes };
  return { source: answer.kernel.createKernelSource({ door: answer.door.name, iterator: false }), notes };
}
