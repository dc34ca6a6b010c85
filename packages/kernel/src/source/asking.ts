import { allRowsInTurns, type Dump } from "../diag/dump.ts";
import type { InetWanted } from "../diag/inet.ts";
import { KernelError } from "../netlink/errors.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";

/** By what a table is asked for. */
export interface Asking {
  readonly socket: NetlinkSocket;
  readonly wanted: InetWanted;
  readonly signal: AbortSignal | undefined;
  /** Is told what the answer lacks, and why. */
  readonly note: (why: string) => void;
}

const EINTR = 4;

/** All rows of a dump. @throws KernelError where the kernel refuses, and where none of its answers was of one moment */
export async function allOf<Row>({ socket, signal }: Asking, dump: Dump<Row>): Promise<Row[]> {
  const { rows, isInterrupted } = await allRowsInTurns(socket, dump, signal);
  if (isInterrupted) throw new KernelError(`${dump.question.doing}: the table changed each time it was told`, EINTR);
  return rows;
}
