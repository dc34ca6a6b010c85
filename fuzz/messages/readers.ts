import {
  addresses,
  type Dump,
  eachAttribute,
  inetSockets,
  kernelBytes,
  links,
  neighbours,
  netlinkSockets,
  packetSockets,
  routes,
  rules,
  unixSockets,
  vsockSockets,
} from "../kernel.ts";

/** Something that reads messages of the kernel. */
export interface MessageReader {
  readonly name: string;
  /** Recorded answers that it reads, by the name of their files; none for what this machine's kernel was never asked. */
  readonly recorded: string | undefined;
  /** Bytes in front of a message's attributes. */
  readonly head: number;
  /** Reads one message without the head of netlink; throws where it is none. */
  readonly read: (payload: Uint8Array, littleEndian: boolean) => unknown;
}

const ALL = { info: "all", congestion: true, tos: true, memory: true, cookie: true } as const;

/** Every reader of rows that the package has, and the attributes that all of them are made of. */
export const READERS: readonly MessageReader[] = [
  ...(["tcp", "tcp6", "udp", "udp6", "udplite", "raw6"] as const).map((protocol) =>
    reader(protocol, 72, inetSockets({ protocol, ...ALL }), ["tcp", "tcp6", "udp", "udp6"].includes(protocol)),
  ),
  reader("unix", 16, unixSockets({ memory: true, cookie: true })),
  reader("netlink", 28, netlinkSockets({ cookie: true }), false),
  reader("packet", 16, packetSockets({ cookie: true, memberships: true, filter: true }), false),
  reader("vsock", 40, vsockSockets(), false),
  reader("links", 16, links()),
  reader("addresses", 8, addresses()),
  reader("routes", 12, routes()),
  reader("neighbours", 12, neighbours()),
  reader("rules", 12, rules()),
  {
    name: "attributes",
    recorded: "tcp",
    head: 0,
    read: (payload, littleEndian) => {
      const types: number[] = [];
      const isWhole = eachAttribute(kernelBytes(payload, littleEndian), 0, payload.length, (type) => types.push(type));
      return { isWhole, types };
    },
  },
];

function reader(name: string, head: number, dump: Dump<unknown>, isRecorded = true): MessageReader {
  return {
    name,
    recorded: isRecorded ? name : undefined,
    head,
    read: (payload, littleEndian) => dump.reader()(kernelBytes(payload, littleEndian), 0, payload.length),
  };
}
