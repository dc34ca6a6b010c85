import type { TcpState } from "../../../codes/tcp-state.ts";
import type { Line } from "../../../form/line.ts";
import type { ParseOptions } from "../../../form/options.ts";
import type { InetAddresses } from "./inet-address.ts";
import type { InetSocketEntry, InetWhere } from "./inet-row.ts";

/** Options of the internet socket tables. */
export interface InetOptions extends ParseOptions {
  /** Which rows are wanted; all by default. */
  readonly where?: InetWhere;
}

/** The columns that all tables have, in the order of the line. */
export type InetColumns = readonly [
  localAddress: string,
  localPort: number,
  remoteAddress: string,
  remotePort: number,
  state: TcpState,
  txQueue: number,
  rxQueue: number,
  timer: number,
  timerExpires: number,
  retransmits: number,
  uid: number,
  probes: number,
  inode: number,
  refCount: number,
];

/** The columns behind the pointer, as the table has them; a table without one leaves it out. */
export type InetTail = readonly [
  rtoOrDrops: number | undefined,
  ato?: number | undefined,
  quickAck?: number | undefined,
  cwnd?: number | undefined,
  ssthresh?: number | undefined,
];

/** Makes a row of the columns of a line. */
export type InetBuild<Row> = (...columns: [...InetColumns, ...InetTail]) => Row;

/** What tells one internet socket table from another. */
export interface InetFormat<Row extends InetSocketEntry> {
  readonly addresses: InetAddresses;
  /** Columns behind the pointer: five of TCP, or the drops of the others. */
  readonly tail: "tcp" | "drops";
  /** Makes a row. */
  readonly build: InetBuild<Row>;
  /** Reads the columns behind the pointer token by token; `state` and `timer` say which there are. */
  readonly readTail: (line: Line, state: TcpState, timer: number) => InetTail;
}
