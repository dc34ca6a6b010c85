import type { DatagramSocket, TcpSocket } from "procnet";
import { parseAddressRange } from "procnet/parse";
import { KernelError } from "../netlink/errors.ts";
import { Writer } from "../netlink/message.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import { AF_INET6, IPPROTO_MPTCP, SOCK_DESTROY, SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import { extOf, type InetQuestion, type InetSocketOf, inetRow } from "./inet.ts";
import { familyOf, type InetProtocol, inetRequest, isInetProtocol } from "./inet-request.ts";

/** By what one socket is known. */
export interface InetEndpoints {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The interface it is bound to, where it is. */
  readonly ifIndex?: number | undefined;
}

/** A socket that is named for good: a row has it. */
export interface NamedInetSocket extends InetEndpoints {
  readonly protocol: TcpSocket["protocol"] | DatagramSocket["protocol"];
  readonly cookie?: string | undefined;
  readonly ipProtocol?: number | undefined;
}

/** Any socket of these endpoints: INET_DIAG_NOCOOKIE. */
const NO_COOKIE = 0xffffffffffffffffn;
const ACKNOWLEDGED = 4;
const ALL_STATES = 0xffffffff;
/** What the kernel says of other sockets where another cookie stands there: sock_diag_check_cookie. */
const ESTALE = 116;

/**
 * The one socket with these endpoints; `undefined` where there is none. The kernel looks it up as it does for a packet, whatever else
 * there is: no table is gone through.
 *
 * @throws KernelError for all but that there is none
 */
export function inetSocket<Protocol extends InetProtocol>(
  socket: NetlinkSocket,
  question: InetQuestion & { readonly protocol: Protocol },
  endpoints: InetEndpoints,
): InetSocketOf<Protocol> | undefined {
  const found = foundBy(socket, question, endpoints);
  // Where there is no such connection the kernel finds who would be asked for one: the listener.
  return found !== undefined && isAt(found, endpoints) ? (found as InetSocketOf<Protocol>) : undefined;
}

/** What the kernel finds by these ends. */
function foundBy(
  socket: NetlinkSocket,
  question: InetQuestion,
  endpoints: InetEndpoints,
): TcpSocket | DatagramSocket | undefined {
  const { protocol, isMptcp = false } = question;
  // Of one UDP socket the kernel takes the ends for those of a packet that comes to it: udp_dump_one, net/ipv4/udp_diag.c.
  const id = socketId(protocol, protocol.startsWith("udp") ? turned(endpoints) : endpoints, NO_COOKIE);
  const request = {
    protocol,
    ext: extOf(question),
    states: ALL_STATES,
    id,
    ipProtocol: isMptcp ? IPPROTO_MPTCP : undefined,
    rawProtocol: rawProtocolOf(protocol, endpoints),
  };
  const read = inetRow(question);
  let found: TcpSocket | DatagramSocket | undefined;
  try {
    const asked = { doing: `sock_diag of one ${protocol} socket`, type: SOCK_DIAG_BY_FAMILY, isDump: false };
    socket.ask({ ...asked, payload: inetRequest(request) }, (_type, from, to) => {
      found = read(socket.buffer, from, to);
    });
  } catch (error) {
    if (error instanceof KernelError && error.code === "ENOENT") return undefined;
    throw error;
  }
  return found;
}

/**
 * Ends a socket: its program gets an error (ECONNABORTED), its peer a reset. The kernel compares the cookie, so that no other socket can be
 * met that has got the same endpoints meanwhile. Needs CAP_NET_ADMIN, and CONFIG_INET_DIAG_DESTROY in the kernel.
 *
 * Of raw sockets the kernel compares no cookie and ends the first that takes packets of that protocol between these ends. Which it is, is looked
 * up before: another is not met, but one that is made between the two questions would be.
 *
 * @param one a row that was asked for with `cookie: true`
 * @throws KernelError `ENOENT` or `ESTALE` where it is gone, or the kernel finds another one by these ends; `EPERM`; `EOPNOTSUPP`
 */
