import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import { unixSockets } from "../../packages/kernel/src/diag/unix.ts";
import type { DatagramSocket, TcpSocket } from "../../packages/procnet/src/index.ts";
import { RECORDED, record, recordedRows } from "../support/kernel/recorded.ts";
import { makeKernelScene } from "../support/kernel/scene.ts";
import { wordsOfLine, wordsOfRow } from "../support/kernel/ss-details.ts";

/*
 * Answers of a kernel as they came, byte for byte, and what ss(8) said of the same sockets: read anywhere, by whoever has no right to make
 * namespaces, on a machine with the other order of bytes. WRITE_RECORDED=1 records them anew, of this machine's kernel; read the difference.
 */

const WANTED = { info: "all", congestion: true, tos: true, memory: true, cookie: true } as const;
const INET = ["tcp", "tcp6", "udp", "udp6"] as const;

describe.runIf(process.env.WRITE_RECORDED !== undefined)("recording", () => {
  it("writes what the kernel and ss say", async () => {
    const scene = await makeKernelScene();
    // Acknowledgements that were put off have gone by then.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    mkdirSync(RECORDED, { recursive: true });
    for (const protocol of INET) record(scene.namespace, protocol, inetSockets({ protocol, ...WANTED }));
    record(scene.namespace, "unix", unixSockets({ memory: true, cookie: true }));
    const said = scene.namespace.run("ss", ["-tuanieomOH", "--tos", "--inet-sockopt"]);
    writeFileSync(new URL("ss.txt", RECORDED), said.replaceAll(/ +$/gm, ""));
    scene.remove();
  });
});

it("internet sockets are what ss said of them", () => {
  const rows = INET.flatMap((protocol): (TcpSocket | DatagramSocket)[] =>
    recordedRows(protocol, inetSockets({ protocol, ...WANTED })),
  );
  const lines = readFileSync(new URL("ss.txt", RECORDED), "utf8").split("\n").filter(Boolean);
  const plain = (words: ReadonlyMap<string, string>): string => JSON.stringify([...words].sort());
  expect(rows.map((row) => plain(wordsOfRow(row, new Map([[1, "lo"]])))).sort()).toEqual(
    lines.map((line) => plain(wordsOfLine(line))).sort(),
  );
  expect(rows.length).toBeGreaterThan(35);
});

it("unix sockets are those of the scene", () => {
  const rows = recordedRows("unix", unixSockets({ memory: true, cookie: true }));
  const named = rows.flatMap(({ path, type, listening }) =>
    path === undefined ? [] : [`${type} ${listening} ${path.replace(/\/tmp\/procnet-\w+/, "")}`],
  );
  expect(named.filter((name) => !/@[0-9a-f]{5}$/.test(name)).sort()).toEqual([
    "DGRAM false /@x",
    "DGRAM false /no \ufffd utf-8\nnew line",
    "SEQPACKET false @abstract@with@NULs",
    "SEQPACKET true @abstract@with@NULs",
    "STREAM true /listen",
  ]);
  const byInode = new Map(rows.map((row) => [row.inode, row]));
  const [one, ...more] = rows.filter(({ rxQueue }) => rxQueue === 11);
  expect(more).toEqual([]);
  expect(byInode.get(one!.peer!)?.peer).toBe(one!.inode);
  const [listener] = rows.filter(({ icons }) => icons !== undefined && icons.length > 0);
  for (const waiting of listener!.icons!)
    expect(byInode.get(waiting)).toMatchObject({ type: "STREAM", state: "CONNECTED", peer: 0 });
  expect(rows.map(({ uid }) => uid)).toContain(65534);
});
