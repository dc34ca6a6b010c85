import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BIN, program } from "../support/command/run.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/* Where the kernel may not be asked, or a part of it is not there, procfs answers, whole, and why is said: on the real thing. */

const WITHOUT = fileURLToPath(new URL("../support/kernel/without.py", import.meta.url));
const reason =
  process.getuid?.() === 0 ? missingTools("python3", "unshare", "setpriv") : "only root can take rights away";
const server = createServer();
let port = 0;
beforeAll(async () => {
  server.listen(0, "127.0.0.1", 7);
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
});
afterAll(() => void server.close());
beforeEach((context) => skipIf(context, reason));

/** What a command line told, run by another program. */
function told(by: readonly string[], ...args: string[]) {
  const [first = "", ...rest] = [...by, process.execPath, BIN, ...args];
  const { status, stdout, stderr } = spawnSync(first, rest, { encoding: "utf8", maxBuffer: 1 << 28 });
  return { code: status, out: stdout, err: stderr };
}

const question = (): string[] => ["sockets", "-t", "--json", `sport = :${port} and state listening`];

/** The listener of this test as procfs tells it, without what passes. */
function asProcfs(): object {
  const { out } = told(["env"], ...question(), "--source", "procfs");
  return (JSON.parse(out) as { sockets: object[] }).sockets[0]!;
}

const IN_VAIN = [
  ["no netlink at all", [WITHOUT, "netlink"], /sockets are read from procfs: .*EAFNOSUPPORT/],
  ["a kernel without sock_diag", [WITHOUT, "sock_diag"], /sockets are read from procfs: .*EPROTONOSUPPORT/],
] as const;

describe("tables", () => {
  it.each(IN_VAIN)("%s", (_, [script, what], why) => {
    const { code, out, err } = told(["python3", script, what], ...question(), "--source", "kernel");
    const { sockets, source, sourceOf } = JSON.parse(out) as Record<string, object>;
    expect({ code, source, sockets }).toMatchObject({ code: 0, sockets: [asProcfs()] });
    expect(sourceOf).toMatchObject({ tables: [], notes: expect.arrayContaining([expect.stringMatching(why)]) });
    expect(err).toMatch(why);
  });

  it.each(IN_VAIN)("a filter that only the kernel could answer is no empty answer: %s", (_, [script, what], why) => {
    const { code, err } = told(["python3", script, what], "sockets", "-t", "rtt > 0");
    expect({ code, err }).toEqual({ code: 4, err: expect.stringMatching(why) });
    expect(err).toContain("procfs does not tell rtt of sockets of tcp, tcp6");
  });

  it.each([
    ...IN_VAIN,
    ["messages that may not be sent", [WITHOUT, "send"], /read from procfs: .*send: EPERM/] as const,
  ])("ss: %s", (_, [script, what], why) => {
    const mine = ["ss", "-tln", "sport", "=", `:${port}`];
    const asked = told(["python3", script, what], ...mine, "--source", "kernel");
    expect(asked.err).toMatch(why);
    expect(asked.out).toContain(`127.0.0.1:${port}`);
    expect(asked.out).toBe(told(["env"], ...mine, "--source", "procfs").out);
  });
});

describe("owners", () => {
  /** Where links show who holds it. */
  const SEEN: ReadonlySet<string> = new Set(["bpf(2) is forbidden", "no description of the kernel's types"]);
  const OWNERS = /owners are read from links of descriptors: /;

  it.each([
    ["bpf(2) is forbidden", ["python3", WITHOUT, "bpf"]],
    [
      "no description of the kernel's types",
      ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /sys/kernel/btf && exec "$@"', "sh"],
    ],
    ["another pid namespace", ["unshare", "-p", "-f", "--mount-proc"]],
    ["no rights", ["setpriv", "--reuid", "0", "--bounding-set", "-all", "--inh-caps", "-all"]],
  ] as const)("%s", (name, by) => {
    const { code, out, err } = told(by, ...question(), "--source", "kernel");
    const { sockets, source, sourceOf } = JSON.parse(out) as Record<string, object[]>;
    expect({ code, source }).toEqual({ code: 0, source: "kernel" });
    expect(sourceOf).toMatchObject({
      tables: ["tcp", "tcp6"],
      owners: "procfs",
      notes: [expect.stringMatching(OWNERS)],
    });
    expect(sockets).toMatchObject([{ localPort: port, backlog: 7 }]);
    expect(err).toMatch(OWNERS);
    if (!SEEN.has(name)) return;
    expect(sockets![0]).toMatchObject({ owners: [{ pid: process.pid }] });
  });
});

it("without the package nothing is asked, and kernel is an error with help", () => {
  const alone = (...args: string[]) => program(args, { uid: 65534 });
  const help = expect.stringContaining("npm install @procnet/kernel koffi");
  for (const command of ["sockets", "watch", "health"])
    expect(alone(command, "--source", "kernel"), command).toMatchObject({ code: 4, out: "", err: help });
  expect(alone("ss", "-tln", "--source", "kernel")).toMatchObject({ code: 4, err: help });
  expect(alone("ss", "-tlni")).toMatchObject({ code: 0, err: help });
  expect(alone("sockets", "-tl")).toMatchObject({ code: 0, err: expect.not.stringContaining("npm install") });
});

describe("all that looks at sockets", () => {
  it("watch asks the kernel, and filters by what it tells", () => {
    const { code, out } = told(
      ["env"],
      "watch",
      "-t",
      "--json",
      "--rounds",
      "1",
      "--every",
      "50ms",
      `sport = :${port} and backlog = 7`,
    );
    const [snapshot] = out.split("\n").map((line) => line && JSON.parse(line));
    expect({ code, snapshot }).toMatchObject({
      code: 0,
      snapshot: { phase: "snapshot", sockets: [{ localPort: port, backlog: 7 }] },
    });
  });

  it("health judges what the kernel tells, and knows no less by it", () => {
    const judged = (source: string): { ok: boolean; unknown: string[] } => {
      // In a namespace of its own: what others do meanwhile may take a longer look to be judged.
      const { out } = told(["unshare", "--net"], "health", "--json", "--window", "50ms", "--source", source);
      const { ok, unknown } = JSON.parse(out) as { ok: string[]; unknown: { id: string }[] };
      return { ok: ok.length > 20, unknown: unknown.map(({ id }) => id) };
    };
    const [kernel, procfs] = [judged("kernel"), judged("procfs")];
    expect(kernel.ok).toBe(true);
    expect(procfs.unknown).toEqual(expect.arrayContaining(kernel.unknown));
  });
});
