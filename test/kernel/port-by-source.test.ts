import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createKernelSource } from "@procnet/kernel";
import { type Listener, type WhoListens, whoListens } from "procnet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet } from "../support/command/run.ts";
import { noIterator } from "../support/kernel/pin.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

/* Who is on a port, by the kernel and by procfs: the same sockets, the same owners, the same documents. */

const SCENES = `${ROOT}/test/support/kernel`;

/** A scene that is up, with its numbers. */
interface Scene {
  readonly child: ChildProcess;
  readonly numbers: Readonly<Record<string, number>>;
}

const isRoot = process.getuid?.() === 0;
const reason = missingTools("python3") ?? (isRoot ? missingTools("unshare", "ip") : "only root may ask of all");
let here: Scene;
let there: Scene;
beforeAll(async () => {
  if (reason !== undefined) return;
  here = await scene("python3", "-IS", `${SCENES}/on-ports.py`);
  there = await scene(
    "unshare",
    "-n",
    "sh",
    "-c",
    'ip link set lo up && exec python3 -IS "$0"',
    `${SCENES}/on-ports.py`,
  );
});
afterAll(() => {
  for (const { child } of [here, there].filter((one) => one !== undefined)) child.stdin!.end();
});

async function scene(command: string, ...args: string[]): Promise<Scene> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const numbers: Record<string, number> = {};
  for await (const line of createInterface({ input: child.stdout! })) {
    const [name, number] = line.split(" ");
    numbers[name!] = Number(number);
    if (name === "up") break;
  }
  return { child, numbers };
}

/** What a command line says, whoever is asked. */
async function said(source: string, ...args: string[]): Promise<{ out: string; err: string; code: number }> {
  return procnet(["port", "--source", source, ...args]);
}

/** A document without what procfs does not know: whether IPv4 is answered too, and what they hold who let nobody look. */
function alike(out: string): unknown {
  const { ports, ...rest } = JSON.parse(out) as { ports: WhoListens[] };
  const answers = ports.map(({ reasons, listeners, ...one }) => {
    return { ...one, listeners: listeners.map(({ answersIpv4, ...listener }) => listener) };
  });
  return { ...rest, answers };
}

if (reason !== undefined) console.warn(`who is on a port by the kernel is not held to procfs: ${reason}`);

