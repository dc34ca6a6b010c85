import { Writer } from "../../../packages/kernel/src/netlink/message.ts";

/** What `struct inet_diag_msg` says of a socket, written out by hand: include/uapi/linux/inet_diag.h. */
export interface InetMessage {
  readonly family?: number;
  readonly state?: number;
  readonly timer?: number;
  readonly retrans?: number;
  readonly localPort?: number;
  readonly remotePort?: number;
  readonly local?: readonly number[];
  readonly remote?: readonly number[];
  readonly interface?: number;
  readonly cookie?: readonly [number, number];
  readonly expires?: number;
  readonly rqueue?: number;
  readonly wqueue?: number;
  readonly uid?: number;
  readonly inode?: number;
  readonly attributes?: readonly (readonly [type: number, value: Uint8Array])[];
}

/** The bytes of the message behind the head of netlink, of a machine of that order. */
export function inetMessage(message: InetMessage, littleEndian: boolean): Uint8Array {
  const { localPort = 0, remotePort = 0, local = [], remote = [], cookie = [0, 0] } = message;
  const ofNetwork = (port: number): [number, number] => [port >> 8, port & 0xff];
  const sixteen = (address: readonly number[]): Uint8Array =>
    Uint8Array.from({ length: 16 }, (_, at) => address[at] ?? 0);
  const writer = new Writer(littleEndian)
    .u8(message.family ?? 2, message.state ?? 1, message.timer ?? 0, message.retrans ?? 0)
    .u8(...ofNetwork(localPort), ...ofNetwork(remotePort))
    .raw(sixteen(local))
    .raw(sixteen(remote))
    .u32(message.interface ?? 0)
    .u32(cookie[0])
    .u32(cookie[1])
    .u32(message.expires ?? 0)
    .u32(message.rqueue ?? 0)
    .u32(message.wqueue ?? 0)
    .u32(message.uid ?? 0)
    .u32(message.inode ?? 0);
  for (const [type, value] of message.attributes ?? []) writer.attribute(type, value);
  return writer.bytes();
}

/** `struct tcp_info` as long as Linux 6.18 has it, or shorter, with some of its fields: by where they lie, and how wide they are. */
export function tcpInfo(
  fields: readonly (readonly [at: number, bytes: 1 | 2 | 4 | 8, value: number])[],
  littleEndian: boolean,
  length = 280,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(280));
  for (const [at, bytes, value] of fields) {
    if (bytes === 1) view.setUint8(at, value);
    else if (bytes === 2) view.setUint16(at, value, littleEndian);
    else if (bytes === 4) view.setUint32(at, value, littleEndian);
    else view.setBigUint64(at, BigInt(value), littleEndian);
  }
  return new Uint8Array(view.buffer, 0, length);
}
