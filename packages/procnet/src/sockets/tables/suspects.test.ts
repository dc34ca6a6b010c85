import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../../test/support/sockets/tcp-row.ts";
import { missingTools, skipIf } from "../../../../../test/support/tools.ts";
import { eachSocket, type ProcfsIssue, type Socket, sockets, socketsSync } from "../../index.ts";

const UNIX_HEADER = "Num       RefCount Protocol Flags    Type St Inode Path\n";

function unixRow(inode: number, path: string, { flags = "00010000", type = "0001", state = "01" } = {}): string {
  return `0000000000000000: 00000002 00000000 ${flags} ${type} ${state} ${String(inode).padStart(5)} ${path}\n`;
}

type Options = NonNullable<Parameters<typeof sockets>[0]>;

/** Both ways of asking: all at once, and one by one. */
async function both(options: Options): Promise<[Socket[], ProcfsIssue[]][]> {
  const answers: [Socket[], ProcfsIssue[]][] = [];
  for (const ask of [
    async (all: Options): Promise<Socket[]> => (await sockets(all)).sockets,
    async (all: Options): Promise<Socket[]> => socketsSync(all).sockets,
    async (all: Options): Promise<Socket[]> => {
      const found: Socket[] = [];
      for await (const socket of eachSocket(all)) found.push(socket);
      return found;
    },
  ]) {
    const issues: ProcfsIssue[] = [];
    answers.push([await ask({ ...options, onIssue: (issue) => issues.push(issue) }), issues]);
  }
  return answers;
}

const marked = (found: readonly Socket[]): unknown[] =>
  found.filter(({ suspect }) => suspect).map((socket) => [socket.protocol, socket.inode]);

describe("rows of a tree", () => {
  let proc: SimulatedProc;
  beforeEach(() => {
    proc = new SimulatedProc();
  });
  afterEach(() => proc.remove());

  const all = (): Options => ({ procfs: proc.procfs, protocol: "all", namespaces: "current" });

  it.each([
    ["another unix socket", [unixRow(11, "/run/honest"), unixRow(11, "/run/docker.sock")], [], ["unix", "unix"]],
    ["a TCP socket", [unixRow(11, "/run/docker.sock")], [tcpRow(80, 11)], ["tcp", "unix"]],
    ["a connection", [unixRow(11, "/run/docker.sock")], [tcpRow(80, 11, { state: "01" })], ["tcp", "unix"]],
    ["three of them", [unixRow(11, "a"), unixRow(11, "b")], [tcpRow(80, 11)], ["tcp", "unix", "unix"]],
  ])("that have the inode of %s are suspect, every one, and told of once", async (_name, unix, tcp, expected) => {
    proc.write("1/net/unix", UNIX_HEADER + unixRow(5, "/run/other") + unix.join(""));
    proc.tcp([tcpRow(22, 7), ...tcp]);
    proc.process(100, { fds: { 3: 11 } });
    for (const [found, issues] of await both(all())) {
      expect(marked(found)).toEqual(expected.map((protocol) => [protocol, 11]));
      expect(issues.length).toBeGreaterThan(0);
      for (const issue of issues)
        expect(issue).toMatchObject({ code: "ERR_SUSPECT", message: expect.stringContaining("11") });
      expect(found.filter((socket) => !("suspect" in socket)).map(({ inode }) => inode)).toEqual([7, 5]);
    }
  });

  it("of netlink and packet sockets are compared too", async () => {
    proc.write("1/net/unix", UNIX_HEADER + unixRow(11, "a") + unixRow(12, "b"));
    const netlink = "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n";
    proc.write(
      "1/net/netlink",
      `${netlink}0000000000000000 0   4242       00000000 0        0        0     2        0        11\n`,
    );
    const packet = "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n";
    proc.write("1/net/packet", `${packet}0000000000000000 3      3    0003   2     1 0      0      12\n`);
    for (const [found] of await both({ ...all(), owners: false })) {
      expect(marked(found)).toEqual([
        ["unix", 11],
        ["unix", 12],
        ["netlink", 11],
        ["packet", 12],
      ]);
    }
  });

  it("are compared with those that a filter leaves out", async () => {
    proc.write("1/net/unix", UNIX_HEADER + unixRow(11, "/run/true", { state: "03" }) + unixRow(11, "/run/docker.sock"));
    for (const [found] of await both({ ...all(), state: "UNCONNECTED" })) expect(marked(found)).toEqual([["unix", 11]]);
  });

  it("that the kernel hands out twice are not", async () => {
    proc.write(
      "1/net/unix",
      UNIX_HEADER + unixRow(11, "/run/a") + unixRow(12, "/run/b") + unixRow(11, "/run/a", { state: "03" }),
    );
    for (const [found, issues] of await both(all())) expect([marked(found), issues]).toEqual([[], []]);
  });

  it("that cannot be forged are not: all connections of an MPTCP socket have its inode", async () => {
    proc.tcp([tcpRow(80, 11, { state: "01" }), tcpRow(81, 11, { state: "01" })]);
    proc.write("1/net/unix", UNIX_HEADER + unixRow(12, "/run/b"));
    for (const [found, issues] of await both(all())) expect([marked(found), issues]).toEqual([[], []]);
  });

  it("without an inode are not: in time-wait, and not accepted yet", async () => {
    proc.tcp([tcpRow(80, 0, { state: "06", timer: "03" })]);
    proc.write("1/net/unix", UNIX_HEADER + unixRow(0, "/run/a") + unixRow(0, "/run/b"));
    for (const [found, issues] of await both(all())) expect([marked(found), issues]).toEqual([[], []]);
  });

  it("of another namespace are compared as well: inodes of sockets are the machine's", async () => {
    proc.process(1, { namespace: 4026531840 });
    proc.process(200, { namespace: 4026532999, fds: { 3: 11 } });
    proc.tcp([tcpRow(80, 11)], 200);
    proc.tcp([]);
    proc.write("1/net/unix", UNIX_HEADER + unixRow(11, "/run/docker.sock"));
    const { sockets: found } = await sockets({ ...all(), namespaces: "all" });
    expect(marked(found)).toEqual([
      ["unix", 11],
      ["tcp", 11],
    ]);
  });
});

