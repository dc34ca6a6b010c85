import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { ProcFs, type SocketOwner } from "procnet";
import { afterEach, describe, expect, it } from "vitest";
import { missingTools, skipIf } from "../../../test/support/tools.ts";
import { refusal } from "../src/commands/kill.ts";
import { proxyNote, unitNote } from "../src/commands/proxies.ts";
import { waitUntil } from "../src/commands/wait.ts";
import { BIN, procnet, program } from "./support/run.ts";
import { makeTree, tcp, tcpRow } from "./support/tree.ts";

const children: ChildProcess[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) server.close();
});

/** A program that listens; `body` may say what it does with signals. */
async function listener(body = "", args: readonly string[] = []): Promise<{ child: ChildProcess; port: number }> {
  const script = `${body}; const s = require("net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port))`;
  const child = spawn(process.execPath, ["-e", script, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const [text] = (await once(child.stdout!, "data")) as [Buffer];
  return { child, port: Number(text) };
}

async function ownServer(port = 0): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return (server.address() as { port: number }).port;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const port = await ownServer();
  const server = servers.pop()!;
  server.close();
  await once(server, "close");
  return port;
}

describe("exit codes", () => {
  it("0 owned, 1 free, and 1 when one of several is free", async () => {
    const { child, port } = await listener();
    const free = await freePort();
    const owned = program(["port", String(port), "--json"]);
    expect(owned.code).toBe(0);
    const { ports } = JSON.parse(owned.out) as { ports: [{ kind: string; listeners: [{ owners: SocketOwner[] }] }] };
    expect(ports[0].kind).toBe("owned");
    expect(ports[0].listeners[0].owners[0]).toMatchObject({ pid: child.pid, comm: "node" });
    expect(program(["port", String(free)])).toMatchObject({ code: 1, err: "" });
    expect(program(["port", String(port), String(free)]).code).toBe(1);
    expect(
      program(["port", `${port},${port}`])
        .out.trim()
        .split("\n"),
    ).toHaveLength(2);
  });

  it("3 unknown, with the reason and what helps", async (context) => {
    skipIf(context, process.getuid?.() === 0 ? undefined : "only root can become somebody else");
    const { port } = await listener();
    const { code, out, err } = program(["port", String(port)], { uid: 65534 });
    expect(code).toBe(3);
    expect(out).toContain("unknown");
    expect(out).toContain("no-permission");
    expect(err).toContain("root sees them");
  });
});

describe("waiting", () => {
  it("ends when somebody listens, and when nobody does any more", async () => {
    const port = await freePort();
    const listening = procnet(["port", String(port), "--wait-listening", "--timeout", "30s"]);
    setTimeout(() => void ownServer(port), 150);
    expect(await listening).toMatchObject({ code: 0 });
    const free = procnet(["port", String(port), "--wait-free", "--timeout", "30s"]);
    setTimeout(() => servers.pop()!.close(), 150);
    const { code, out } = await free;
    expect(code).toBe(0);
    expect(out).toContain("free");
  });

  it("fails with 4 when the time is over", async () => {
    const port = await ownServer();
    const { code, out, err } = await procnet(["port", String(port), "--wait-free", "--timeout", "10ms"]);
    expect({ code, out }).toEqual({ code: 4, out: "" });
    expect(err).toBe("procnet: somebody still listens after 0.01 s\n");
  });

  it("ends at a signal", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    expect(
      await waitUntil(
        async () => [1],
        () => false,
        undefined,
        abort.signal,
      ),
    ).toBeUndefined();
  });
});

