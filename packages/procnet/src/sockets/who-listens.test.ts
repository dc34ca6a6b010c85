import { beforeEach, describe, expect, it } from "vitest";
import { Actor } from "../../../../test/support/sockets/actor.ts";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../test/support/sockets/tcp-row.ts";
import { useActor } from "../../../../test/support/sockets/use-actor.ts";
import {
  isProcfsError,
  type Listener,
  type WhoListens,
  type WhoListensOptions,
  whoListens,
  whoListensSync,
} from "../index.ts";

const stage = useActor();
let port: number;
beforeEach(() => {
  port = stage.port;
});

/** The answer for the actor's namespace, the same at once and with turns of the event loop between. */
async function ask(options: WhoListensOptions = {}): Promise<WhoListens> {
  const answer = await whoListens(port, { pid: stage.actor.pid, ...options });
  expect(known(whoListensSync(port, { pid: stage.actor.pid, ...options }))).toEqual(known(answer));
  return answer;
}

/** An answer without whether all that more holders would take was looked at: on a busy machine there is no time for that. */
function known({ complete: _all, reasons, ...answer }: WhoListens): object {
  return { ...answer, reasons: reasons.filter((reason) => reason !== "budget") };
}

const ipv4 = ({ listeners }: WhoListens): unknown[] =>
  listeners.map(({ protocol, localAddress, answersIpv4 }) => [protocol, localAddress, answersIpv4]).sort();

it("names the owner", async () => {
  const { inode, fd } = await stage.actor.act("a", "open", { port });
  const answer = await ask();
  const owner = { pid: stage.actor.pid, fds: [fd], comm: "python3", uid: 0 };
  const listener: Partial<Listener> = { protocol: "tcp", localAddress: "127.0.0.1", localPort: port, inode, uid: 0 };
  expect(answer).toMatchObject({ kind: "owned", port, listeners: [{ ...listener, waiting: 0, owners: [owner] }] });
  expect(answer.listeners).toHaveLength(1);
});

it("says that a port is free: unused, used by a client, closed again, or used in another namespace", async () => {
  const nobody = { kind: "free", port, listeners: [], complete: true, bindable: true, blockedBy: [], reasons: [] };
  expect(await ask()).toEqual(nobody);
  const server = await stage.actor.act("server", "open");
  const client = await stage.actor.act("client", "connect", { address: "127.0.0.1", port: server.port });
  const ofClient = await whoListens(client.port, { pid: stage.actor.pid });
  expect(ofClient).toMatchObject({ kind: "free", port: client.port, listeners: [], bindable: false });
  await stage.actor.act("a", "open", { port });
  expect((await ask()).kind).toBe("owned");
  await stage.actor.act("a", "close");
  expect(await ask()).toEqual(nobody);
  await stage.actor.act("a", "open", { port });
  const here = await whoListens(port);
  expect(here.listeners.flatMap(({ owners }) => owners.map(({ pid }) => pid))).not.toContain(stage.actor.pid);
});

it("counts connections that wait", async () => {
  await stage.actor.act("a", "open", { port });
  for (const name of ["b", "c"]) await stage.actor.act(name, "connect", { address: "127.0.0.1", port });
  expect((await ask()).listeners).toMatchObject([{ waiting: 2 }]);
});

it("gives every bound address", async () => {
  await stage.actor.act("a", "open", { port });
  await stage.actor.act("b", "open", { port, address: "127.0.0.2" });
  await stage.actor.act("c", "open", { port, kind: "tcp6", address: "::1" });
  expect(ipv4(await ask())).toEqual([
    ["tcp", "127.0.0.1", true],
    ["tcp", "127.0.0.2", true],
    ["tcp6", "::1", false],
  ]);
});

describe("of a socket of IPv6 says whether it answers IPv4:", () => {
  let opened = 0;
  const open = (options: object) => stage.actor.act(`s${opened++}`, "open", { port, ...options });
  const V6 = { kind: "tcp6", address: "::" };

  it("unknown, as procfs has no V6ONLY", async () => {
    await open({ ...V6, v6only: 0 });
    expect(ipv4(await ask())).toEqual([["tcp6", "::", "unknown"]]);
  });

  it("unknown beside a socket of IPv4 of the same user", async () => {
    await open({ ...V6, v6only: 1 });
    await open({ address: "0.0.0.0" });
    expect(ipv4(await ask())).toEqual([
      ["tcp", "0.0.0.0", true],
      ["tcp6", "::", "unknown"],
    ]);
  });

  it("unknown beside one of another user, as devices and SO_REUSEADDR can set them apart", async () => {
    await open({ ...V6, v6only: 1 });
    await open({ address: "0.0.0.0", user: 1234 });
    expect(ipv4(await ask())).toEqual([
      ["tcp", "0.0.0.0", true],
      ["tcp6", "::", "unknown"],
    ]);
    await open({ kind: "udp6", address: "::", v6only: 0, reuse: true });
    await open({ kind: "udp", address: "0.0.0.0", user: 1234, reuse: true });
    expect(ipv4(await ask({ protocol: "udp" }))).toEqual([
      ["udp", "0.0.0.0", true],
      ["udp6", "::", "unknown"],
    ]);
  });

  it("yes, when bound to an address of IPv4", async () => {
    await open({ kind: "tcp6", address: "::ffff:127.0.0.1", v6only: 0 });
    expect(ipv4(await ask())).toEqual([["tcp6", "::ffff:127.0.0.1", true]]);
  });
});

