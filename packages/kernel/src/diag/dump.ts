import type { KernelBytes } from "../netlink/bytes.ts";
import type { NetlinkSocket, Question } from "../netlink/socket.ts";

/**
 * Reads one message of an answer: a row, or none where it tells what was told before.
 *
 * @throws BrokenMessage for one that is too short
 */
export type ReadRow<Row> = (of: KernelBytes, from: number, to: number) => Row | undefined;

/** A question and how its answer is read. */
export interface Dump<Row> {
  readonly question: Question;
  /** Makes the reader of one answer. */
  readonly reader: () => ReadRow<Row>;
}

/** Whether it should be asked again, as what it is about changed meanwhile: rows may be missing, or twice. */
export interface Told {
  readonly isInterrupted: boolean;
}

/**
 * Asks, and hands on each row as it comes.
 *
 * @throws KernelError where the kernel refuses
 */
export function eachRow<Row>(socket: NetlinkSocket, { question, reader }: Dump<Row>, take: (row: Row) => void): Told {
  const row = reader();
  return socket.ask(question, (_type, from, to) => {
    const made = row(socket.buffer, from, to);
    if (made !== undefined) take(made);
  });
}

/** The same in slices, with turns of the event loop between. */
export function eachRowInTurns<Row>(
  socket: NetlinkSocket,
  { question, reader }: Dump<Row>,
  take: (row: Row) => void,
  signal?: AbortSignal,
): Promise<Told> {
  const row = reader();
  const each = (_type: number, from: number, to: number): void => {
    const made = row(socket.buffer, from, to);
    if (made !== undefined) take(made);
  };
  return socket.askInTurns(question, each, signal);
}

/** All rows of a table, asked for again while the kernel says that it changed meanwhile, a few times. */
export function allRows<Row>(socket: NetlinkSocket, dump: Dump<Row>): { readonly rows: Row[] } & Told {
  for (let left = 3; ; left--) {
    const rows: Row[] = [];
    const { isInterrupted } = eachRow(socket, dump, (row) => rows.push(row));
    if (!isInterrupted || left === 0) return { rows, isInterrupted };
  }
}