describe("--kill", () => {
  const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

  it("ends the listener after a yes", async () => {
    const { child, port } = await listener();
    const questions: string[] = [];
    const ask = async (question: string): Promise<boolean> => questions.push(question) > 0;
    const ended = once(child, "exit");
    const { code, out, err } = await procnet(["port", String(port), "--kill"], { ask });
    expect(questions).toEqual([expect.stringContaining(`Kill node[${child.pid}] (uid `)]);
    expect(err).toContain(`sent SIGTERM to node[${child.pid}]`);
    expect(out).toContain("free");
    expect(code).toBe(0);
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  it("does nothing after a no", async () => {
    const { child, port } = await listener();
    const { code, err } = await procnet(["port", String(port), "--kill"], { ask: async () => false });
    expect({ code, err }).toEqual({ code: 4, err: "procnet: nothing was killed\n" });
    expect(isAlive(child)).toBe(true);
  });

  it("does not ask where nobody can answer, and then needs --yes", async () => {
    const { child, port } = await listener();
    const { code, err } = program(["port", String(port), "--kill"]);
    expect(code).toBe(2);
    expect(err).toContain("use --yes");
    expect(isAlive(child)).toBe(true);
    const ended = once(child, "exit");
    expect(program(["port", String(port), "--kill", "--yes"]).code).toBe(0);
    await ended;
  });

  it("says when the listener does not go, and what does", async () => {
    const { child, port } = await listener("process.on('SIGTERM', () => {})");
    const { code, err } = await procnet(["port", String(port), "--kill", "--yes", "--timeout", "300ms"]);
    expect(code).toBe(4);
    expect(err).toContain("somebody still listens; --signal KILL leaves no choice");
    expect(isAlive(child)).toBe(true);
    const ended = once(child, "exit");
    expect((await procnet(["port", String(port), "--kill", "-y", "--signal", "KILL"])).code).toBe(0);
    expect(await ended).toEqual([null, "SIGKILL"]);
  });

  it("leaves alone whom the port passed to while the user thought", async () => {
    const { child, port } = await listener();
    const other: ChildProcess[] = [];
    const ask = async (): Promise<boolean> => {
      child.kill("SIGKILL");
      await once(child, "exit");
      const script = `require("net").createServer().listen(${port}, "127.0.0.1", () => console.log("up"))`;
      const next = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
      children.push(next);
      other.push(next);
      await once(next.stdout!, "data");
      return true;
    };
    const { code, err } = await procnet(["port", String(port), "--kill", "--timeout", "200ms"], { ask });
    expect(err).toContain("does not listen any more: it was left alone");
    expect(code).toBe(4);
    expect(isAlive(other[0]!)).toBe(true);
  });

  it("refuses the first process, itself and its ancestors", async () => {
    const procfs = new ProcFs();
    expect(refusal(1, procfs)).toContain("the first process");
    expect(refusal(process.pid, procfs)).toBe("is procnet itself");
    expect(refusal(process.ppid, procfs)).toContain("an ancestor of procnet");
    const { child } = await listener();
    expect(refusal(child.pid!, procfs)).toBeUndefined();
    // The server of this test is an ancestor of the program.
    const port = await ownServer();
    const { code, err } = program(["port", String(port), "--kill", "--yes"]);
    expect(code).toBe(4);
    expect(err).toMatch(/^procnet: not killed: .*\[\d+\] is an ancestor of procnet/);
  });

  it("sees that the port is free when who listened was the only process in its network namespace", async (context) => {
    skipIf(context, process.getuid?.() === 0 ? missingTools("unshare") : "only root can make a namespace");
    const script = `require("net").createServer().listen(3000, () => console.log("up"))`;
    const child = spawn("unshare", ["-n", process.execPath, "-e", script], { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    await once(child.stdout!, "data");
    const { code, out, err } = await procnet(["port", "3000", "--pid", String(child.pid), "--kill", "--yes"]);
    expect(err).toBe(`procnet: sent SIGTERM to node[${child.pid}]\n`);
    expect(out).toContain("free");
    expect(code).toBe(0);
  });

  it("sends no signal to numbers of another pid namespace", async (context) => {
    skipIf(context, process.getuid?.() === 0 ? missingTools("unshare") : "only root can make a namespace");
    const { child, port } = await listener();
    const command = ["-fp", process.execPath, BIN, "port", String(port), "--kill", "--yes"];
    const { status, stdout, stderr } = spawnSync("unshare", command, { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
    expect(stderr).toBe(
      "procnet: not killed: /proc is that of another pid namespace, whose process ids mean nothing here\n",
    );
    expect(isAlive(child)).toBe(true);
  });

  it("asks a question that stays short, whatever the process calls itself", async () => {
    const { port } = await listener(`process.title = "\\u001b[2J" + "x".repeat(500)`, ["y".repeat(5000)]);
    const questions: string[] = [];
    const ask = async (question: string): Promise<boolean> => questions.push(question) < 0;
    await procnet(["port", String(port), "--kill"], { ask });
    expect(questions[0]).toMatch(/^Kill [^\u001b]*\[\d+\] \(uid \d+\) [^\u001b]{1,200}\? \[y\/N\] $/);
  });

  it("has nothing to do on a free port", async () => {
    expect((await procnet(["port", String(await freePort()), "--kill"])).code).toBe(1);
  });
});

it("says when the owner is the proxy of a container, or a service that comes back", async () => {
  const owner = { comm: "docker-proxy", pid: 5, unit: "docker.service" } as SocketOwner;
  expect(proxyNote(owner)).toContain("docker-proxy[5] is Docker's proxy");
  expect(proxyNote({ ...owner, comm: "node" })).toBeUndefined();
  expect(unitNote(owner)).toContain("docker.service, which systemd may start again");
  const tree = makeTree({ tcp: tcp(tcpRow(0, "00000000:1F90", "00000000:0000", "0A", 0, 11)) }, [
    { pid: 1, comm: "init" },
    { pid: 9, comm: "slirp4netns", sockets: [11] },
  ]);
  const { err, code } = await procnet(["port", "8080", "--root", tree.root]);
  expect(err).toContain("slirp4netns[9] is a rootless container's proxy");
  expect(code).toBe(0);
  tree.remove();
});