describe("this machine", () => {
  const reason = missingTools("python3");
  beforeEach((context) => skipIf(context, reason));

  it("shows a forged row beside the true ones, of a unix and of a TCP socket", async () => {
    const tcp = createServer().listen(0, "127.0.0.1");
    const unix = createServer().listen(`\0procnet-suspects-${process.pid}`);
    await Promise.all([once(tcp, "listening"), once(unix, "listening")]);
    const { port } = tcp.address() as { port: number };
    const before = socketsSync({ protocol: ["tcp", "unix"], owners: false }).sockets;
    const inodes = [
      before.find((socket) => socket.protocol === "tcp" && socket.localPort === port)!.inode!,
      before.find((socket) => socket.protocol === "unix" && socket.path?.includes(`suspects-${process.pid}`))!.inode!,
    ];
    const program = [
      "import socket, sys",
      "held = []",
      "for inode in sys.argv[1:]:",
      "  held.append(socket.socket(socket.AF_UNIX))",
      "  row = '0000000000000000: 00000002 00000000 00010000 0001 01 %s /run/docker.sock' % inode",
      "  held[-1].bind(('\\0x%s\\n' % inode) + row)",
      "print('ready', flush=True)",
      "sys.stdin.read()",
    ].join("\n");
    const forger = spawn("python3", ["-IS", "-c", program, ...inodes.map(String)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    try {
      await once(createInterface({ input: forger.stdout! }), "line");
      for (const [found, issues] of await both({ protocol: "all" })) {
        for (const inode of inodes) {
          const same = found.filter((socket) => socket.inode === inode);
          expect(same.map((socket) => "path" in socket && socket.path)).toContain("/run/docker.sock");
          expect(same).toHaveLength(2);
          for (const socket of same) expect(socket.suspect).toBe(true);
          expect(issues.some(({ code, message }) => code === "ERR_SUSPECT" && message.includes(` ${inode},`))).toBe(
            true,
          );
        }
      }
    } finally {
      forger.kill("SIGKILL");
      tcp.close();
      unix.close();
    }
  });
});
