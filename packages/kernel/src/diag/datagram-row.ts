import type { DatagramSocket } from "procnet";
import type { KernelBytes } from "../netlink/bytes.ts";
import { InetAttributes } from "./inet-attributes.ts";
import { messageOf } from "./message-length.ts";
import { stateName } from "./states.ts";
import { address4, address6, cgroupOf, cookieText, memoryOf, sockOptOf } from "./values.ts";

/** How rows of UDP, UDP-Lite and raw sockets are made. */
export interface DatagramRows {
  readonly protocol: DatagramSocket["protocol"];
  readonly namespace: number | undefined;
  readonly isCookieTold: boolean;
}

/** Datagrams that were lost: the last of the figures of memory, which Linux before 4.7 does not have. */
const DROPS = 32;

/** Makes the rows of one dump, of the same messages as TCP: see tcp-row.ts. */
export function datagramRows(rows: DatagramRows): (of: KernelBytes, from: number, to: number) => DatagramSocket {
  const { protocol, namespace, isCookieTold } = rows;
  const addressOf = protocol.endsWith("6") ? address6 : address4;
  const has = new InetAttributes();
  return (of, from, to) => {
    const attributes = messageOf(from, to);
    const { bytes, view, littleEndian } = of;
    has.read(of, attributes, to);
    const ifIndex = view.getUint32(from + 40, littleEndian);
    const hasDrops = has.memory !== 0 && has.memoryEnd - has.memory >= DROPS + 4;
    return {
      protocol,
      namespace,
      localAddress: addressOf(of, from + 8),
      localPort: view.getUint16(from + 4),
      remoteAddress: addressOf(of, from + 24),
      remotePort: view.getUint16(from + 6),
      state: stateName(bytes[from + 1]!),
      txQueue: view.getUint32(from + 60, littleEndian),
      rxQueue: view.getUint32(from + 56, littleEndian),
      timer: bytes[from + 2]!,
      timerExpires: (view.getUint32(from + 52, littleEndian) / 10) >>> 0,
      retransmits: bytes[from + 3]!,
      uid: view.getUint32(from + 64, littleEndian),
      probes: 0,
      inode: view.getUint32(from + 68, littleEndian),
      refCount: undefined,
      drops: hasDrops ? view.getUint32(has.memory + DROPS, littleEndian) : undefined,
      owners: undefined,
      ownerless: undefined,
      cookie: isCookieTold ? cookieText(of, from + 44) : undefined,
      shutdown: has.shutdown === 0 ? undefined : bytes[has.shutdown],
      cgroupId: cgroupOf(of, has),
      placement: undefined,
      mark: has.mark === 0 ? undefined : view.getUint32(has.mark, littleEndian),
      sockOpt: has.options === 0 ? undefined : sockOptOf(of, has.options),
      skMem: has.memory === 0 ? undefined : memoryOf(of, has.memory, has.memoryEnd),
      ifIndex: ifIndex === 0 ? undefined : ifIndex,
      v6only: has.v6only === 0 ? undefined : bytes[has.v6only] !== 0,
      classId: has.classId === 0 ? undefined : view.getUint32(has.classId, littleEndian),
      tos: has.tos === 0 ? undefined : bytes[has.tos],
      tclass: has.tclass === 0 ? undefined : bytes[has.tclass],
      unknownAttributes: has.unknown,
    };
  };
}
