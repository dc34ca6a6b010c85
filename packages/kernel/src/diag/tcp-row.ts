import type { TcpSocket } from "procnet";
import { TcpState } from "procnet/parse";
import type { KernelBytes } from "../netlink/bytes.ts";
import { IPPROTO_MPTCP } from "./constants.ts";
import { InetAttributes } from "./inet-attributes.ts";
import { messageOf } from "./message-length.ts";
import { mptcpInfo } from "./mptcp-info.ts";
import { stateName } from "./states.ts";
import type { ReadTcpInfo } from "./tcp-info.ts";
import { ulpOf } from "./ulp.ts";
import {
  address4,
  address6,
  bbrOf,
  cgroupOf,
  cookieText,
  dctcpOf,
  memoryOf,
  nameOf,
  sockOptOf,
  vegasOf,
} from "./values.ts";

/*
 * struct inet_diag_msg, include/uapi/linux/inet_diag.h, as inet_sk_diag_fill, inet_twsk_diag_fill and inet_req_diag_fill of
 * net/ipv4/inet_diag.c fill it.
 *
 *    0 family, state, timer, retrans (bytes)     52 expires, milliseconds
 *    4 ports, of the network                     56 rqueue; of a listener how many wait
 *    8 local address, 24 remote address          60 wqueue; of a listener how many may wait
 *   40 interface, 44 cookie                      64 uid, 68 inode
 */

/** How rows of TCP are made. */
export interface TcpRows {
  readonly protocol: TcpSocket["protocol"];
  readonly namespace: number | undefined;
  /** 262 for MPTCP, whose figures are not those of TCP. */
  readonly ipProtocol: number | undefined;
  readonly readInfo: ReadTcpInfo | undefined;
  readonly isCookieTold: boolean;
  /** Whether the timer is told to the millisecond, which is a tenth of a tick. */
  readonly isTimerExact: boolean;
}

const LISTEN = TcpState.LISTEN;

/** The timers by which a peer is probed: what was retransmitted is probes then. */
const KEEPALIVE = 2;
const ZERO_WINDOW_PROBE = 4;

/** In the first slow start, before any loss: TCP_INFINITE_SSTHRESH, which procfs prints as -1. */
const INFINITE = 0x7fffffff;

/**
 * Makes the rows of one dump, of two shapes: most have none of the fields that the second adds, and half of the time goes into the room
 * that 100,000 rows take. What differs from procfs is levelled: see README.md. */
