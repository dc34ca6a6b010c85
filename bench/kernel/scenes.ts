import {
  allRows,
  bytecodeOf,
  countInetSockets,
  createKernelSource,
  inetSocket,
  inetSockets,
  NETLINK_SOCK_DIAG,
  NetlinkSocket,
  openDoor,
  stateMask,
  unixSockets,
} from "@procnet/kernel";
import { net, SocketEngine, sockets } from "procnet";
import type { Place } from "../case.ts";
import type { Mark } from "../marks/mark.ts";
import { startCrowd } from "../shapes/crowd.ts";
import { median } from "../statistics.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { built } from "../tools/program.ts";
import { elsewhere, inTurns, ratio, type Subject } from "./rounds.ts";

/** How a scene is measured. */
export interface SceneOptions {
  readonly place: Place;
  readonly rounds: number;
  /** Everything is so many times smaller. */
  readonly parts: number;
}

const milliseconds = (what: string, times: readonly number[], most: number, note?: string): Mark => ({
  what,
  value: median(times),
  unit: "ms",
  most,
  ...(note !== undefined && { note }),
});

const ratioOf = (what: string, ours: readonly number[], theirs: readonly number[], most: number): Mark => ({
  what,
  value: ratio(ours, theirs),
  unit: "",
  most,
  note: `${median(ours).toFixed(1)} and ${median(theirs).toFixed(1)} ms`,
});

/** Tables of TCP, and who holds the sockets: 100,000 of them in 6 processes. */
export async function manySockets({ place, rounds, parts }: SceneOptions): Promise<Mark[]> {
  const floor = new Coprocess(await built("diag-floor", place), []);
  await using _crowd = await startCrowd(place, { processes: 6, connections: Math.ceil(8333 / parts), listeners: 1 });
  const socket = new NetlinkSocket(openDoor(), NETLINK_SOCK_DIAG);
  const source = createKernelSource();
  const one = net.tcp().find(({ state }) => state === "ESTABLISHED")!;
  const LISTEN = stateMask(["LISTEN"]);
  const engine = (given: object) => async (): Promise<number> => {
    const fresh = new SocketEngine();
    try {
      const { sockets: found } = await fresh.sockets({ protocol: ["tcp", "tcp6"], ...given });
      return found.filter(({ owners }) => (owners?.length ?? 0) > 0).length;
    } finally {
      fresh.close();
    }
  };
  const bytecode = bytecodeOf({ kind: "port", side: "local", least: one.localPort, most: one.localPort });
  try {
    const times = await inTurns(
      {
        kernel: async () => {
          const { ms, sockets: count } = await floor.ask();
          elsewhere(ms);
          return count;
        },
        text: () => net.tcp().length,
        netlink: () => allRows(socket, inetSockets({ protocol: "tcp" })).rows.length,
        "text by state": () => sum(net.count("tcp").values()),
        "netlink by state": () => sum(countInetSockets(socket, { protocol: "tcp" }).counts.values()),
        "text of a port": () => net.tcp({ where: { localPort: one.localPort } }).length,
        "netlink of a port": () => allRows(socket, inetSockets({ protocol: "tcp", bytecode })).rows.length,
        listeners: () => allRows(socket, inetSockets({ protocol: "tcp", states: LISTEN })).rows.length,
        "one connection": () => (inetSocket(socket, { protocol: "tcp" }, one) === undefined ? 0 : 1),
        "owners alone": async () => {
          const look = await source.begin({ root: "/proc", pids: [], signal: undefined });
          const held = (await look.held()) ?? [];
          look.close();
          return held.length;
        },
        "owners by links": engine({}),
        "owners by the kernel": engine({ source }),
      },
      rounds,
      [
        ["text", "netlink", "text by state", "netlink by state"],
        ["text of a port", "netlink of a port"],
        ["owners by links", "owners by the kernel"],
      ],
    );
    return [
      ratioOf("all rows with figures, netlink by text", times.netlink, times.text, 0.95),
      ratioOf("the same, by the kernel's dump in C", times.netlink, times.kernel, 1.35),
      ratioOf("count by state, netlink by text", times["netlink by state"], times["text by state"], 0.65),
      ratioOf("one port, netlink by text", times["netlink of a port"], times["text of a port"], 0.25),
      milliseconds("listeners", times.listeners, 5),
      milliseconds("one connection by its ends", times["one connection"], 5),
      ratioOf("owners, first look, kernel by links", times["owners by the kernel"], times["owners by links"], 0.6),
      milliseconds("owners alone", times["owners alone"], 100),
    ];
  } finally {
    source.close();
    socket.close();
    floor.end();
  }
}

