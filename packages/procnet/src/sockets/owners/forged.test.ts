import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Namespace } from "../../../../../test/support/namespace.ts";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../../test/support/sockets/tcp-row.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../../test/support/tools.ts";
import { NamesBefore } from "../../host/unix-fd.ts";
import {
  eachSocket,
  ownSockets,
  type ProcfsIssue,
  type Socket,
  SocketEngine,
  sockets,
  socketsSync,
} from "../../index.ts";

type Options = NonNullable<Parameters<typeof sockets>[0]>;

/** Every way of asking. */
const WAYS: readonly [string, (options: Options) => Promise<readonly Socket[]>][] = [
  ["sockets", async (options) => (await sockets(options)).sockets],
  ["socketsSync", async (options) => socketsSync(options).sockets],
  [
    "eachSocket",
    async (options) => {
      const found: Socket[] = [];
      for await (const socket of eachSocket(options)) found.push(socket);
      return found;
    },
  ],
];

describe("on this machine", () => {
  const ends: (() => unknown)[] = [];
  let honest: Server;
  beforeEach(async (context) => {
    skipIf(context, missingTools("python3"));
    honest = createServer().listen(`\0procnet-honest-${process.pid}`);
    await once(honest, "listening");
  });
  afterEach(async () => {
    honest?.close();
    for (const end of ends.splice(0).reverse()) await end();
  });

  type Start = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

  /** Starts one part of the forger; gives what it says once it is ready. */
  async function forger<Said>(args: readonly (string | number)[], start: Start = spawn): Promise<Said> {
    const script = fileURLToPath(new URL("../../../../../test/support/sockets/forger.py", import.meta.url));
    const child = start("python3", ["-IS", script, ...args.map(String)], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    ends.push(async () => {
      child.stdin!.end();
      await ended;
    });
    const [line] = await once(createInterface({ input: child.stdout! }), "line");
    return JSON.parse(line as string) as Said;
  }

  type Kinds = Readonly<Record<"listener" | "closed" | "datagram" | "netlink" | "unix", number>>;

  it.each(
    WAYS.flatMap(([name, ask]) => [
      [name, "abstract", "/run/docker.sock", ask] as const,
      [name, "path", "@forged", ask] as const,
    ]),
  )(
    "%s marks rows with the inode of whatever a process holds (%s), though unix alone is asked for",
    async (_name, style, path, ask) => {
      const kinds = await forger<Kinds>(["hold"]);
      await forger([style, ...Object.values(kinds)]);
      const issues: ProcfsIssue[] = [];
      const found = await ask({ protocol: "unix", onIssue: (issue) => issues.push(issue) });
      for (const [kind, inode] of Object.entries(kinds)) {
        const rows = found.filter((socket) => socket.inode === inode);
        expect([kind, rows.length]).toEqual([kind, kind === "unix" ? 2 : 1]);
        expect(rows.some((row) => row.protocol === "unix" && row.path?.startsWith(path))).toBe(true);
        for (const row of rows) expect(row).toMatchObject({ suspect: true, owners: [{ comm: "python3" }] });
        const told = issues.filter(({ message }) => message.includes(` ${inode} `) || message.includes(` ${inode},`));
        expect([kind, told.map(({ code, field }) => [code, field])]).toEqual([kind, [["ERR_SUSPECT", "Inode"]]]);
      }
      const own = found.find((socket) => socket.protocol === "unix" && socket.path?.includes(`honest-${process.pid}`));
      expect(own).toMatchObject({ owners: [{ pid: process.pid }] });
      expect(own).not.toHaveProperty("suspect");
    },
  );

  it("a true row is not marked, also when it is asked about again", async () => {
    using engine = new SocketEngine();
    const first = await engine.sockets({ protocol: "unix" });
    const again = await engine.sockets({ protocol: "unix" });
    for (const { sockets: found } of [first, again]) {
      const own = found.find((socket) => socket.protocol === "unix" && socket.path?.includes(`honest-${process.pid}`));
      expect(own).toMatchObject({ owners: [{ pid: process.pid }] });
      expect(own).not.toHaveProperty("suspect");
    }
  });

  it.skipIf(noNamespaces() !== undefined).each(WAYS)(
    "%s marks rows with the inode of a socket of another network namespace",
    async (_name, ask) => {
      const namespace = new Namespace();
      ends.push(() => namespace.remove());
      const kinds = await forger<Kinds>(["hold"], (...of) => namespace.spawn(...of));
      await forger(["abstract", ...Object.values(kinds)]);
      const found = await ask({ protocol: "unix" });
      for (const [kind, inode] of Object.entries(kinds)) {
        const rows = found.filter((socket) => socket.inode === inode);
        expect([kind, rows.map(({ suspect }) => suspect)]).toEqual([kind, [true]]);
      }
    },
  );

  it("ownSockets counts no forged row", async () => {
    const tcp = createServer().listen(0, "127.0.0.1");
    await once(tcp, "listening");
    ends.push(() => tcp.close());
    const before = ownSockets();
    const inodes = before.sockets.map(({ inode }) => inode!);
    expect(inodes.length).toBeGreaterThan(1);
    await forger(["abstract", ...inodes]);
    const { sockets: found, byState } = ownSockets();
    for (const inode of inodes) {
      const rows = found.filter((socket) => socket.inode === inode);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) expect(row.suspect).toBe(true);
    }
    // All of them are TCP or unix sockets, which have a state: each is counted once.
    const counted = [...byState.values()].reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(new Set(found.map(({ inode }) => inode)).size);
    expect(byState.get("LISTEN")).toBe(before.byState.get("LISTEN"));
  });

  it("ownSockets counts no forged row of a socket that is in no table, like one of TCP without a port", async () => {
    const source = new URL("../../../../../test/support/sockets/unlisted.py", import.meta.url);
    const asking = new URL("../../../../../test/support/sockets/ask-own-sockets.mjs", import.meta.url);
    const args = ["-IS", fileURLToPath(source), process.execPath, fileURLToPath(asking)];
    const child = spawn("python3", args, { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    ends.push(async () => {
      child.stdin.end();
      await ended;
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const inode = Number((await lines.next()).value);
    const ask = async (): Promise<{ rows: { suspect?: boolean }[]; states: [string, number][] }> => {
      child.stdin.write(`${inode}\n`);
      return JSON.parse((await lines.next()).value);
    };
    const before = await ask();
    expect(before.rows).toEqual([]);
    expect(before.states).not.toEqual([]);
    await forger(["abstract", inode]);
    const after = await ask();
    expect(after.rows).toMatchObject([{ protocol: "unix", suspect: true }]);
    expect(after.states).toEqual(before.states);
  });
});

const UNIX_HEADER = "Num       RefCount Protocol Flags    Type St Inode Path\n";
const unixRow = (inode: number, path: string): string =>
  `0000000000000000: 00000002 00000000 00010000 0001 01 ${String(inode).padStart(5)} ${path}\n`;

describe("in a tree, which tells nothing of descriptors", () => {
  let proc: SimulatedProc;
  beforeEach(() => {
    proc = new SimulatedProc();
  });
  afterEach(() => proc.remove());

  it.each(WAYS)("%s compares with tables that were not asked for", async (_name, ask) => {
    proc.write("1/net/unix", UNIX_HEADER + unixRow(5, "/run/other") + unixRow(11, "/run/docker.sock"));
    proc.tcp([tcpRow(22, 7), tcpRow(80, 11)]);
    proc.process(100, { fds: { 3: 11, 4: 5 } });
    const issues: ProcfsIssue[] = [];
    const found = await ask({
      procfs: proc.procfs,
      protocol: "unix",
      onIssue: (issue) => issues.push(issue),
    } as Options);
    expect(found.map(({ protocol, inode, suspect }) => [protocol, inode, suspect])).toEqual([
      ["unix", 5, undefined],
      ["unix", 11, true],
    ]);
    expect(issues).toMatchObject([{ code: "ERR_SUSPECT", message: expect.stringContaining("tcp 127.0.0.1:80") }]);
  });

  it.each(WAYS)("%s compares with the tables of the owner's namespace", async (_name, ask) => {
    proc.process(1, { namespace: 4026531840 });
    proc.process(200, { namespace: 4026532999, fds: { 3: 11, 4: 12 } });
    proc.tcp([tcpRow(80, 11)], 200);
    proc.write("200/net/unix", UNIX_HEADER + unixRow(12, "/run/true"));
    proc.tcp([]);
    proc.write(
      "1/net/unix",
      UNIX_HEADER + unixRow(13, "/run/a") + unixRow(11, "/run/docker.sock") + unixRow(12, "/run/docker.sock"),
    );
    const found = await ask({ procfs: proc.procfs, protocol: "unix" } as Options);
    expect(found.map(({ suspect }) => suspect)).toEqual([undefined, true, true]);
  });
});

describe("a row that may be part of the name before it", () => {
  const mayHold = (...rows: readonly [inode: number, path: string | undefined][]): boolean[] => {
    const names = new NamesBefore();
    return rows.map(([inode, path]) => names.mayHold({ inode, path }));
  };

  it("is one that fits into what the name can still have: 108 bytes are the most (unix(7))", () => {
    // The shortest row of inode 1 has 46 bytes, and the newline in front of it one.
    expect(mayHold([9, "a".repeat(61)], [1, undefined])).toEqual([false, true]);
    expect(mayHold([9, "a".repeat(62)], [1, undefined])).toEqual([false, false]);
    expect(mayHold([9, "a".repeat(50)], [1, "b".repeat(10)])).toEqual([false, true]);
    expect(mayHold([9, "a".repeat(51)], [1, "b".repeat(10)])).toEqual([false, false]);
  });

  it("is perhaps the second one in it, and none where no name stands before", () => {
    expect(mayHold([9, "@"], [1, undefined], [2, undefined], [3, undefined])).toEqual([false, true, true, false]);
    expect(mayHold([9, undefined], [1, undefined], [2, "/run/x"])).toEqual([false, false, false]);
  });
});
