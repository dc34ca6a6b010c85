import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { ProcFs, type SocketOwner } from "procnet";
import { afterEach, describe, expect, it } from "vitest";
import { BIN, procnet, program } from "../../../../test/support/command/run.ts";
import { makeTree, tcp, tcpRow } from "../../../../test/support/command/tree.ts";
import { scaled } from "../../../../test/support/time.ts";
import { missingTools, ROOT, skipIf } from "../../../../test/support/tools.ts";
import { refusal } from "./kill/kill-plan.ts";
import { portReport } from "./port-report.ts";
import { unitNote } from "./proxies.ts";
import { waitUntil } from "./wait.ts";

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

/** A port that was free a moment ago, also of what others have left in TIME_WAIT. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = await ownServer();
    const server = servers.pop()!;
    server.close();
    await once(server, "close");
    const { net } = new ProcFs();
    if (["tcp", "tcp6"].every((name) => net.read(name as "tcp", { where: { localPort: port } }).length === 0))
      return port;
  }
}

describe("exit codes", () => {
  it("0 owned, 1 free, and 1 when one of several is free", async () => {
    const { child, port } = await listener();
    const free = await freePort();
    const owned = program(["port", String(port), "--json"]);
    expect(owned.code).toBe(0);
    const { ports } = JSON.parse(owned.out) as { ports: [{ kind: string; listeners: [{ owners: SocketOwner[] }] }] };
    expect(ports[0].kind).toBe("owned");
    expect(ports[0].listeners[0].owners[0]).toMatchObject({ pid: child.pid, program: "node" });
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

it("of a listener that no process holds, the status and the reason say the same", () => {
  const socket = { protocol: "tcp", localAddress: "0.0.0.0", localPort: 2049, inode: 7, uid: 0, owners: [] } as const;
  const listeners = [{ ...socket, ownerless: "kernel", waiting: 0, answersIpv4: true }] as const;
  const common = {
    port: 2049,
    listeners,
    complete: true,
    bindable: false,
    blockedBy: [],
    reasons: ["kernel"],
  } as const;
  const { table, exitCode, items } = portReport([{ kind: "unknown", ...common }], "/proc", {});
  const lines = table.lines({ columns: undefined, header: false, paint: (_, text) => text });
  expect(lines.map((line) => line.split(/ +/))).toEqual([
    ["2049", "kernel", "tcp", "0.0.0.0:2049", "-", "0", "kernel"],
  ]);
  expect(exitCode).toBe(3);
  expect(items).toMatchObject([{ kind: "unknown" }]);
});

describe("a port that only UDP has", () => {
  it("is free, of TCP, and people are told of UDP", async () => {
    const udp = createSocket("udp4").bind(0, "127.0.0.1");
    await once(udp, "listening");
    try {
      const port = String(udp.address().port);
      const { code, out, err } = await procnet(["port", port]);
      expect({
        code,
        rows: out
          .trim()
          .split("\n")
          .map((line) => line.split(/ +/).slice(0, 3)),
      }).toEqual({
        code: 1,
        rows: [
          ["PORT", "STATUS", "PROTO"],
          [port, "free", "tcp"],
        ],
      });
      expect(err).toBe(
        `procnet: nothing listens for TCP on ${port}, but UDP is bound there: --udp tells whose it is\n`,
      );
      expect((await procnet(["port", port, "--json"])).err).toBe("");
      expect(await procnet(["port", port, "--udp"])).toMatchObject({ code: 0, err: "" });
    } finally {
      udp.close();
    }
  });

  it("is told as that of UDP where UDP was asked for and has it free", async () => {
    const port = String(await freePort());
    expect((await procnet(["port", port, "--udp"])).out).toMatch(new RegExp(`^${port} +free +udp$`, "m"));
  });
});

describe("waiting", () => {
  it("ends when somebody listens, and when nobody does any more", async () => {
    const port = await freePort();
    const listening = procnet(["port", String(port), "--wait-listening", "--timeout", `${scaled(60)}s`]);
    setTimeout(() => void ownServer(port), 150);
    expect(await listening).toMatchObject({ code: 0 });
    // Others may have left the port in TIME_WAIT.
    const free = procnet(["port", String(port), "--wait-free", "--ignore-time-wait", "--timeout", `${scaled(60)}s`]);
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
    ).toEqual({ answers: [1], isReached: false });
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
    expect(code).toBe(4);
    expect(err.split("\n").at(-2)).toBe("procnet: nothing was killed");
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
    expect(err).toContain(`somebody still listens; node[${child.pid}] got the signal: --signal KILL leaves no choice`);
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
    expect(err).toContain(`procnet: sent SIGTERM to node[${child.pid}]\n`);
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

  it("has nothing to do on a free port, which is what was asked for", async () => {
    const { code, out } = await procnet(["port", String(await freePort()), "--kill"]);
    expect(code).toBe(0);
    expect(out).toContain("free");
  });
});

it("says when the owner holds the port for a container, or is a service that comes back", async () => {
  const unit = { program: "node", pid: 5, unit: "web.service" } as SocketOwner;
  expect(unitNote(unit)).toBe("node[5] belongs to web.service, which systemd may start again");
  const tree = makeTree({ tcp: tcp(tcpRow(0, "00000000:1F90", "00000000:0000", "0A", 0, 11)) }, [
    { pid: 1, comm: "init" },
    { pid: 9, comm: "slirp4netns", sockets: [11] },
  ]);
  const { err, code } = await procnet(["port", "8080", "--root", tree.root]);
  expect(err).toContain("slirp4netns[9] is a rootless container's: what answers runs in a container");
  expect(code).toBe(0);
  tree.remove();
});

describe("a port on which nobody listens, and no server can start", () => {
  /** A client and its own port, bound to it so that the kernel gives the port to no other client. */
  async function client(): Promise<{ child: ChildProcess; port: number }> {
    const script = `
      const server = require("net").createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address();
        const socket = require("net").connect({ port, host: "127.0.0.1", localPort: ${await freePort()} }, () =>
          console.log(socket.localPort));
      });`;
    const child = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    const [text] = (await once(child.stdout!, "data")) as [Buffer];
    return { child, port: Number(text) };
  }

  it("is told with what has it and whose that is; the exit code stays that of a port without listener", async () => {
    const { child, port } = await client();
    const { code, out, err } = await procnet(["port", String(port), "--color", "never"], { columns: 160 });
    expect(code).toBe(1);
    expect(out).toMatch(
      new RegExp(`${port} +free +tcp +127\\.0\\.0\\.1:${port} +127\\.0\\.0\\.1:\\d+ +ESTABLISHED +${child.pid}`),
    );
    expect(err).toContain(`nobody listens on ${port}, but a server may not be able to start there`);
    expect(err).toContain(`1 socket of node[${child.pid}] in ESTABLISHED`);
    const { ports } = JSON.parse((await procnet(["port", String(port), "--json"])).out);
    expect(ports).toMatchObject([{ kind: "free", bindable: false, blockedBy: [{ owners: [{ pid: child.pid }] }] }]);
  });

  it("is waited for by --wait-free until it can be had", async () => {
    const { child, port } = await client();
    const over = await procnet(["port", String(port), "--wait-free", "--timeout", "50ms"]);
    expect(over.code).toBe(4);
    expect(over.err).toMatch(/nobody listens on \d+, but .* in ESTABLISHED after 0\.05 s\n$/);
    const waiting = procnet(["port", String(port), "--wait-free", "--ignore-time-wait", "--timeout", `${scaled(60)}s`]);
    setTimeout(() => child.kill("SIGKILL"), 200);
    expect(await waiting).toMatchObject({ code: 0, out: expect.stringContaining("free") });
    const server = createServer().listen(port, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
  });

  it("because of TIME_WAIT is told in one line for all of it, with the flag that leaves it out", async () => {
    const rows = Array.from({ length: 5000 }, (_, at) =>
      tcpRow(at, "0100007F:1F90", `0100007F:${(40000 + at).toString(16).toUpperCase()}`, "06", 0, 0),
    );
    const tree = makeTree({ tcp: tcp(...rows) }, [{ pid: 1, comm: "init" }]);
    try {
      const { code, out, err } = await procnet(["port", "8080", "--root", tree.root]);
      expect(code).toBe(1);
      expect(out.trim().split("\n")).toHaveLength(2);
      expect(out).toContain("5000 peers");
      expect(err).toContain("5000 sockets in TIME_WAIT");
      expect(err).toContain("--ignore-time-wait");
      const ignoring = await procnet(["port", "8080", "--root", tree.root, "--ignore-time-wait"]);
      expect(ignoring).toMatchObject({ code: 1, err: "" });
    } finally {
      tree.remove();
    }
  });
});

