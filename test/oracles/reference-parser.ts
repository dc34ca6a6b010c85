import * as ipaddr from "ipaddr.js";
import { type ByteOrder, type InetSocketEntry, nameOf, TcpState } from "../../packages/procnet/src/index.ts";

/** A parser of internet socket tables that is slow and plain: one `split` a line, addresses by another library. */
export function referenceRows(text: string, isTcp: boolean, order: ByteOrder): InetSocketEntry[] {
  const [, ...lines] = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => referenceRow(line, isTcp, order));
}

function referenceRow(line: string, isTcp: boolean, order: ByteOrder): InetSocketEntry {
  const [, local = "", remote = "", st = "", queues = "", times = "", retransmits = "", ...rest] = line
    .split(" ")
    .filter((word) => word !== "");
  const [uid, probes, inode, refCount, , ...tail] = rest;
  const known = isTcp ? 5 : 1;
  const numbers = tail.slice(0, known).map(Number);
  const extra = tail.slice(known);
  const row = {
    localAddress: address(local, order),
    localPort: half(local, 1),
    remoteAddress: address(remote, order),
    remotePort: half(remote, 1),
    state: nameOf(TcpState, Number.parseInt(st, 16)),
    txQueue: half(queues, 0),
    rxQueue: half(queues, 1),
    timer: half(times, 0),
    timerExpires: half(times, 1),
    retransmits: Number.parseInt(retransmits, 16),
    uid: Number(uid),
    probes: Number(probes),
    inode: Number(inode),
    refCount: Number(refCount),
    ...(extra.length > 0 && { extra }),
  };
  if (!isTcp) return Object.assign(row, { drops: numbers[0] });
  const [rto, ato, quickAck, cwnd, ssthresh] = numbers;
  return Object.assign(row, { rto, ato, quickAck, cwnd, ssthresh });
}

function half(pair: string, index: 0 | 1): number {
  return Number.parseInt(pair.split(":")[index]!, 16);
}

function address(pair: string, order: ByteOrder): string {
  const words = pair.split(":")[0]!.match(/.{8}/g)!;
  const bytes = words.flatMap((word) => {
    const inWord = word.match(/../g)!.map((byte) => Number.parseInt(byte, 16));
    return order === "LE" ? inWord.reverse() : inWord;
  });
  const parsed = ipaddr.fromByteArray(bytes);
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()) return `::ffff:${parsed.toIPv4Address()}`;
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}
