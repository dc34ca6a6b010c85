import { allRows, countInetSockets, inetSockets, NetlinkSocket, NoDoor, openDoor, stateMask } from "@procnet/kernel";
import { Absent, type Case, type Covers, type Round } from "../case.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { built, capture, find } from "../tools/program.ts";
import { packageVersion } from "../tools/version.ts";

const SOCK_DIAG = 4;
let socket: NetlinkSocket | undefined;
let loop: Coprocess | undefined;

/** The same sockets by netlink, as the package kernel asks for them, and what the kernel itself takes to tell of them. */
export const netlinkCases: readonly Case[] = [
  {
    name: "kernel alone: ask sock_diag, throw the answer away",
    table: "reading",
    covers: "nothing",
    async prepare(place) {
      loop = new Coprocess(await built("diag-floor", place), []);
      return `C, cc ${(await capture(find("cc"), ["-dumpfullversion"])).text.trim()}`;
    },
    run: async () => ({ ms: (await loop!.ask()).ms }),
  },
  netlink("@procnet/kernel: rows with figures of TCP", "tcp", (from) => ({
    sockets: allRows(from, inetSockets({ protocol: "tcp" })).rows.length,
  })),
  netlink("@procnet/kernel: listeners", "tcp listeners", (from) => ({
    sockets: allRows(from, inetSockets({ protocol: "tcp", states: stateMask(["LISTEN"]) })).rows.length,
  })),
  netlink("@procnet/kernel: count", "tcp by state", (from) => {
    const { counts } = countInetSockets(from, { protocol: "tcp" });
    let sockets = 0;
    for (const count of counts.values()) sockets += count;
    return { sockets, states: Object.fromEntries(counts) };
  }),
];

function netlink(name: string, covers: Covers, run: (from: NetlinkSocket) => Round): Case {
  const prepare = async (): Promise<string> => {
    try {
      socket ??= new NetlinkSocket(openDoor(), SOCK_DIAG);
    } catch (error) {
      if (error instanceof NoDoor) throw new Absent(error.message);
      throw error;
    }
    return packageVersion("@procnet/kernel");
  };
  return { name, table: "reading", covers, ours: true, prepare, run: () => run(socket!) };
}
