import { type ChildProcess, spawn } from "node:child_process";
import { createKernelSource } from "@procnet/kernel";
import { baseProcFs, type HeldSockets, type SocketSource, sockets } from "procnet";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eachRow } from "../../packages/kernel/src/diag/dump.ts";
import { countInetSockets, inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { inodeOf, portOf, simulatedDoor } from "../support/kernel/simulated-door.ts";

/* A million connections, which no machine of a test has: the kernel is a simulated one, all else is what runs elsewhere. */

const MILLION = 1_000_000;
const SOCK_DIAG = 4;
const PROCESSES = 10;

/** Who holds a socket is told of processes that are there. */
let holders: ChildProcess[] = [];
beforeAll(() => {
  holders = Array.from({ length: PROCESSES }, () => spawn("sleep", ["1000"]));
});
afterAll(() => {
  for (const holder of holders) holder.kill();
});
const pidOf = (at: number): number => holders[at]!.pid!;

it("are counted, and handed on one by one", () => {
  const { door, asked } = simulatedDoor(MILLION);
  const socket = new NetlinkSocket(door, SOCK_DIAG);
  expect(countInetSockets(socket, { protocol: "tcp" }).counts).toEqual(new Map([["ESTABLISHED", MILLION]]));
  const before = asked.datagrams;
  let [rows, inodes, ports, wrong] = [0, 0, 0, 0];
  eachRow(socket, inetSockets({ protocol: "tcp", info: "all" }), ({ inode, localPort, ...row }) => {
    if (inode !== inodeOf(rows) || localPort !== portOf(rows) || !("tcpInfo" in row)) wrong++;
    [rows, inodes, ports] = [rows + 1, inodes + inode, ports + localPort];
  });
  expect({ rows, wrong }).toEqual({ rows: MILLION, wrong: 0 });
  // As many calls as there are datagrams: none for a row.
  expect(asked.datagrams - before).toBeLessThan(MILLION / 50);
});

it("are an answer with the owner of each", async () => {
  const { door } = simulatedDoor(MILLION);
  const held: HeldSockets[] = Array.from({ length: PROCESSES }, (_, at) => {
    const pairs = new Float64Array((2 * MILLION) / PROCESSES);
    for (let fd = 0; fd < pairs.length / 2; fd++) {
      pairs[2 * fd] = fd + 3;
      pairs[2 * fd + 1] = inodeOf(fd * PROCESSES + at);
    }
    return { pid: pidOf(at), start: baseProcFs().process(pidOf(at)).stat().starttime, pairs };
  });
  const kernel = createKernelSource({ door, iterator: false });
  const source: SocketSource = {
    name: "kernel",
    begin: async (asked) => {
      const look = await kernel.begin(asked);
      return {
        notes: look.notes,
        sockets: (question) => look.sockets(question),
        held: async () => held,
        close: () => look.close(),
      };
    },
  };
  const { sockets: found, sourceOf } = await sockets({ protocol: "tcp", source });
  expect(found.length).toBe(MILLION);
  expect(sourceOf?.tables).toEqual(["tcp"]);
  let wrong = 0;
  for (const { inode, localPort, owners } of found) {
    const index = inode - inodeOf(0);
    const [first, ...others] = owners ?? [];
    const isHis = first?.pid === pidOf(index % PROCESSES) && first.fds[0] === Math.floor(index / PROCESSES) + 3;
    if (!isHis || others.length > 0 || localPort !== portOf(index)) wrong++;
  }
  expect(wrong).toBe(0);
});
