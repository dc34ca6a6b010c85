import { expect, it } from "vitest";
import { tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import type { Socket } from "../../sockets/types.ts";
import { LISTENER_COLUMNS } from "./columns.ts";
import { listenerRows } from "./listeners.ts";

const listener = (some: Partial<Extract<Socket, { protocol: "tcp" | "tcp6" }>>) =>
  tcpSocket({ state: "LISTEN", localAddress: "0.0.0.0", remoteAddress: "0.0.0.0", remotePort: 0, ...some });

it("the longest queue comes first; connections are those of the port, of either family, in the same namespace", () => {
  const rows = listenerRows([
    listener({ localPort: 80, inode: 1 }),
    listener({ localPort: 81, inode: 2, rxQueue: 3 }),
    tcpSocket({ localPort: 80, inode: 3 }),
    tcpSocket({ protocol: "tcp6", localPort: 80, inode: 4 }),
    tcpSocket({ localPort: 80, inode: 5, namespace: 2 }),
    tcpSocket({ localPort: 9, remotePort: 80, inode: 6 }),
  ]);
  expect(rows.map(({ localPort, waiting, connections }) => [localPort, waiting, connections])).toEqual([
    [81, 3, 0],
    [80, 0, 2],
  ]);
});

it("a queue is full at the backlog and one, once that was learnt; the listener of another namespace is not judged", () => {
  const subject = { kind: "listener", protocol: "tcp", address: "0.0.0.0", port: 81 } as const;
  const limit = { name: "backlog", value: 3, file: "learnt while ListenOverflows rose", scope: "listener" } as const;
  const finding = { id: "tcp-accept-queue-long", severity: "crit", subject, owners: [], limit } as const;
  const all = [listener({ localPort: 81, inode: 1, rxQueue: 4 }), listener({ localPort: 81, inode: 2, namespace: 2 })];
  const [own, other] = listenerRows(all, { findings: [finding], namespace: 1 });
  expect([own!.fullAt, own!.findings]).toEqual([4, [{ id: "tcp-accept-queue-long", severity: "crit" }]]);
  expect([other!.fullAt, other!.findings]).toEqual([undefined, []]);
  const text = LISTENER_COLUMNS.find(({ key }) => key === "fullat")!;
  expect([text.value(own!), text.value(other!)]).toEqual(["4", "?"]);
});

it("a queue is full at the backlog and one where the kernel tells the backlog, in any namespace and whatever was learnt", () => {
  const subject = { kind: "listener", protocol: "tcp", address: "0.0.0.0", port: 81 } as const;
  const limit = { name: "backlog", value: 3, file: "learnt while ListenOverflows rose", scope: "listener" } as const;
  const finding = { id: "tcp-accept-queue-long", severity: "crit", subject, owners: [], limit } as const;
  const rows = listenerRows(
    [
      listener({ localPort: 81, inode: 1, backlog: 128 }),
      listener({ localPort: 82, inode: 2, backlog: 0, namespace: 2 }),
    ],
    { findings: [finding], namespace: 1 },
  );
  expect(rows.map(({ localPort, fullAt }) => [localPort, fullAt])).toEqual([
    [81, 129],
    [82, 1],
  ]);
});

it("nobody and nobody that could be seen are two things", () => {
  const [hidden, nobody] = listenerRows([
    listener({ rxQueue: 1, owners: [], ownerless: "no-permission" }),
    listener({ owners: [], ownerless: "kernel" }),
  ]);
  const text = LISTENER_COLUMNS.find(({ key }) => key === "process")!;
  expect([text.value(hidden!), text.value(nobody!)]).toEqual(["?", "-"]);
});