it("one listener of two whose owner is not known: 3, what is missing, and the other one's owner", async () => {
  const row = (at: number, inode: number): string => tcpRow(at, "0100007F:1F90", "00000000:0000", "0A", 0, inode);
  const tree = makeTree({ tcp: tcp(row(0, 11), row(1, 12)) }, [
    { pid: 1, comm: "init" },
    { pid: 9, comm: "mine", sockets: [11] },
    { pid: 10, comm: "other" },
  ]);
  try {
    rmSync(`${tree.root}/10/fd`, { recursive: true }); // as in the capture of who was refused
    const { code, out, err } = await procnet(["port", "8080", "--root", tree.root]);
    expect(code).toBe(3);
    expect(out).toContain("mine");
    expect(out).toContain("no-permission");
    expect(err).toContain("the owner of tcp 127.0.0.1:8080 is not known");
  } finally {
    tree.remove();
  }
});

it("a process that has ended has no ports: no kernel option is blamed", async (context) => {
  skipIf(context, missingTools("python3"));
  const script =
    "import os,time\npid=os.fork()\nif pid==0: os._exit(0)\nos.waitid(os.P_PID,pid,os.WEXITED|os.WNOWAIT)\nprint(pid,flush=True)\ntime.sleep(600)";
  const child = spawn("python3", ["-IS", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [zombie] = (await once(child.stdout!, "data")) as [Buffer];
  const { code, err } = await procnet(["port", "3000", "--pid", zombie.toString().trim()]);
  expect(code).toBe(4);
  expect(err).toMatch(/^procnet: process \d+ has ended \(it is a zombie/);
  expect(err).not.toContain("CONFIG_");
});

it("of the README is what a terminal of 100 columns shows", async (context) => {
  skipIf(context, process.geteuid?.() === 0 ? undefined : "not root, whose programs these are");
  const listen = (at: number, port: string) => tcpRow(at, `00000000:${port}`, "00000000:0000", "0A", 0, 1001 + at);
  const nginx = {
    comm: "nginx",
    cmdline: ["nginx: master process nginx"],
    cgroup: `0::/docker/${"0123456789ab".repeat(5)}abcd\n`,
  };
  const tree = makeTree({ tcp: tcp(listen(0, "1F90"), listen(1, "0016")) }, [
    { pid: 1, comm: "init" },
    { pid: 2210, ...nginx, sockets: [1001] },
    { pid: 811, comm: "sshd", cmdline: ["sshd: /usr/sbin/sshd -D"], sockets: [1002] },
  ]);
  try {
    const line = "port 8080 22 9999";
    const args = [...line.split(" "), "--color", "never", "--root", tree.root, "--byte-order", "LE"];
    const { out } = await procnet(args, { columns: 100 });
    expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(`$ npx procnet ${line}\n${out}$ npx`);
  } finally {
    tree.remove();
  }
});