it("looks at UDP when asked to: sockets that hear everybody", async () => {
  const { inode } = await stage.actor.act("a", "open", { kind: "udp", port });
  expect((await ask()).kind).toBe("free");
  const answer = await ask({ protocol: "udp" });
  expect(answer).toMatchObject({ kind: "owned", listeners: [{ protocol: "udp", inode, waiting: 0 }] });
  const connected = await stage.actor.act("b", "connect", { kind: "udp", address: "127.0.0.1", port });
  expect((await whoListens(connected.port, { pid: stage.actor.pid, protocol: "udp" })).kind).toBe("free");
});

it("names every process that shares a listener", async () => {
  const { fd } = await stage.actor.act("a", "open", { port });
  const workers = [];
  for (let at = 0; at < 4; at++) workers.push((await stage.actor.act("a", "fork")).pid);
  const [listener] = (await ask()).listeners;
  expect(listener!.owners.map(({ pid }) => pid)).toEqual([stage.actor.pid, ...workers].sort((a, b) => a - b));
  for (const { fds } of listener!.owners) expect(fds).toEqual([fd]);
  for (const pid of workers) await stage.actor.act("a", "kill", { pid });
});

it("finds a listener at a high number of a process with many descriptors", async () => {
  const crowd = new Actor((command, args) =>
    stage.namespace.spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] }),
  );
  try {
    await crowd.act("", "fill", { count: 600 });
    const { inode } = await crowd.act("a", "open", { port });
    await crowd.act("a", "move", { fd: 500 });
    const owner = { pid: crowd.pid, fds: [500] };
    expect(await ask()).toMatchObject({ kind: "owned", listeners: [{ inode, owners: [owner] }] });
  } finally {
    await crowd.end();
  }
});

it("reads the table of IPv6 in a captured tree whatever its counters say: they are of another moment", async () => {
  const proc = new SimulatedProc();
  try {
    const local = `${"0".repeat(32)}:1F90`;
    const row = `   0: ${local} ${"0".repeat(32)}:0000 0A 00000000:00000000 00:00000000 00000000 0 0 77 1 0 100 0 0 10 0\n`;
    proc.tcp([]);
    proc.write("1/net/tcp6", `  sl  local_address remote_address st\n${row}`);
    proc.write("1/net/sockstat6", "TCP6: inuse 0\n");
    proc.process(100, { fds: { 3: 77 } });
    const answer = await whoListens(8080, { procfs: proc.procfs });
    expect(answer).toMatchObject({ kind: "owned", listeners: [{ protocol: "tcp6", owners: [{ pid: 100 }] }] });
  } finally {
    proc.remove();
  }
});

it("gives a listener once whose row came twice, as when another one was opened between two pieces of the table", async () => {
  const proc = new SimulatedProc();
  try {
    proc.tcp([tcpRow(80, 11), tcpRow(80, 12), tcpRow(80, 11)]);
    const { listeners } = await whoListens(80, { procfs: proc.procfs });
    expect(listeners.map(({ inode }) => inode)).toEqual([11, 12]);
  } finally {
    proc.remove();
  }
});

it("says how to write a port that was given as text", async () => {
  await expect(whoListens("3000" as never)).rejects.toMatchObject({
    message:
      'whoListens: port must be a whole number from 1 to 65535, not the text "3000": Number("3000") makes a number of the text',
  });
  const wrong = { owners: "every" } as unknown as WhoListensOptions;
  await expect(whoListens(80, wrong)).rejects.toMatchObject({ message: expect.stringContaining('"first" or "all"') });
});

describe("refuses", () => {
  it.each([0, -1, 65536, 1.5, Number.NaN, "80", undefined, null])("the port %s", async (wrong) => {
    await expect(whoListens(wrong as number)).rejects.toSatisfy(isProcfsError);
    await expect(whoListens(wrong as number)).rejects.toMatchObject({
      code: "ERR_INVALID_ARG",
      message: expect.stringContaining("port"),
    });
    expect(() => whoListensSync(wrong as number)).toThrow(/port/);
  });

  it("a protocol that is none, a process id that is none, and a process that there is not", async () => {
    const options = { protocol: "sctp" } as unknown as WhoListensOptions;
    await expect(whoListens(80, options)).rejects.toMatchObject({
      code: "ERR_INVALID_ARG",
      message: expect.stringContaining("protocol"),
    });
    await expect(whoListens(80, { pid: -1 })).rejects.toMatchObject({ code: "ERR_INVALID_ARG" });
    await expect(whoListens(80, { pid: 2 ** 30 })).rejects.toMatchObject({ code: "ESRCH" });
  });
});