export function destroyInetSocket(socket: NetlinkSocket, one: NamedInetSocket): void {
  const { protocol, cookie, ipProtocol } = one;
  if (cookie === undefined)
    throw new TypeError("destroyInetSocket: the socket has no cookie: ask for it with cookie: true");
  if (!isInetProtocol(protocol)) throw new TypeError(`destroyInetSocket: sock_diag has no ${protocol} sockets`);
  const id = socketId(protocol, one, BigInt(`0x${cookie}`));
  const rawProtocol = rawProtocolOf(protocol, one);
  const doing = `SOCK_DESTROY of a ${protocol} socket`;
  // raw_diag_destroy of net/ipv4/raw_diag.c takes the first that raw_lookup finds: two programs that ping have sockets of the same ends.
  if (rawProtocol !== undefined && foundBy(socket, { protocol, cookie: true }, one)?.cookie !== cookie)
    throw new KernelError(doing, ESTALE);
  const payload = inetRequest({ protocol, ext: 0, states: ALL_STATES, id, ipProtocol, rawProtocol });
  const asked = {
    doing,
    type: SOCK_DESTROY,
    flags: ACKNOWLEDGED,
    isDump: false,
  };
  socket.ask({ ...asked, payload }, () => {});
}

/** Of raw sockets the kernel tells and finds the protocol of IP, which their rows have where others have a port: raw_lookup, net/ipv4/raw_diag.c. */
function rawProtocolOf(protocol: InetProtocol, { localPort }: InetEndpoints): number | undefined {
  return protocol.startsWith("raw") ? localPort & 0xff : undefined;
}

/** `struct inet_diag_sockid`: ports and addresses in the order of the network. */
function socketId(protocol: InetProtocol, endpoints: InetEndpoints, cookie: bigint): Uint8Array {
  const { localAddress, localPort, remoteAddress, remotePort, ifIndex = 0 } = endpoints;
  const isIpv6 = familyOf(protocol) === AF_INET6;
  return new Writer()
    .u8(localPort >> 8, localPort & 0xff, remotePort >> 8, remotePort & 0xff)
    .raw(addressBytes(localAddress, isIpv6))
    .raw(addressBytes(remoteAddress, isIpv6))
    .u32(ifIndex)
    .u32(Number(cookie & 0xffffffffn))
    .u32(Number(cookie >> 32n))
    .bytes();
}

function addressBytes(address: string, isIpv6: boolean): Uint8Array {
  const range = address.includes("/") ? undefined : parseAddressRange(address);
  if (range === undefined || (!isIpv6 && address.includes(":")))
    throw new TypeError(`"${address}" is no address of IPv${isIpv6 ? 6 : 4}`);
  if (isIpv6) return range.bytes;
  const bytes = new Uint8Array(16);
  bytes.set(range.bytes.subarray(12));
  return bytes;
}

function turned({ localAddress, localPort, remoteAddress, remotePort, ifIndex }: InetEndpoints): InetEndpoints {
  return {
    localAddress: remoteAddress,
    localPort: remotePort,
    remoteAddress: localAddress,
    remotePort: localPort,
    ifIndex,
  };
}

function isAt(found: TcpSocket | DatagramSocket, wanted: InetEndpoints): boolean {
  return (
    found.localPort === wanted.localPort &&
    found.remotePort === wanted.remotePort &&
    isSame(found.localAddress, wanted.localAddress) &&
    isSame(found.remoteAddress, wanted.remoteAddress)
  );
}

/** Two texts of one address: `::1` is `0:0:0:0:0:0:0:1`. */
function isSame(one: string, other: string): boolean {
  return one === other || parseAddressRange(one)?.bytes.join() === parseAddressRange(other)?.bytes.join();
}
