import type { ChangedSocket, TcpSocket, WatchedSocket } from "procnet";
import type { Look } from "../../../packages/server/src/sampler/sampler.ts";
import { limitsOf } from "../live/sample.ts";
import { tcpSocket } from "../sockets/tcp-socket.ts";

/** When all looks were. */
export const AT = new Date(0);

/** A connection. */
export function row(inode: number, state: TcpSocket["state"] = "ESTABLISHED"): WatchedSocket {
  const ends = { localAddress: "192.0.2.1", localPort: 80, remoteAddress: "192.0.2.2", remotePort: inode };
  return tcpSocket({ ...ends, state, inode, cwnd: 10, ssthresh: -1, owners: [], ownerless: "kernel" });
}

/** What is different from the look before. */
export interface Changes {
  readonly opened?: readonly WatchedSocket[];
  readonly closed?: readonly WatchedSocket[];
  readonly changed?: readonly ChangedSocket[];
}

/** A look of which only what is told of sockets is filled in. */
export function look(number: number, sockets: readonly WatchedSocket[], changes: Changes = {}): Look {
  const round = { at: AT, took: 1, counts: [], skipped: [] };
  const { opened = [], closed = [], changed = [] } = changes;
  return {
    number,
    sockets,
    item: { kind: "batch", ...round, opened, closed, changed, traces: [], missed: [] },
    read: { namespaces: [], rights: { uid: 0, allProcesses: true } },
    sample: { at: 0, takenAt: AT, uptime: 0, namespace: 1, missing: [] },
    before: undefined,
    limits: limitsOf({}),
    health: { findings: [], unknown: [], ok: [], window: 0, samples: 1 },
    families: [],
  };
}
