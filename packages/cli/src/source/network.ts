import type { Dump, NetlinkSocket } from "@procnet/kernel";
import { type Located, networkPlace } from "procnet";
import { visible } from "../text/safe.ts";
import { type KernelPackage, kernelFor, type SourceAsked } from "./kernel.ts";
import { untoldNotes } from "./untold.ts";

/** What rtnetlink tells of one namespace. */
export type AskNetwork = <Row>(dump: (kernel: KernelPackage) => Dump<Row>) => Row[];

/** Rtnetlink, where a command line says that it is to be asked. */
export interface AskedNetwork {
  /** Absent where procfs alone is read. */
  readonly kernel?: KernelPackage;
  /** What was asked and nobody tells, and why procfs was read all the same. */
  readonly notes: readonly string[];
  /** What it tells of a namespace; `undefined` where it cannot, and there is a note why. */
  readonly ask: <Value>(of: Located, read: (ask: AskNetwork) => Value) => Promise<Value | undefined>;
}

/**
 * The network that `--source` names, for what is called `what`.
 *
 * @throws UsageError, CommandFailure where the kernel must be asked and cannot
 */
export async function networkFor(asked: SourceAsked, what: string): Promise<AskedNetwork> {
  const answer = await kernelFor(asked);
  const notes = untoldNotes(asked, answer);
  if (answer === undefined || !("kernel" in answer)) return { notes, ask: async () => undefined };
  const { kernel, door } = answer;
  const note = (why: string): void => {
    const line = `${what} are read from procfs: ${visible(why)}`;
    if (!notes.includes(line)) notes.push(line);
  };
  return {
    kernel,
    notes,
    ask: async (of, read) => {
      let socket: NetlinkSocket | undefined;
      try {
        const opened = await kernel.networkSocket(networkPlace(of), kernel.NETLINK_ROUTE, door);
        socket = opened;
        return read((dump) => rowsOf(kernel, opened, dump(kernel)));
      } catch (error) {
        if (!(error instanceof kernel.KernelError)) throw error;
        note(error.message);
        return undefined;
      } finally {
        socket?.close();
      }
    },
  };
}

function rowsOf<Row>(kernel: KernelPackage, socket: NetlinkSocket, dump: Dump<Row>): Row[] {
  const { rows, isInterrupted } = kernel.allRows(socket, dump);
  if (isInterrupted) throw new kernel.KernelError("it changed each time it was told", 4);
  return rows;
}
