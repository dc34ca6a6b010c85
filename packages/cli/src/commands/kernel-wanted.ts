import type { Socket, SocketProtocol } from "procnet";
import { type Filter, missingFields } from "procnet/query";
import { type Column, columnNamed, KERNEL_COLUMNS, KERNEL_VALUES, SOCKET_COLUMNS } from "procnet/view";

/** Columns of sockets: what procfs tells, and what the kernel tells besides. */
export const ALL_COLUMNS: readonly Column<Socket>[] = [...SOCKET_COLUMNS, ...KERNEL_COLUMNS];

/** What a command line asks for that procfs does not tell and the kernel does. */
export interface KernelWanted {
  /** What it is called. */
  readonly wanted: readonly string[];
  /** The tables whose sockets have it. */
  readonly tables: readonly SocketProtocol[];
}

/** What words of a filter, and columns by whichever of their names, ask for of these tables. */
export function kernelWanted(
  filter: Filter | undefined,
  columns: readonly string[],
  protocols: readonly SocketProtocol[],
): KernelWanted {
  const wanted = new Set<string>();
  const tables = new Set<SocketProtocol>();
  const take = (name: string, of: readonly SocketProtocol[]): void => {
    if (of.length > 0) wanted.add(name);
    for (const protocol of of) tables.add(protocol);
  };
  if (filter !== undefined) {
    for (const { field, ofKernel } of missingFields(filter, protocols)) take(field, ofKernel);
  }
  for (const name of columns) {
    const key = columnNamed(ALL_COLUMNS, name)?.key;
    if (key !== undefined)
      take(
        key,
        protocols.filter((protocol) => isOfKernelAlone(key, protocol)),
      );
  }
  return { wanted: [...wanted], tables: protocols.filter((protocol) => tables.has(protocol)) };
}

/** Columns of which files tell of all but unix sockets. */
const NOT_OF_UNIX: ReadonlySet<string> = new Set(["recvq", "sendq", "uid", "peer"]);

function isOfKernelAlone(key: string, protocol: SocketProtocol): boolean {
  if (key === "congestion") return protocol === "tcp" || protocol === "tcp6";
  if (key === "cookie") return !protocol.startsWith("icmp");
  const number = KERNEL_VALUES.find(({ name }) => name === key);
  return number === undefined ? protocol === "unix" && NOT_OF_UNIX.has(key) : number.has(protocol);
}
