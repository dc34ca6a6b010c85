import { RouteProtocol, RouteType } from "procnet/parse";
import type { Dump } from "../diag/dump.ts";
import { Writer } from "../netlink/message.ts";
import { type Family, familyCode, RTM_GETROUTE } from "./constants.ts";
import { routeRow } from "./route-row.ts";
import type { IpRoute } from "./route-types.ts";

/** Which routes are asked for. The kernel itself sorts out, since Linux 4.20. */
export interface RouteQuestion {
  /** Of one family; of both by default. */
  readonly family?: Family;
  /** Of the table with this number: see `RouteTableId`. Of all tables by default. */
  readonly table?: number;
  /** Through the interface with this index. */
  readonly ifIndex?: number;
  /** Of this type: `UNICAST`, `LOCAL`, ... */
  readonly type?: Exclude<RouteType, `UNKNOWN(${number})`>;
  /** Made by this: `KERNEL`, `STATIC`, `BGP`, ... */
  readonly protocol?: Exclude<RouteProtocol, `UNKNOWN(${number})`>;
  /** What the kernel learnt of single destinations, as a smaller MTU, in place of the routes: since Linux 5.3. */
  readonly isCache?: boolean;
}

const RTA_OIF = 4;
const RTA_TABLE = 15;
const RTM_F_CLONED = 0x200;

/**
 * Routes of both families and of all tables.
 *
 * @throws KernelError `ENOENT` on asking for a table of one family that there is not, `ENODEV` for an interface
 * @example
 * ```ts
 * import { allRows, NETLINK_ROUTE, NetlinkSocket, openDoor, routes } from "@procnet/kernel";
 * import { RouteTableId } from "procnet";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_ROUTE);
 * const { rows } = allRows(socket, routes({ family: "IPv4", table: RouteTableId.MAIN }));
 * for (const { destination, prefixLength, nextHops } of rows) console.log(`${destination}/${prefixLength}`, nextHops);
 * socket.close();
 * ```
 */
export function routes(question: RouteQuestion = {}): Dump<IpRoute> {
  const { family, table, ifIndex, type, protocol, isCache = false } = question;
  const writer = new Writer().u8(familyCode(family), 0, 0, 0);
  writer.u8(0, protocol === undefined ? 0 : RouteProtocol[protocol], 0, type === undefined ? 0 : RouteType[type]);
  writer.u32(isCache ? RTM_F_CLONED : 0);
  if (table !== undefined) writer.attribute(RTA_TABLE, new Writer().u32(table).bytes());
  if (ifIndex !== undefined) writer.attribute(RTA_OIF, new Writer().u32(ifIndex).bytes());
  const payload = writer.bytes();
  return {
    question: { doing: "rtnetlink: routes", type: RTM_GETROUTE, isDump: true, payload },
    reader: () => (of, from, to) => {
      const row = routeRow(of, from, to);
      return row !== undefined && isAsked(row, question) ? row : undefined;
    },
  };
}

/** Kernels before 4.20 tell all. */
function isAsked(row: IpRoute, { table, ifIndex, type, protocol, isCache = false }: RouteQuestion): boolean {
  return (
    (table === undefined || row.table === table) &&
    (type === undefined || row.type === type) &&
    (protocol === undefined || row.protocol === protocol) &&
    (ifIndex === undefined || row.nextHops.some((hop) => hop.ifIndex === ifIndex)) &&
    ((row.flags & RTM_F_CLONED) !== 0) === isCache
  );
}
