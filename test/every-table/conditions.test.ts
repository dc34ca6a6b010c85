import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { count, each, isProcfsError, net, ProcFs, read, type UnixWhere } from "../../packages/procnet/src/index.ts";
import { parseTcp, parseUnix } from "../../packages/procnet/src/parse.ts";
import { dev, icmp, raw6, tcp, tcp6, udp, udplite6, unix } from "../../packages/procnet/src/tables.ts";

/*
 * The conditions of a `where`: each takes one value or several, and what is none is refused wherever a table is read.
 */

const TABLES = [tcp, tcp6, udp, udplite6, raw6, icmp, unix] as const;

/** Plain JavaScript, as far as types go. */
const plain = (where: unknown): object => ({ where });

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isProcfsError(error) && error.code === "ERR_INVALID_ARG") return error.message;
    throw error;
  }
  return "taken";
}

describe.each(TABLES)("$name", (one) => {
  const table = one as typeof tcp; // one of them stands for all: their conditions are checked at run time

  const calls = {
    read: (where: unknown) => read(table, plain(where)),
    each: (where: unknown) => each(table, plain(where)).next(),
    count: (where: unknown) => count(table, plain(where)),
    "net.read": (where: unknown) => net.read(table.name, plain(where)),
    "net.each": (where: unknown) => net.each(table.name, plain(where)).next(),
    "net.count": (where: unknown) => net.count(table.name, plain(where)),
  };

  it.each(Object.entries(calls))("%s refuses conditions that it does not have", (_name, call) => {
    expect(refusal(() => call({ states: "LISTEN" }))).toContain('"states": did you mean "state"');
    expect(refusal(() => call({ state: undefined, prot: 1 }))).toContain('"prot"');
    for (const where of ["LISTEN", null, ["LISTEN"], 7]) expect(refusal(() => call(where))).toContain("must be");
  });

  it.each(Object.entries(calls))("%s refuses values that are none", (_name, call) => {
    for (const state of ["LISTENING", "10", "UNKNOWN(999)", 10, null, ["CLOSE", "x"], ["toString"]]) {
      expect(refusal(() => call({ state }))).toContain("where.state must be names of");
    }
    for (const inode of [-1, 0.5, "7", null, ["7"]]) {
      expect(refusal(() => call({ inode }))).toContain("where.inode must be whole numbers");
    }
  });
});

it("ports, users, types and whether it listens are checked too", () => {
  for (const port of [-1, 65_536, "80", [80, 1.5]]) {
    expect(refusal(() => read(tcp, plain({ localPort: port })))).toContain("where.localPort");
    expect(refusal(() => read(udp, plain({ remotePort: port })))).toContain("where.remotePort");
  }
  expect(refusal(() => read(tcp, plain({ uid: "root" })))).toContain("where.uid");
  expect(refusal(() => read(unix, plain({ type: "TCP" })))).toContain("where.type");
  expect(refusal(() => read(unix, plain({ listening: 1 })))).toContain("where.listening must be true or false");
  expect(refusal(() => read(tcp, { where: { state: ["LISTEN", "UNKNOWN(200)"] } }))).toBe("taken");
});

it("tables without conditions take none", () => {
  expect(refusal(() => read(dev, plain({ name: "lo" })))).toContain('no option "name"');
  expect(refusal(() => net.read("dev", plain({ name: "lo" })))).toContain('no option "name"');
});

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
${[11, 12, 13].map((inode, at) => `   ${at}: 0100007F:005${at} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 00000000979a9b83 100 0 0 10 0`).join("\n")}
`;
const UNIX = `Num       RefCount Protocol Flags    Type St Inode Path
${[11, 12, 13].map((inode) => `00000000d01efaba: 00000002 00000000 00010000 000${inode % 2 ? 1 : 2} 01 ${inode}`).join("\n")}
`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("parsers", () => {
  it.each([12, [12], new Set([12]), [12, 99]])("take an inode as one value or several: %j", (inode) => {
    expect(parseTcp(bytes(TCP), { where: { inode } }).map((row) => row.inode)).toEqual([12]);
    expect(parseUnix(bytes(UNIX), { where: { inode } }).map((row) => row.inode)).toEqual([12]);
  });

  it("take types and ports so", () => {
    const inodes = (type: "STREAM" | "DGRAM" | ("STREAM" | "DGRAM")[]) =>
      parseUnix(bytes(UNIX), { where: { type } }).map(({ inode }) => inode);
    expect([inodes("STREAM"), inodes("DGRAM"), inodes(["DGRAM", "STREAM"])]).toEqual([[11, 13], [12], [11, 12, 13]]);
    expect(parseTcp(bytes(TCP), { where: { localPort: [0x50, 0x52] } }).map(({ inode }) => inode)).toEqual([11, 13]);
  });

  it("refuse what is none", () => {
    expect(refusal(() => parseTcp(bytes(TCP), plain({ port: 80 })))).toBe(
      'where has no condition "port"; it has state, localPort, remotePort, uid, inode',
    );
    expect(refusal(() => parseUnix(bytes(UNIX), plain({ listen: true })))).toContain('no condition "listen"');
    expect(refusal(() => parseUnix(bytes(UNIX), plain(null)))).toContain("where must be an object");
  });
});

it("unix sockets are counted by the conditions that they are read by", () => {
  const root = mkdtempSync(join(tmpdir(), "procnet-where-"));
  try {
    mkdirSync(join(root, "1", "net"), { recursive: true });
    writeFileSync(join(root, "1", "net", "unix"), UNIX);
    const of = new ProcFs({ root });
    const all = (where: UnixWhere) => [
      read(unix, { of, where }).length,
      Object.fromEntries(count(unix, { of, where })),
    ];
    expect(all({})).toEqual([3, { UNCONNECTED: 3 }]);
    expect(all({ type: "STREAM" })).toEqual([2, { UNCONNECTED: 2 }]);
    expect(all({ inode: [11, 12] })).toEqual([2, { UNCONNECTED: 2 }]);
    expect(all({ listening: true })).toEqual(all({}));
    expect(all({ listening: false })).toEqual([0, {}]);
    expect(all({ state: [] })).toEqual([0, {}]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
