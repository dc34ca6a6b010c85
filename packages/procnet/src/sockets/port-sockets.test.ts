import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../test/support/sockets/tcp-row.ts";
import { useActor } from "../../../../test/support/sockets/use-actor.ts";
import { ProcFs, type WhoListens, type WhoListensOptions, whoListens } from "../index.ts";

/*
 * What keeps a server from binding a port: inet_csk_bind_conflict (net/ipv4/inet_connection_sock.c). Each case is tried by
 * really binding it, in the namespace in which it is asked.
 */

const stage = useActor();
let port: number;
beforeEach(() => {
  port = stage.port;
});

const ask = (options: WhoListensOptions = {}): Promise<WhoListens> =>
  whoListens(port, { pid: stage.actor.pid, ...options });

/** What the kernel says to a server on all addresses: of Node, which sets SO_REUSEADDR, and of Python, which does not. */
function bind(kind: "tcp" | "udp" = "tcp"): { node: string; plain: string } {
  const type = kind === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM";
  const python = `
import errno, socket
s = socket.socket(socket.AF_INET6, socket.${type})
s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
try:
    s.bind(("::", ${port})); print("ok", end="")
except OSError as e: print(errno.errorcode[e.errno], end="")`;
  const script = `
    const server = require("net").createServer();
    server.on("error", ({ code }) => process.stdout.write(code));
    server.listen(${port}, () => { process.stdout.write("ok"); server.close(); });`;
  return {
    node: kind === "tcp" ? stage.namespace.run(process.execPath, ["-e", script]) : "",
    plain: stage.namespace.run("python3", ["-c", python]),
  };
}

it("nothing: it can be bound", async () => {
  expect(await ask()).toMatchObject({ kind: "free", bindable: true, blockedBy: [] });
  expect(bind()).toEqual({ node: "ok", plain: "ok" });
});

it("a client whose own port it is, named with its owner", async () => {
  const server = await stage.actor.act("far", "open");
  await stage.actor.act("client", "connect", { address: "127.0.0.1", port: server.port, from: port });
  const blocker = { protocol: "tcp", localAddress: "127.0.0.1", localPort: port, state: "ESTABLISHED" };
  const owners = [{ pid: stage.actor.pid }];
  expect(await ask()).toMatchObject({
    kind: "free",
    bindable: false,
    blockedBy: [{ ...blocker, remotePort: server.port, owners }],
  });
  expect(bind()).toEqual({ node: "EADDRINUSE", plain: "EADDRINUSE" });
  await stage.actor.act("client", "close");
});

describe("connections that a server with SO_REUSEADDR has left behind in TIME_WAIT", () => {
  const leave = async (): Promise<void> => {
    await stage.actor.act("server", "open", { port, reuse: true });
    await stage.actor.act("client", "connect", { address: "127.0.0.1", port });
    await stage.actor.act("server", "accept", { as: "accepted" });
    await stage.actor.act("server", "close");
    await stage.actor.act("accepted", "close"); // who closes first waits
    await stage.actor.act("client", "close");
  };

  it("keep off who does not set it, and are left out on demand", async () => {
    await leave();
    const answer = await ask();
    expect(answer).toMatchObject({ kind: "free", bindable: false });
    expect(answer.blockedBy.map(({ state, ownerless }) => [state, ownerless])).toEqual([["TIME_WAIT", "time-wait"]]);
    expect(bind()).toEqual({ node: "ok", plain: "EADDRINUSE" });
    expect(await ask({ ignoreTimeWait: true })).toMatchObject({ kind: "free", bindable: true, blockedBy: [] });
  });
});

it.each([
  ["127.0.0.1", "tcp", {}],
  ["0.0.0.0", "tcp", {}],
  ["::1", "tcp6", {}],
  ["::", "tcp6", { v6only: 1 }],
  ["::ffff:127.0.0.1", "tcp6", { v6only: 0 }],
] as const)("a listener on %s keeps off a server on all addresses", async (address, kind, more) => {
  await stage.actor.act(`l${port}`, "open", { kind, address, port, reuse: true, ...more });
  const answer = await ask();
  expect(answer).toMatchObject({ kind: "owned", bindable: false, blockedBy: [{ state: "LISTEN", remotePort: 0 }] });
  expect(bind()).toEqual({ node: "EADDRINUSE", plain: "EADDRINUSE" });
  await stage.actor.act(`l${port}`, "close");
});

it("connections beside a listener are told where all owners are asked for", async () => {
  await stage.actor.act("server", "open", { port });
  await stage.actor.act("client", "connect", { address: "127.0.0.1", port });
  await stage.actor.act("server", "accept", { as: "accepted" });
  const states = (answer: WhoListens): string[] => answer.blockedBy.map(({ state }) => state).sort();
  expect(states(await ask())).toEqual(["LISTEN"]);
  expect(states(await ask({ owners: "all" }))).toEqual(["ESTABLISHED", "LISTEN"]);
  for (const name of ["server", "accepted", "client"]) await stage.actor.act(name, "close");
});

it("a connected socket of UDP, which hears its peer only", async () => {
  const far = await stage.actor.act("far", "open", { kind: "udp" });
  await stage.actor.act("near", "connect", { kind: "udp", address: "127.0.0.1", port: far.port, from: port });
  const answer = await ask({ protocol: "udp" });
  expect(answer).toMatchObject({
    kind: "free",
    bindable: false,
    blockedBy: [{ protocol: "udp", state: "ESTABLISHED" }],
  });
  expect(bind("udp").plain).toBe("EADDRINUSE");
  expect((await ask()).bindable).toBe(true); // TCP has ports of its own
});

it("a port that a server of this process has is not bindable", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port: own } = server.address() as { port: number };
    expect(await whoListens(own)).toMatchObject({ kind: "owned", bindable: false });
  } finally {
    server.close();
  }
});

it("the small structure of FIN_WAIT2 counts as TIME_WAIT, which is what the kernel keeps of it", async () => {
  const proc = new SimulatedProc();
  try {
    const rows = [tcpRow(80, 0, { state: "05", timer: "03" }), tcpRow(80, 0, { state: "05" })];
    proc.tcp(rows);
    const { blockedBy } = await whoListens(80, { procfs: proc.procfs, ignoreTimeWait: true });
    expect(blockedBy).toMatchObject([{ state: "FIN_WAIT2", ownerless: "kernel" }]);
    expect((await whoListens(80, { procfs: proc.procfs })).blockedBy).toHaveLength(2);
  } finally {
    proc.remove();
  }
});

it("more connections than a call takes arguments", async () => {
  const root = mkdtempSync(join(tmpdir(), "procnet-port-"));
  try {
    const loopback = "00000000000000000000000001000000:1F90";
    const rest = "01 00000000:00000000 00:00000000 00000000     0        0";
    const rows = Array.from(
      { length: 200_000 },
      (_, at) => `${at}: ${loopback} ${loopback} ${rest} ${at + 1} 1 0 20 4 30 10 -1\n`,
    );
    mkdirSync(join(root, "1/net"), { recursive: true });
    writeFileSync(join(root, "1/net/tcp"), HEADER);
    writeFileSync(join(root, "1/net/tcp6"), HEADER + rows.join(""));
    const { kind, blockedBy } = await whoListens(8080, { procfs: new ProcFs({ root }) });
    expect([kind, blockedBy.length]).toEqual(["free", rows.length]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
