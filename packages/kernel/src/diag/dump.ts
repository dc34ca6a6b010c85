import type { TakeRow } from "../netlink/answer.ts";
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
export function eachRow<Row>(socket: NetlinkSocket, dump: Dump<Row>, take: (row: Row) => void): Told {
  return socket.ask(dump.question, handing(socket, dump, take));
}

/** The same in slices, with turns of the event loop between. */
export function eachRowInTurns<Row>(
  socket: NetlinkSocket,
  dump: Dump<Row>,
  take: (row: Row) => void,
  signal?: AbortSignal,
): Promise<Told> {
  return socket.askInTurns(dump.question, handing(socket, dump, take), signal);
}

function handing<Row>(socket: NetlinkSocket, { reader }: Dump<Row>, take: (row: Row) => void): TakeRow {
  const row = reader();
  return (_type, from, to) => {
    const made = row(socket.buffer, from, to);
    if (made !== undefined) take(made);
  };
}

/** How often a table is asked for again that changed while it was told. */
const AGAIN = 3;

/** All rows of a table, asked for again while the kernel says that it changed meanwhile, a few times. */
export function allRows<Row>(socket: NetlinkSocket, dump: Dump<Row>): { readonly rows: Row[] } & Told {
  for (let left = AGAIN; ; left--) {
    const rows: Row[] = [];
    const { isInterrupted } = eachRow(socket, dump, (row) => rows.push(row));
    if (!isInterrupted || left === 0) return { rows, isInterrupted };
  }
}

/** The same in slices. */
export async function allRowsInTurns<Row>(
  socket: NetlinkSocket,
  dump: Dump<Row>,
  signal?: AbortSignal,
): Promise<{ readonly rows: Row[] } & Told> {
  for (let left = AGAIN; ; left--) {
    const rows: Row[] = [];
    const { isInterrupted } = await eachRowInTurns(socket, dump, (row) => rows.push(row), signal);
    if (!isInterrupted || left === 0) return { rows, isInterrupted };
  }
}
