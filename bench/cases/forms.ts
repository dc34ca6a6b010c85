import { net } from "procnet";
import type { Case, Covers, Round } from "../case.ts";
import { readThrough } from "../tools/reading.ts";
import { packageVersion } from "../tools/version.ts";

/** What Node takes to read the file without looking at it, and the three forms of the table. */
export const forms: readonly Case[] = [
  {
    name: "read only, in Node",
    table: "reading",
    covers: "nothing",
    prepare: async () => process.version,
    run() {
      readThrough("/proc/net/tcp");
      return {};
    },
  },
  form("procnet: net.tcp()", "tcp", () => ({ sockets: net.tcp().length })),
  form("procnet: net.each(), all rows", "tcp", () => {
    let sockets = 0;
    for (const _row of net.each("tcp")) sockets++;
    return { sockets };
  }),
  form("procnet: net.each(), listeners", "tcp listeners", () => {
    let sockets = 0;
    for (const _row of net.each("tcp", { where: { state: "LISTEN" } })) sockets++;
    return { sockets };
  }),
  form("procnet: net.count()", "tcp by state", () => {
    const states = net.count("tcp");
    let sockets = 0;
    for (const count of states.values()) sockets += count;
    return { sockets, states: Object.fromEntries(states) };
  }),
];

function form(name: string, covers: Covers, run: () => Round): Case {
  return { name, table: "reading", covers, ours: true, prepare: async () => packageVersion("procnet"), run };
}