function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

/** Waits until the sockets of the scene before are gone: processes that are ended take the kernel a while. */
async function still(): Promise<void> {
  for (let before = -1, now = net.tcp().length; now !== before; now = net.tcp().length) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** TCP in 100 network namespaces with three sockets each. */
export async function manyNamespaces({ place, rounds, parts }: SceneOptions): Promise<Mark[]> {
  const processes = Math.ceil(100 / parts);
  await still();
  await using _crowd = await startCrowd(place, { processes, listeners: 3, namespaces: true });
  const source = createKernelSource({ iterator: false });
  const look =
    (given: object): Subject =>
    async () => {
      const asked = { protocol: ["tcp"], namespaces: "all", owners: false, ...given } as const;
      return (await sockets(asked)).sockets.length;
    };
  try {
    const times = await inTurns({ text: look({}), netlink: look({ source }) }, rounds, [["text", "netlink"]]);
    const note = `text ${median(times.text).toFixed(1)} ms`;
    return [milliseconds(`TCP of ${processes} network namespaces`, times.netlink, 80, note)];
  } finally {
    source.close();
  }
}

/** 16,000 unix sockets, two by two. */
export async function manyUnix({ place, rounds, parts }: SceneOptions): Promise<Mark[]> {
  const pairs = new Coprocess(await built("unix-pairs", place), [`${Math.ceil(8000 / parts)}`]);
  await pairs.ask();
  const socket = new NetlinkSocket(openDoor(), NETLINK_SOCK_DIAG);
  try {
    const peers = { kernel: 0 };
    const times = await inTurns(
      {
        text: () => net.unix().filter(({ inode }) => inode > 0).length,
        netlink: () => {
          const { rows } = allRows(socket, unixSockets());
          peers.kernel = rows.filter(({ peer }) => peer !== undefined).length;
          return rows.length;
        },
      },
      rounds,
      [["text", "netlink"]],
    );
    if (peers.kernel < (2 * 8000) / parts) throw new Error(`only ${peers.kernel} have a peer`);
    return [ratioOf("unix sockets with their peers, netlink by text", times.netlink, times.text, 0.7)];
  } finally {
    socket.close();
    pairs.end();
  }
}

/** Who holds what, on a host with very many processes that hold nothing. */
export async function manyProcesses({ place, rounds, parts }: SceneOptions): Promise<Mark[]> {
  const processes = 10_000 / parts;
  await using _crowd = await startCrowd(place, { processes });
  const source = createKernelSource();
  const look =
    (given: object): Subject =>
    async () => {
      const fresh = new SocketEngine();
      await fresh.sockets({ protocol: "tcp", ...given });
      fresh.close();
      return 0;
    };
  try {
    const times = await inTurns(
      {
        alone: async () => {
          const begun = await source.begin({ root: "/proc", pids: [], signal: undefined });
          const held = await begun.held();
          begun.close();
          if (held === undefined) throw new Error(`the iterator cannot be had: ${begun.notes}`);
          return 0;
        },
        "by links": look({}),
        "by the kernel": look({ source }),
      },
      rounds,
      [],
    );
    const whole = `whole answers: ${median(times["by the kernel"]).toFixed(0)} ms, by links ${median(times["by links"]).toFixed(0)}`;
    return [milliseconds(`owners alone, ${processes} idle processes`, times.alone, 60, whole)];
  } finally {
    source.close();
  }
}
