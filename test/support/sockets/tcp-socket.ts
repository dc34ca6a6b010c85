import type { DatagramSocket, SocketOwner, TcpSocket } from "../../../packages/procnet/src/index.ts";

/** A process that holds sockets. */
export function ownerNamed(program: string): SocketOwner {
  return {
    pid: 1,
    startTime: 100,
    program,
    comm: program,
    cmdline: [program],
    exe: undefined,
    uid: 0,
    fds: [3],
    cgroup: undefined,
    container: undefined,
    unit: undefined,
  };
}

/** A connection over loopback in which nothing waits, as `sockets()` gives it, but for what is said. */
export function tcpSocket(some: Partial<TcpSocket>): TcpSocket {
  return {
    protocol: "tcp",
    namespace: 1,
    localAddress: "127.0.0.1",
    localPort: 1000,
    remoteAddress: "127.0.0.1",
    remotePort: 2000,
    state: "ESTABLISHED",
    txQueue: 0,
    rxQueue: 0,
    timer: 0,
    timerExpires: 0,
    retransmits: 0,
    uid: 0,
    probes: 0,
    inode: 7,
    refCount: 1,
    rto: undefined,
    ato: undefined,
    quickAck: undefined,
    cwnd: undefined,
    ssthresh: undefined,
    owners: [ownerNamed("prog")],
    ownerless: undefined,
    ...some,
  };
}

/** A socket of UDP that is bound and has no peer. */
export function datagramSocket(some: Partial<DatagramSocket>): DatagramSocket {
  const { rto, ato, quickAck, cwnd, ssthresh, ...common } = tcpSocket({});
  return {
    ...common,
    protocol: "udp",
    state: "CLOSE",
    localAddress: "0.0.0.0",
    remoteAddress: "0.0.0.0",
    remotePort: 0,
    drops: 0,
    ...some,
  };
}
