import type { OnIssue } from "../../errors.ts";
import { icmp, icmp6 } from "../../files/sockets/inet/icmp.ts";
import type { InetFormat, InetOptions } from "../../files/sockets/inet/inet-format.ts";
import type { InetWhere } from "../../files/sockets/inet/inet-row.ts";
import { type InetTable, inetScanner } from "../../files/sockets/inet/inet-table.ts";
import { raw, raw6 } from "../../files/sockets/inet/raw.ts";
import { tcp, tcp6 } from "../../files/sockets/inet/tcp.ts";
import { udp, udp6 } from "../../files/sockets/inet/udp.ts";
import { udplite, udplite6 } from "../../files/sockets/inet/udplite.ts";
import { netlink } from "../../files/sockets/netlink.ts";
import { packet } from "../../files/sockets/packet.ts";
import { type UnixWhere, unix } from "../../files/sockets/unix/unix.ts";
import type { Reading, Scanner } from "../../form/scanner.ts";
import type { Place } from "../../read/place.ts";
import type { BegunFiles } from "../../read/read-ahead.ts";
import { regionsOf } from "../../read/table-file.ts";
import type { DatagramSocket, Socket, SocketProtocol, TcpSocket } from "../types.ts";
import { datagramFormat, netlinkSocket, packetSocket, tcpFormat, unixSocket } from "./socket.ts";

/** The tables of TCP, by protocol. */
const TCP = { tcp, tcp6 } as const;
/** The tables whose rows end in `drops`. */
const DATAGRAM = { udp, udp6, udplite, udplite6, raw, raw6, icmp, icmp6 } as const;

/** A table of sockets to be read: which, where, and what for. */
export interface SocketFile<Protocol extends SocketProtocol = SocketProtocol> {
  readonly protocol: Protocol;
  readonly place: Place;
  /** Number of the namespace, which the sockets are to have. */
  readonly namespace: number | undefined;
  readonly inet?: InetWhere | undefined;
  readonly unix?: UnixWhere | undefined;
  readonly onIssue?: OnIssue | undefined;
  /** Whether promises come between, for calls of the kernel's that may take long; files that are begun are gone on with. */
  readonly ahead: boolean | BegunFiles;
}

type Regions<Row> = Generator<Row[] | Promise<void>, void, undefined>;

/** Sockets of a table of TCP, of UDP, or like them, region by region, in an array that is used again. */
export function inetRegions(file: SocketFile): Regions<TcpSocket | DatagramSocket> | undefined {
  const { protocol, namespace } = file;
  if (protocol === "tcp" || protocol === "tcp6") {
    const table = TCP[protocol];
    return inetOf(table, tcpFormat(table.format, protocol, namespace), file);
  }
  if (protocol === "unix" || protocol === "netlink" || protocol === "packet") return undefined;
  const table = DATAGRAM[protocol];
  return inetOf(table, datagramFormat(table.format, protocol, namespace), file);
}

/** The sockets of any table. */
export function socketRegions(file: SocketFile): Regions<Socket> {
  const inet = inetRegions(file);
  if (inet !== undefined) return inet;
  const { protocol, namespace, place, ahead, onIssue } = file;
  const options = { ...(onIssue && { onIssue }), ...(file.unix && { where: file.unix }) };
  if (protocol === "unix") {
    const rows = regionsOf(unix, { place, name: "unix", options }, ahead, (of) => unix.scanner(of));
    return mapped(rows, (row) => unixSocket(row, namespace));
  }
  if (protocol === "netlink") {
    const rows = regionsOf(netlink, { place, name: "netlink", options }, ahead, (of) => netlink.scanner(of));
    return mapped(rows, (row) => netlinkSocket(row, namespace));
  }
  const rows = regionsOf(packet, { place, name: "packet", options }, ahead, (of) => packet.scanner(of));
  return mapped(rows, (row) => packetSocket(row, namespace));
}

function inetOf<Row extends TcpSocket | DatagramSocket>(
  table: InetTable,
  format: InetFormat<Row>,
  { place, inet: where, onIssue, ahead }: SocketFile,
): Regions<Row> {
  const options: InetOptions = { ...(where && { where }), ...(onIssue && { onIssue }) };
  const begin = (of: InetOptions, reading: Reading): Scanner<Row> => inetScanner(format, of, reading);
  return regionsOf(table, { place, name: table.name, options }, ahead, begin);
}

function* mapped<Row>(regions: Regions<Row>, socketOf: (row: Row) => Socket): Regions<Socket> {
  for (const rows of regions) yield rows instanceof Promise ? rows : rows.map(socketOf);
}