describe("who is on a port", () => {
  it.skipIf(reason !== undefined).each(["shared", "both", "alone", "udp"])(
    "%s: the same in this namespace, in another, and in all",
    async (name) => {
      const udp = name === "udp" ? ["--udp"] : [];
      const ask = async (of: Scene, where: string[], shows: string): Promise<void> => {
        const args = [String(of.numbers[name]), ...udp, ...where];
        for (const form of [[], ["--csv"]]) {
          const { out, code } = await said("kernel", ...args, ...form);
          expect(await said("procfs", ...args, ...form)).toMatchObject({ out, code: 0 });
          expect([code, out]).toEqual([0, expect.stringContaining(shows)]);
        }
        const byKernel = await said("kernel", ...args, "--json");
        expect(alike(byKernel.out)).toEqual(alike((await said("procfs", ...args, "--json")).out));
      };
      await ask(here, [], String(here.numbers.up));
      await ask(there, ["--netns", `pid:${there.numbers.up}`], String(there.numbers.up));
      await ask(there, ["--all-namespaces"], String(there.numbers.up));
      await ask(here, ["--all-namespaces"], String(here.numbers.up));
    },
  );

  it("is asked of the kernel for that port, and shows what is in the way and who holds it", async (context) => {
    skipIf(context, reason ?? (await noIterator()));
    using source = createKernelSource();
    const { shared, up, child } = here.numbers;
    const answer = await whoListens(shared!, { owners: "all", source });
    expect(answer).toMatchObject({
      source: "kernel",
      sourceOf: { tables: ["tcp6", "tcp"], owners: "kernel", notes: [] },
      kind: "owned",
      complete: true,
    });
    const listeners: readonly Listener[] = answer.listeners;
    const pids = ({ owners }: Listener): number[] => owners.map(({ pid }) => pid);
    const ascending = [up!, child!].sort((a, b) => a - b);
    expect(listeners.map(pids).sort((a, b) => a.length - b.length)).toEqual([[up], ascending]);
    expect(listeners.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(1);
    // TIME_WAIT is over after a minute.
    const states = answer.blockedBy.map(({ state }) => state).filter((state) => state !== "TIME_WAIT");
    expect(states.sort()).toEqual(["ESTABLISHED", "ESTABLISHED", "LISTEN", "LISTEN"]);
  });

  it("goes into other namespaces by one thread for all who ask at once, and each is told of its own", async (context) => {
    skipIf(context, reason ?? (await noIterator()));
    using source = createKernelSource();
    let threads = 0;
    const count = (): void => {
      threads++;
    };
    process.on("worker", count);
    try {
      const scenes = [here, there, here, there];
      const ask = async ({ numbers: { shared, up } }: Scene): Promise<unknown> => {
        const { listeners, sourceOf } = await whoListens(shared!, { pid: up!, owners: "all", source });
        // Where a socket could not be had, procfs would answer, and as well.
        expect(sourceOf).toEqual({ tables: ["tcp6", "tcp"], owners: "kernel", notes: [] });
        return listeners.every(({ owners }) => owners.some(({ pid }) => pid === up)) && listeners.length;
      };
      expect(await Promise.all(scenes.map(ask))).toEqual([2, 2, 2, 2]);
      expect(threads).toBe(1);
      expect(await ask(there)).toBe(2);
      expect(threads).toBe(2);
      // One that is not there leaves the others alone.
      const gone = whoListens(1, { pid: 2 ** 22 - 1, source }).then(
        () => "answered",
        (error: Error) => error.name,
      );
      expect(await Promise.all([gone, ask(there)])).toEqual(["ProcfsError", 2]);
    } finally {
      process.off("worker", count);
    }
  });

  it("answers IPv4 or not, which procfs does not know", async (context) => {
    skipIf(context, reason);
    using source = createKernelSource();
    const answers = async (port: number, more: object): Promise<unknown[]> =>
      (await whoListens(port, more)).listeners.map(({ answersIpv4 }) => answersIpv4);
    for (const [name, isTrue] of [["both", true] as const, ["alone", false] as const]) {
      expect(await answers(here.numbers[name]!, {})).toEqual(["unknown"]);
      expect(await answers(here.numbers[name]!, { source })).toEqual([isTrue]);
    }
  });

  it("is free where nobody listens, and in no namespace where its process has ended, by the kernel too", async (context) => {
    skipIf(context, reason);
    const ended = ["--netns", `pid:${here.numbers.zombie}`];
    for (const source of ["kernel", "procfs"]) {
      expect(await said(source, "1", "--json")).toMatchObject({ code: 1, err: "" });
      expect(await said(source, "1", ...ended)).toMatchObject({ code: 4, err: expect.stringMatching(/is a zombie/) });
    }
  });
});

it("--kill by the kernel ends whom it ends by procfs, and nobody else", async (context) => {
  skipIf(context, reason);
  const { child, numbers } = await scene("python3", "-IS", `${SCENES}/received-port.py`);
  const { port, daemon, up } = numbers;
  const kill = (...more: string[]) =>
    procnet(["port", String(port), "--kill", "--yes", "--timeout", "300ms", "--source", "kernel", ...more]);
  try {
    const first = await kill();
    expect(first.code).toBe(4);
    expect(first.err).toContain(`python3[${daemon}] is of uid 0, and holds what uid 65534 opened: it is left alone`);
    for (const pid of [up, numbers.child]) expect(first.err).toContain(`sent SIGTERM to python3[${pid}]`);
    expect(first.err).not.toContain(`to python3[${daemon}]`);
    expect((await kill()).err).toContain("nothing was killed");
    expect(await kill("--other-users")).toMatchObject({ code: 0, out: expect.stringContaining("free") });
  } finally {
    child.kill("SIGKILL");
    for (const pid of [daemon!, numbers.child!]) end(pid);
  }
});

/** Ends what a scene forked: it is nobody's child here. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

it("cannot be asked of another procfs, and says what is missing", async () => {
  expect(await procnet(["port", "80", "--source", "kernel", "--root", "/proc"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("--root cannot be used with it"),
  });
});
