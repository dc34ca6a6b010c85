import { Writer } from "../netlink/message.ts";
import {
  AF_INET,
  AF_INET6,
  INET_DIAG_REQ_BYTECODE,
  INET_DIAG_REQ_PROTOCOL,
  IPPROTO_RAW,
  IPPROTO_TCP,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
} from "./constants.ts";

/** The tables of internet sockets that sock_diag has. Ping sockets are in none. */
export type InetProtocol = "tcp" | "tcp6" | "udp" | "udp6" | "udplite" | "udplite6" | "raw" | "raw6";

const NUMBERS: Readonly<Record<string, number>> = {
  tcp: IPPROTO_TCP,
  udp: IPPROTO_UDP,
  udplite: IPPROTO_UDPLITE,
  raw: IPPROTO_RAW,
};

/** Whether sock_diag has this table: it has no ping sockets. */
export function isInetProtocol(protocol: string): protocol is InetProtocol {
  return Object.hasOwn(NUMBERS, protocol.replace("6", ""));
}

/** What `struct inet_diag_req_v2` and its attributes say. */
export interface InetRequest {
  readonly protocol: InetProtocol;
  /** A protocol of IP that is no byte: MPTCP, 262. Linux before 5.9 does not read it, and says that it has no such sockets. */
  readonly ipProtocol?: number | undefined;
  readonly ext: number;
  readonly states: number;
  readonly bytecode?: Uint8Array | undefined;
  /** `struct inet_diag_sockid`, where one socket is meant. */
  readonly id?: Uint8Array | undefined;
  /** Of a raw socket that is meant, its protocol of IP: `struct inet_diag_req_raw`. */
  readonly rawProtocol?: number | undefined;
}

/** IPPROTO_IP, of which no kernel has a table. */
const NOTHING = 0;

/** Bytes of `struct inet_diag_sockid`. */
export const SOCKET_ID = 48;

/** A question as the kernel takes it, behind the head of its message. */
export function inetRequest(request: InetRequest, littleEndian?: boolean): Uint8Array {
  const { protocol, ipProtocol, ext, states, bytecode, id, rawProtocol = 0 } = request;
  // Where the attribute is not read this is all that is: the byte of TCP would be answered with sockets of TCP.
  const number = ipProtocol === undefined ? NUMBERS[protocol.replace("6", "")]! : NOTHING;
  const writer = new Writer(littleEndian)
    .u8(familyOf(protocol), number, ext, rawProtocol)
    .u32(states)
    .raw(id ?? new Uint8Array(SOCKET_ID));
  if (bytecode !== undefined) writer.attribute(INET_DIAG_REQ_BYTECODE, bytecode);
  if (ipProtocol !== undefined)
    writer.attribute(INET_DIAG_REQ_PROTOCOL, new Writer(littleEndian).u32(ipProtocol).bytes());
  return writer.bytes();
}

export function familyOf(protocol: InetProtocol): number {
  return protocol.endsWith("6") ? AF_INET6 : AF_INET;
}
