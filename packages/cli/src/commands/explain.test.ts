import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { whoListens } from "procnet";
import { schemaOf } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { skipIf } from "../../../../test/support/tools.ts";

const explain = (...args: string[]) => procnet(["explain", ...args]);

describe("explain of sockets of this process", () => {
  let server: Server;
  let client: Socket;
  let port = 0;

  beforeAll(async () => {
    server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    port = (server.address() as { port: number }).port;
    client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const [accepted] = await Promise.all([
      new Promise<Socket>((done) => server.once("connection", done)),
      new Promise((done) => client.once("connect", done)),
    ]);
    // The end is read by the accepted side and answered by none of its own: CLOSE_WAIT there, FIN_WAIT2 here.
    const ended = new Promise((done) => accepted.resume().once("end", done));
    client.end();
    await ended;
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  it("says of those at an address what they wait for, with this process as their owner", async () => {
    const { out, code } = await explain("tcp", `127.0.0.1:${port}`);
    expect(code).toBe(0);
    expect(out).toContain("waits for peers to connect: the other side's turn (1)");
    expect(out).toContain("waits for the program to close: this side's turn (1)");
    expect(out).toContain("The peer has closed its direction; the program here has not closed.");
    expect(out).toContain("All that came was read, the end too.");
    expect(out).toContain(`(process ${process.pid})`);
  });

  it("explains one connection by both ends, whole", async () => {
    const { port: own } = client.address() as { port: number };
    const { out, code } = await explain("tcp", `127.0.0.1:${own}`, `127.0.0.1:${port}`);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe(`tcp 127.0.0.1:${own} to 127.0.0.1:${port}`);
    expect(out).toContain("  -> waits for the peer to close: the other side's turn\n");
    expect(out).toContain("  ?  bytes sent and received, and the round trip (ss -ti)\n");
  });

  it("tells by the kernel what the row does not", async () => {
    const { port: own } = client.address() as { port: number };
    const ends = ["tcp", `127.0.0.1:${own}`, `127.0.0.1:${port}`];
    const { out, err, code } = await explain(...ends, "--source", "kernel");
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out).toContain("  0 bytes were sent; 0 bytes came.\n  The round trip takes ");
    expect(out).not.toContain("bytes sent and received");
    expect(out).toContain("  -> waits for the peer to close: the other side's turn\n");
    const listening = await explain("inode", `${await inodeOf(port)}`, "--source", "kernel");
    // 511 is what Node asks for, and net.core.somaxconn the most that there is.
    const most = Math.min(511, Number(readFileSync("/proc/sys/net/core/somaxconn", "utf8")));
    expect(listening.out).toContain(`Its queue is full when ${most + 1} connections wait.`);
    expect(listening.out).not.toContain("how long the queue may get");
  });

  async function inodeOf(port: number): Promise<number> {
    return (await whoListens(port)).listeners[0]!.inode;
  }

  it("finds a socket by its inode, and all of a process, as documents", async () => {
    const ofPort = JSON.parse((await explain("tcp", `:${port}`, "--json")).out) as Document;
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(schemaOf("explain"));
    expect(validate(ofPort), JSON.stringify(validate.errors)).toBe(true);
    const listener = ofPort.explanations.find(({ socket }) => socket.state === "LISTEN")!;
    const byInode = JSON.parse((await explain("inode", `${listener.socket.inode}`, "--json")).out) as Document;
    expect(byInode.explanations.map(({ subject }) => subject)).toEqual([`tcp 127.0.0.1:${port}`]);
    const ofProcess = JSON.parse((await explain("pid", `${process.pid}`, "--json")).out) as Document;
    expect(validate(ofProcess), JSON.stringify(validate.errors)).toBe(true);
    const subjects = ofProcess.explanations.map(({ subject }) => subject);
    expect(subjects).toContain(`tcp 127.0.0.1:${port}`);
    expect(ofProcess.explanations.every(({ socket }) => socket.owners.some(({ pid }) => pid === process.pid))).toBe(
      true,
    );
  });

  it("has a line for each in CSV and NDJSON", async () => {
    const { out: csv } = await explain("tcp", `:${port}`, "--csv");
    expect(csv.split("\n")[0]).toBe("subject,actor,waitingFor,text");
    const { out: lines } = await explain("tcp", `:${port}`, "--ndjson");
    expect(
      lines
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    ).toEqual(["socket", "socket"]);
  });

  it("takes a listener on any address for one that is asked for by an address", async () => {
    const any = createServer().listen(0, "0.0.0.0");
    await new Promise((done) => any.once("listening", done));
    const { port: open } = any.address() as { port: number };
    const { out, code } = await explain("tcp", `127.0.0.1:${open}`);
    any.close();
    expect([code, out.split("\n")[0]]).toEqual([0, `tcp 0.0.0.0:${open}`]);
  });

  it("takes one on any address of IPv6 likewise", async (context) => {
    const any = createServer().listen(0, "::");
    await Promise.race([once(any, "listening"), once(any, "error")]);
    skipIf(context, any.listening ? undefined : "this machine has no IPv6");
    const { port: open } = any.address() as { port: number };
    const { out, code } = await explain("tcp", `[::1]:${open}`);
    any.close();
    expect([code, out.split("\n")[0]]).toEqual([0, `tcp6 [::]:${open}`]);
  });
});

interface Document {
  readonly explanations: readonly {
    readonly subject: string;
    readonly socket: {
      readonly state: string;
      readonly inode: number;
      readonly owners: readonly { readonly pid: number }[];
    };
  }[];
}

describe("explain of names", () => {
  it.each([
    ["TcpExt.ListenOverflows", "In the kernel: tcp_conn_request, net/ipv4/tcp_input.c."],
    [
      "softnet_stat.time_squeeze",
      "It is of the whole machine, in net/softnet_stat; it only grows, and begins anew behind 32 bits.",
    ],
    ["tcp-accept-queue-overflow", "does not call accept(2) fast enough"],
  ])("%s", async (name, text) => {
    const { out, err, code } = await explain(name);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n")[0]).toBe(name.replace("time_squeeze", "timeSqueeze"));
    expect(out).toContain(text);
  });

  it("gives documents as the schema has them", async () => {
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(schemaOf("explain"));
    for (const name of ["TcpExt.BeyondWindow", "Ip6.InReceives", "tcp-accept-queue-overflow"]) {
      expect(validate(JSON.parse((await explain(name, "--json")).out)), JSON.stringify(validate.errors)).toBe(true);
    }
  });
});

describe("explain of what there is not", () => {
  it.each([
    [
      ["TcpExt.ListenDrop"],
      4,
      'no counter and no finding is called "TcpExt.ListenDrop" (did you mean TcpExt.ListenDrops?)',
    ],
    [["listendrops"], 4, "(did you mean TcpExt.ListenDrops?)"],
    [["InCsumErrors"], 2, 'several counters are called "InCsumErrors": Icmp.InCsumErrors, Tcp.InCsumErrors'],
    [["tcp-accept-queue-overflw"], 4, "(did you mean tcp-accept-queue-overflow?)"],
    [["7"], 2, "is 7 a process or a socket? pid 7 or inode 7"],
    [["127.0.0.1:80"], 2, "As in explain tcp 127.0.0.1:80"],
    [["tpc", "127.0.0.1:80"], 2, '"tpc" is no protocol (did you mean tcp?)'],
    [["tcp"], 2, "which socket of tcp? As in tcp 127.0.0.1:8080"],
    [["netlink", "0"], 2, "sockets of netlink have no address: ask by inode"],
    [["pid", "x"], 2, "expected one number behind pid"],
    [["inode", "99999999999"], 4, "no socket has the inode 99999999999"],
    [["tcp", "127.254.254.254:1"], 4, "no socket of tcp is at 127.254.254.254:1"],
    [["unix", "/nothing here\u001b[31m"], 4, "no socket of unix is at /nothing here\\x1b[31m"],
    [["pid", "4194303"], 4, "there is no such process"],
  ])("%j", async (words, wanted, message) => {
    const { out, err, code } = await explain(...words);
    expect([code, out]).toEqual([wanted, ""]);
    expect(err).toContain(message);
  });
});
