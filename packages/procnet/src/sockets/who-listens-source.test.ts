import { expect, it } from "vitest";
import { useListener } from "../../../../test/support/sockets/use-listener.ts";
import { baseProcFs } from "../host/procfs.ts";
import { whoListens, whoListensSync } from "./sockets.ts";
import type { HeldSockets, SocketSource, SourceLook, SourceQuestion } from "./source.ts";

/* A source that is asked about a port, of sockets and processes that are there. */

const stage = useListener();

interface Asked {
  readonly source: SocketSource;
  readonly questions: SourceQuestion[];
  closed: number;
}

/** One that tells so, and writes down what it is asked. */
function telling(look: Partial<SourceLook>, more: Partial<SocketSource> = {}): Asked {
  const questions: SourceQuestion[] = [];
  const sockets = async (question: SourceQuestion) => {
    questions.push(question);
    return look.sockets?.(question);
  };
  const asked: Asked = {
    questions,
    closed: 0,
    source: {
      name: "kernel",
      begin: async () => ({
        notes: look.notes ?? [],
        sockets,
        held: look.held ?? (async () => undefined),
        close: () => asked.closed++,
      }),
      ...more,
    },
  };
  return asked;
}

const holding = (pid: number): HeldSockets[] => {
  const start = baseProcFs().process(pid).stat().starttime;
  return [{ pid, start, pairs: Float64Array.of(77, stage.inode) }];
};

it("is asked for the port alone, and procfs for what it does not answer", async () => {
  const asked = telling({ notes: ["why not"] });
  const told = await whoListens(stage.port, { source: asked.source, owners: "all" });
  const { source, sourceOf, ...rest } = told;
  const { listeners, blockedBy } = await whoListens(stage.port, { owners: "all" });
  expect(rest).toMatchObject({ kind: "owned", listeners, blockedBy });
  expect({ source, sourceOf }).toEqual({
    source: "procfs",
    sourceOf: { tables: [], owners: "procfs", notes: ["why not"] },
  });
  expect(asked.questions.map(({ protocol, inet, pid }) => [protocol, inet, pid])).toEqual([
    ["tcp6", { localPort: stage.port }, undefined],
    ["tcp", { localPort: stage.port }, undefined],
  ]);
  expect(asked.closed).toBe(1);
});

it("is asked for listeners where nothing else is wanted, through the process that is named", async () => {
  const { source, questions } = telling({});
  await whoListens(stage.port, { source, pid: process.pid });
  expect(questions.map(({ inet, pid }) => [inet, pid])).toEqual([
    [{ state: "LISTEN", localPort: stage.port }, process.pid],
    [{ state: "LISTEN", localPort: stage.port }, process.pid],
  ]);
});

it("tells of owners what it tells, and is not asked for tables where it has none", async () => {
  const { source, questions } = telling(
    { held: async () => holding(stage.sleeper.pid!) },
    { name: "pin", ownersAlone: true },
  );
  const told = await whoListens(stage.port, { source });
  expect(told).toMatchObject({
    kind: "owned",
    complete: true,
    listeners: [{ inode: stage.inode, owners: [{ pid: stage.sleeper.pid, fds: [77], program: "sleep" }] }],
    source: "pin",
    sourceOf: { tables: [], owners: "pin", notes: [] },
  });
  expect(questions).toEqual([]);
});

it("tells that nobody listens, and is asked for no owners then", async () => {
  stage.close();
  const asked = telling({ sockets: async () => [], held: () => Promise.reject(new Error("asked")) });
  expect(await whoListens(stage.port, { source: asked.source, owners: "all" })).toMatchObject({
    kind: "free",
    bindable: true,
    source: "kernel",
    sourceOf: { tables: ["tcp6", "tcp"], notes: [] },
  });
});

it("is let go of where it fails, and where one gives up while it begins", async () => {
  const failing = telling({ sockets: () => Promise.reject(new Error("no")) });
  await expect(whoListens(stage.port, { source: failing.source })).rejects.toThrow("no");
  expect(failing.closed).toBe(1);
  const controller = new AbortController();
  const slow = telling({});
  const begin = async (...args: Parameters<SocketSource["begin"]>) => {
    controller.abort(new Error("given up"));
    return slow.source.begin(...args);
  };
  const asked = whoListens(stage.port, { source: { ...slow.source, begin }, signal: controller.signal });
  await expect(asked).rejects.toThrow("given up");
  expect(slow.closed).toBe(1);
});

it("answers later: whoListensSync does not take it, and nothing that is none is taken", async () => {
  const { source } = telling({});
  expect(() => whoListensSync(stage.port, { source })).toThrow(
    "whoListensSync cannot ask a source, which answers later: use whoListens()",
  );
  const wrong: object = { source: "kernel" };
  await expect(whoListens(stage.port, wrong)).rejects.toMatchObject({ code: "ERR_INVALID_ARG" });
});
