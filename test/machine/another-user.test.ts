import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NetworkNamespace, Socket, SocketsResult, WhoListens } from "../../packages/procnet/src/index.ts";
import { Namespace } from "../support/namespace.ts";
import { Actor, type Answer } from "../support/sockets/actor.ts";
import { Built, NOBODY, notRoot } from "../support/sockets/built.ts";
import { inodeOf } from "../support/sockets/mixed-scene.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

const reason = notRoot() ?? missingTools("python3", "setpriv", "unshare", "mount");

let built: Built;
let actor: Actor;
let listener: Answer;
beforeAll(async () => {
  if (reason !== undefined) return;
  built = new Built();
  actor = new Actor();
  listener = await actor.act("a", "open");
});
beforeEach((context) => skipIf(context, reason));
afterAll(async () => {
  await actor?.end();
  built?.remove();
});

interface Report {
  readonly theirs: Socket;
  readonly sync: Socket;
  readonly each: Socket;
  readonly listens: WhoListens;
  readonly free: WhoListens;
  readonly mine: Socket;
  readonly myListens: WhoListens;
  readonly result: SocketsResult;
  readonly pid: number;
}

/** Looks at the actor's listener and at one of its own, in every way. */
const program = (): string => `
  import { createServer } from "node:net";
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const localPort = ${listener.port};
  const options = { protocol: "tcp", localPort };
  const result = await procnet.sockets(options);
  const { sockets: [mine] } = await procnet.sockets({ ...options, localPort: port });
  const { sockets: [sync] } = procnet.socketsSync(options);
  const each = (await procnet.eachSocket(options).next()).value;
  const listens = await procnet.whoListens(localPort);
  const myListens = await procnet.whoListens(port);
  await new Promise((resolve) => server.close(resolve));
  const free = await procnet.whoListens(port);
  report({ theirs: result.sockets[0], sync, each, listens, free, mine, myListens, result, pid: process.pid });
`;

function expectUnknown(report: Report, why: string): void {
  const { theirs, sync, each, listens, free, mine, myListens, pid } = report;
  for (const socket of [theirs, sync, each]) {
    expect(socket).toMatchObject({ inode: listener.inode, owners: [], ownerless: why });
  }
  const unknown = { inode: listener.inode, owners: [], ownerless: why };
  expect(listens).toMatchObject({ kind: "unknown", port: listener.port, reasons: [why], listeners: [unknown] });
  expect(mine).toMatchObject({ state: "LISTEN", owners: [{ pid }] });
  expect(myListens).toMatchObject({ kind: "owned", listeners: [{ owners: [{ pid }] }] });
  expect(free.kind).toBe("free");
}

describe("a user without rights", () => {
  it("sees the sockets of others, is told that their owners cannot be seen, and sees those of its own", () => {
    const report = built.runAsNobody<Report>(program());
    expectUnknown(report, "no-permission");
    const { rights, skipped } = report.result;
    expect(rights).toEqual({ uid: NOBODY, allProcesses: false });
    expect(skipped.find(({ pid }) => pid === actor.pid)).toMatchObject({ what: "process", code: "EACCES" });
  });

  it("is told that processes are hidden, where they are", () => {
    const hiding = 'mount -t proc -o hidepid=2 proc /proc && exec "$0" "$@"';
    const nobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
    expectUnknown(built.run<Report>(program(), ["unshare", "--mount", "sh", "-c", hiding, ...nobody]), "hidepid");
    // Root of a user namespace of its own has every capability, and none of them over processes outside.
    const asRoot = [...nobody, "unshare", "--user", "--map-root-user"];
    expectUnknown(built.run<Report>(program(), ["unshare", "--mount", "sh", "-c", hiding, ...asRoot]), "hidepid");
    const root = built.run<Report>(program(), ["unshare", "--mount", "sh", "-c", hiding]);
    expect(root.theirs.owners).toMatchObject([{ pid: actor.pid }]);
    // In a container root may not trace, and so does not see whoever can do more than it.
    const unable = ["setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"];
    const seen = (...through: string[]): unknown =>
      built.run("report(new procnet.SocketEngine().visibility());", [
        "unshare",
        "--mount",
        "sh",
        "-c",
        hiding,
        ...through,
      ]);
    expect(seen()).toMatchObject({ hidden: false });
    expect(seen(...unable)).toMatchObject({ hidden: true });
  });

  it("is told so of a procfs mounted elsewhere, where process 1 is hidden as well", () => {
    const place = "/mnt/a b";
    const script = `mount -t tmpfs none /mnt && mkdir '${place}' && mount -t proc -o hidepid=2 proc '${place}'`;
    const nobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
    const body = `
      const procfs = new procnet.ProcFs({ root: "${place}" });
      const listens = await procnet.whoListens(${listener.port}, { procfs, pid: process.pid });
      const { skipped } = await procnet.sockets({ procfs, protocol: "tcp" });
      report({ listens, skipped: skipped.filter(({ what }) => what !== "process") });`;
    const through = ["unshare", "--mount", "sh", "-c", `${script} && exec "$0" "$@"`, ...nobody];
    const { listens, skipped } = built.run<{ listens: WhoListens; skipped: unknown[] }>(body, through);
    expect(listens).toMatchObject({ kind: "unknown", reasons: ["hidepid"], listeners: [{ inode: listener.inode }] });
    expect(skipped).toMatchObject([{ what: "namespace", code: "ESRCH" }]);
  });

  it("can tell namespaces apart, though not by their numbers", (context) => {
    skipIf(context, noNamespaces());
    const namespaces = [new Namespace(), new Namespace()];
    try {
      const children = namespaces.map((namespace) => namespace.spawn("sleep", ["1000"], { stdio: "ignore" }));
      // `ip` is in its namespace before it becomes the program.
      const isThere = (at: number): string =>
        `while (fs.readFileSync("/proc/${children[at]!.pid}/comm", "utf8") !== "sleep\\n") await 1;`;
      const body = `import fs from "node:fs";\n${isThere(0)}\n${isThere(1)}\nreport(procnet.networkNamespaces());`;
      const found = built.runAsNobody<NetworkNamespace[]>(body);
      const of = (pid: number): NetworkNamespace[] => found.filter(({ pids }) => pids.includes(pid));
      for (const { pid } of children) expect(of(pid!)).toEqual([{ pids: [pid] }]);
      expect(found.filter(({ current }) => current)).toHaveLength(1);
      expect(of(process.pid)).toEqual(found.filter(({ current }) => current));
      const inodes = built
        .run<NetworkNamespace[]>("report(procnet.networkNamespaces());")
        .filter(({ pids }) => pids.some((pid) => children.some((child) => child.pid === pid)))
        .map(({ inode }) => inode);
      expect(inodes).toEqual(namespaces.map(inodeOf).sort((a, b) => a - b));
    } finally {
      for (const namespace of namespaces) namespace.remove();
    }
  });
});

describe("root", () => {
  it("sees all", () => {
    const { theirs, listens, result } = built.run<Report>(program());
    expect(theirs.owners).toMatchObject([{ pid: actor.pid, fds: [listener.fd] }]);
    expect(listens.kind).toBe("owned");
    // Security modules can keep processes even from root.
    const refused = result.skipped.filter(({ what }) => what === "process");
    expect(result.rights).toEqual({ uid: 0, allProcesses: refused.length === 0 });
    expect(refused.map(({ pid }) => pid)).not.toContain(actor.pid);
  });

  it("in a pid namespace of its own is told that others may hold a socket", () => {
    const nested = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];
    expectUnknown(built.run<Report>(program(), nested), "other-namespace");
  });
});