export function tcpRows(rows: TcpRows): (of: KernelBytes, from: number, to: number) => TcpSocket {
  const { protocol, namespace, ipProtocol, readInfo, isCookieTold, isTimerExact } = rows;
  const addressOf = protocol === "tcp6" ? address6 : address4;
  const has = new InetAttributes();
  return (of, from, to) => {
    const attributes = messageOf(from, to);
    const { bytes, view, littleEndian } = of;
    has.read(of, attributes, to);
    const state = bytes[from + 1]!;
    const timer = bytes[from + 2]!;
    const tries = bytes[from + 3]!;
    const isProbed = timer === KEEPALIVE || timer === ZERO_WINDOW_PROBE;
    const wqueue = view.getUint32(from + 60, littleEndian);
    const isListener = state === LISTEN;
    const ticks = view.getUint32(from + 52, littleEndian) / 10;
    const ifIndex = view.getUint32(from + 40, littleEndian);
    let retransmits = isProbed ? 0 : tries;
    let probes = isProbed ? tries : 0;
    let rto: number | undefined;
    let ato: number | undefined;
    let cwnd: number | undefined;
    let ssthresh: number | undefined;
    const { info, infoEnd } = has;
    // Of MPTCP it is another structure; what does not reach beyond the window is of no kernel that has this.
    const isInfo = info !== 0 && readInfo !== undefined && infoEnd - info >= 84;
    if (isInfo) {
      retransmits = bytes[info + 2]!;
      probes = bytes[info + 3]!;
      cwnd = view.getUint32(info + 80, littleEndian);
      if (!isListener) {
        rto = (view.getUint32(info + 8, littleEndian) / 10000) >>> 0;
        ato = (view.getUint32(info + 12, littleEndian) / 10000) >>> 0;
        ssthresh = view.getUint32(info + 76, littleEndian);
        if (ssthresh >= INFINITE) ssthresh = -1;
      }
    }
    const row: TcpSocket = {
      protocol,
      namespace,
      localAddress: addressOf(of, from + 8),
      localPort: view.getUint16(from + 4),
      remoteAddress: addressOf(of, from + 24),
      remotePort: view.getUint16(from + 6),
      state: stateName(state),
      txQueue: isListener ? 0 : wqueue,
      rxQueue: view.getUint32(from + 56, littleEndian),
      timer,
      timerExpires: isTimerExact ? ticks : ticks >>> 0,
      retransmits,
      uid: view.getUint32(from + 64, littleEndian),
      probes,
      inode: view.getUint32(from + 68, littleEndian),
      refCount: undefined,
      rto,
      ato,
      quickAck: undefined,
      cwnd,
      ssthresh,
      owners: undefined,
      ownerless: undefined,
      cookie: isCookieTold ? cookieText(of, from + 44) : undefined,
      shutdown: has.shutdown === 0 ? undefined : bytes[has.shutdown],
      cgroupId: cgroupOf(of, has),
      placement: undefined,
      mark: has.mark === 0 ? undefined : view.getUint32(has.mark, littleEndian),
      sockOpt: has.options === 0 ? undefined : sockOptOf(of, has.options),
      tcpInfo: isInfo ? readInfo(of, info, infoEnd) : undefined,
    };
    if (!has.isMore && !isListener && ifIndex === 0 && ipProtocol === undefined) return row;
    const above = has.ulp === 0 ? undefined : ulpOf(of, has.ulp, has.ulpEnd);
    // Each field by its name: to spread a row into another takes twenty times as long.
    return {
      protocol,
      namespace,
      localAddress: row.localAddress,
      localPort: row.localPort,
      remoteAddress: row.remoteAddress,
      remotePort: row.remotePort,
      state: row.state,
      txQueue: row.txQueue,
      rxQueue: row.rxQueue,
      timer,
      timerExpires: row.timerExpires,
      retransmits,
      uid: row.uid,
      probes,
      inode: row.inode,
      refCount: undefined,
      rto,
      ato,
      quickAck: undefined,
      cwnd,
      ssthresh,
      owners: undefined,
      ownerless: undefined,
      cookie: row.cookie,
      shutdown: row.shutdown,
      cgroupId: row.cgroupId,
      placement: undefined,
      mark: row.mark,
      sockOpt: row.sockOpt,
      tcpInfo: row.tcpInfo,
      skMem: has.memory === 0 ? undefined : memoryOf(of, has.memory, has.memoryEnd),
      congestion: has.congestion === 0 ? undefined : nameOf(of, has.congestion, has.congestionEnd),
      bbr: has.bbr === 0 ? undefined : bbrOf(of, has.bbr),
      backlog: isListener ? wqueue : undefined,
      ifIndex: ifIndex === 0 ? undefined : ifIndex,
      v6only: has.v6only === 0 ? undefined : bytes[has.v6only] !== 0,
      classId: has.classId === 0 ? undefined : view.getUint32(has.classId, littleEndian),
      tos: has.tos === 0 ? undefined : bytes[has.tos],
      tclass: has.tclass === 0 ? undefined : bytes[has.tclass],
      unknownAttributes: has.unknown,
      vegas: has.vegas === 0 ? undefined : vegasOf(of, has.vegas),
      dctcp: has.dctcp === 0 ? undefined : dctcpOf(of, has.dctcp),
      mptcpSubflow: above?.subflow,
      tlsInfo: above?.tls,
      ulp: above?.name,
      ipProtocol,
      mptcpInfo: info !== 0 && ipProtocol === IPPROTO_MPTCP ? mptcpInfo(of, info, infoEnd) : undefined,
    };
  };
}
