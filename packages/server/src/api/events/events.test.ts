import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { connectionsOf, type RunningApi, type RunningOptions, runApi } from "../../../../../test/support/server/api.ts";
import { scaled } from "../../../../../test/support/time.ts";
import type { Expose } from "../expose.ts";

interface Event {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown> & { readonly sockets?: readonly Record<string, unknown>[] };
}

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const TIMES = { interval: 20, heartbeat: 60_000, stalled: 60_000 };

type Times = NonNullable<RunningOptions["times"]>;

async function started(times: Times = {}, expose: Expose = "owners"): Promise<RunningApi> {
  const running = await runApi({ expose, times: { ...TIMES, ...times } });
  endings.push(running.close);
  return running;
}

/** Reads events as a browser does. */
class Listener {
  readonly events: Event[] = [];
  readonly comments: string[] = [];
  status: number | undefined;
  isOver = false;
  private text = "";
  private readonly asked: ClientRequest;

  constructor({ port }: RunningApi, query: string, headers: Record<string, string> = {}) {
    this.asked = request({ port, path: `/api/v1/events${query}`, headers, agent: false }, (answer) =>
      this.read(answer),
    );
    this.asked.on("error", () => {
      this.isOver = true;
    });
    this.asked.end();
    endings.push(() => this.close());
  }

  close(): void {
    this.asked.destroy();
  }

  async first(event: string, isIt: (data: Event["data"]) => boolean = () => true): Promise<Event> {
    return vi.waitFor(
      () => {
        const found = this.events.find((one) => one.event === event && isIt(one.data));
        if (found === undefined) throw new Error(`no ${event} among ${this.events.map((one) => one.event)}`);
        return found;
      },
      { timeout: scaled(60_000) },
    );
  }

  private read(answer: IncomingMessage): void {
    this.status = answer.statusCode;
    answer.setEncoding("utf8");
    answer.on("data", (part: string) => {
      const blocks = (this.text + part).split("\n\n");
      this.text = blocks.pop()!;
      for (const block of blocks) this.take(block);
    });
    answer.on("close", () => {
      this.isOver = true;
    });
  }

  private take(block: string): void {
    if (block.startsWith(":")) {
      this.comments.push(block);
      return;
    }
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
    this.events.push({ event: field("event"), id: field("id"), data: JSON.parse(field("data")) });
  }
}

async function holder(port = 0): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  endings.push(close);
  return { port: (server.address() as AddressInfo).port, close };
}

// Connections of others may have the number of a port that is free for listeners.
const at = (port: number): string =>
  `?view=sockets&filter=${encodeURIComponent(`sport = :${port} and state listening`)}`;
const hasPort = (list: unknown, port: number): boolean =>
  Array.isArray(list) && list.some((one: { localPort?: number }) => one.localPort === port);

describe("events", () => {
  it("begin with a snapshot, and tell what comes and goes of what the filter asks for", async () => {
    const running = await started();
    const one = await holder();
    const listener = new Listener(running, at(one.port));
    const { data } = await listener.first("snapshot");
    expect(data.sockets).toMatchObject([{ localPort: one.port, commonState: "LISTEN" }]);
    await one.close();
    await listener.first("diff", ({ closed }) => hasPort(closed, one.port));
    await holder(one.port);
    await listener.first("diff", ({ opened }) => hasPort(opened, one.port));
    const told = listener.events.flatMap(({ data: { opened = [], closed = [] } }) => [opened, closed].flat());
    expect(told.every((row) => (row as { localPort: number }).localPort === one.port)).toBe(true);
  });

  it("are of all views without a word, and refuse views that there are none of", async () => {
    const running = await started();
    // A machine may have more sockets than are told as rows.
    const listener = new Listener(running, "?filter=dport+%3D+:1");
    for (const event of ["snapshot", "rates", "health", "diff"]) await listener.first(event);
    const only = new Listener(running, "?view=health");
    await only.first("health");
    expect(only.events.every(({ event }) => event === "health")).toBe(true);
    const wrong = new Listener(running, "?view=nothing");
    await vi.waitFor(() => expect(wrong.status).toBe(400));
  });

  it("are of processes, listeners and destinations too, for who asks for them", async () => {
    const running = await started({}, "full");
    const one = await holder();
    const filter = `&filter=${encodeURIComponent(`pid = ${process.pid}`)}`;
    const listener = new Listener(running, `?view=processes,listeners,destinations${filter}`);
    const own = (rows: unknown, key: string, value: number): boolean =>
      Array.isArray(rows) && rows.some((row: Record<string, unknown>) => row[key] === value);
    const told = [];
    for (const event of ["processes", "listeners", "destinations"]) told.push((await listener.first(event)).data);
    expect(told.map(({ kind }) => kind)).toEqual(["processes", "listeners", "destinations"]);
    expect(own(told[0]!.processes, "pid", process.pid)).toBe(true);
    expect(own(told[1]!.listeners, "localPort", one.port)).toBe(true);
    await one.close();
    await listener.first("listeners", ({ listeners }) => !own(listeners, "localPort", one.port));
    expect(listener.events.every(({ event }) => !["snapshot", "diff"].includes(event))).toBe(true);
    const usual = new Listener(running, "?filter=dport+%3D+:1");
    await usual.first("health");
    await usual.first("diff");
    expect(usual.events.some(({ event }) => event === "processes")).toBe(false);
  });

  it("are of numbers alone, for who asks for them", async () => {
    const running = await started();
    const listener = new Listener(running, "?view=counts");
    const { data } = await listener.first("counts", ({ missed }) => missed !== undefined);
    expect(data).toMatchObject({ kind: "lookCounts", expose: "owners", rights: { allProcesses: expect.any(Boolean) } });
    const counts = data.counts as { readonly sockets: number }[];
    expect(counts.reduce((sum, one) => sum + one.sockets, 0)).toBe(data.sockets);
    // Cold looks set no distance: the first is told with the one that is wanted.
    expect(data.interval).toBeGreaterThanOrEqual(TIMES.interval);
    expect(new Set(listener.events.map(({ event }) => event))).toEqual(new Set(["counts"]));
  });

  it("leave a history of what was looked at while somebody listened", async () => {
    const running = await started({}, "minimal");
    const history = async (): Promise<{ times: number[]; series: { name: string; values: unknown[] }[] }> =>
      JSON.parse((await running.ask("/history")).text);
    await running.sampler.lookOf(0);
    expect(await history()).toMatchObject({ kind: "history", times: [], series: [] });
    await holder();
    const listener = new Listener(running, "?view=counts");
    const { data } = await listener.first("counts");
    await listener.first("counts", ({ takenAt }) => takenAt !== data.takenAt);
    const { times, series } = await history();
    const tellings = listener.events.map((one) => Date.parse(String(one.data.takenAt)));
    expect(times.slice(0, 2)).toEqual(tellings.slice(0, 2));
    for (const { values } of series) expect(values).toHaveLength(times.length);
    expect(series.find(({ name }) => name === "tcp LISTEN")!.values[0]).toBeGreaterThan(0);
    expect(series.map(({ name }) => name)).toContain("in lo");
    listener.close();
    await vi.waitFor(() => expect(running.api.listening()).toBe(0));
    await running.sampler.lookOf(60_000);
    const { length } = (await history()).times;
    await running.sampler.lookOf(0);
    expect((await history()).times).toHaveLength(length);
  });

  it("go on after the last one that was seen, or begin anew", async () => {
    const running = await started();
    const one = await holder();
    const stays = new Listener(running, at(one.port));
    const { id } = await stays.first("snapshot");
    await one.close();
    await stays.first("diff", ({ closed }) => hasPort(closed, one.port));
    const back = new Listener(running, at(one.port), { "Last-Event-ID": id });
    await back.first("diff", ({ closed }) => hasPort(closed, one.port));
    expect(back.events.some(({ event }) => event === "snapshot")).toBe(false);
    const other = new Listener(running, at(one.port), { "Last-Event-ID": id.replace(/^./, "x") });
    expect((await other.first("snapshot")).data.sockets).toEqual([]);
  });

  it("begin anew for who comes back after looks that nobody was told of", async () => {
    const running = await started();
    const one = await holder();
    const first = new Listener(running, at(one.port));
    const { id } = await first.first("snapshot");
    first.close();
    await vi.waitFor(() => expect(running.api.listening()).toBe(0));
    await one.close();
    for (let looks = 0; looks < 2; looks++) await running.sampler.lookOf(0);
    const back = new Listener(running, at(one.port), { "Last-Event-ID": id });
    expect((await back.first("snapshot")).data.sockets).toEqual([]);
  });

  it("go on for each of many who begin at once with questions of their own", async () => {
    const running = await started();
    const one = await holder();
    // As after a restart of the server: all come back before its first look is through.
    const all = Array.from(
      { length: 20 },
      (_, number) => new Listener(running, `${at(one.port)}&rows=${1000 + number}`),
    );
    for (const listener of all) await listener.first("snapshot");
    await one.close();
    for (const listener of all) await listener.first("diff", ({ closed }) => hasPort(closed, one.port));
  });

  it("are looked for only while somebody listens, and leave nothing", async () => {
    const running = await started();
    const listeners = Array.from({ length: 20 }, () => new Listener(running, "?view=rates"));
    for (const listener of listeners) await listener.first("rates");
    for (const listener of listeners) listener.close();
    await vi.waitFor(() => expect(running.api.listening()).toBe(0));
    // What is under way may end after the last client has gone.
    await running.sampler.lookOf(60_000);
    const { number } = await running.sampler.lookOf(0);
    for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setTimeout(resolve, TIMES.interval));
    expect(running.sampler.latest?.number).toBe(number);
    await vi.waitFor(async () => expect(await connectionsOf(running.server)).toBe(0));
  });

  it("are for a hundred at most", async () => {
    const running = await started();
    const listeners = Array.from({ length: 100 }, () => new Listener(running, "?view=rates"));
    for (const listener of listeners) await listener.first("rates");
    const more = new Listener(running, "?view=rates");
    await vi.waitFor(() => expect(more.status).toBe(503));
    const { text } = await running.ask("/events?view=rates");
    expect(JSON.parse(text)).toMatchObject({ kind: "error", message: expect.stringContaining("100 clients") });
  });

  it("say now and then that they are still there", async () => {
    const running = await started({ interval: 60_000, heartbeat: 10 });
    const listener = new Listener(running, "?view=rates");
    await vi.waitFor(() => expect(listener.comments.length).toBeGreaterThan(1));
  });
});

/** A connection that asks for events and reads nothing of them. */
async function silent({ port }: RunningApi, query: string, what = "events"): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  await once(socket, "connect");
  socket.pause();
  socket.on("error", () => {});
  socket.write(`GET /api/v1/${what}${query} HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n`);
  endings.push(() => socket.destroy());
  return socket;
}

/** Holds so many sockets, each of which is told with a command line of four kilobytes: more than the kernel keeps for a reader. */
const MANY = `
const { createServer } = require("node:net");
let left = 2000;
for (let at = left; at > 0; at--) createServer().listen(0, "127.0.0.1", () => --left === 0 && console.log("all"));
`;

describe("where there is much to tell", () => {
  let child: ChildProcess;
  beforeAll(async () => {
    child = spawn(process.execPath, ["-e", MANY, "x".repeat(4000)], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout!, "data");
  });
  afterAll(() => child.kill());

  describe("many rows", () => {
    const ofChild = (more = ""): string =>
      `?view=sockets,rates&filter=${encodeURIComponent(`pid = ${child.pid}`)}${more}`;
    const numbers = (listener: Listener): unknown[] => listener.events.flatMap(({ data: { sockets = [] } }) => sockets);

    it("come in parts, and the last says that all was seen", async () => {
      const running = await started({}, "full");
      const listener = new Listener(running, ofChild());
      const { id } = await listener.first("rows", ({ more }) => more === undefined);
      const events = listener.events.slice(
        0,
        listener.events.findIndex(({ event, data: { more } }) => event === "rows" && more === undefined) + 1,
      );
      expect(new Set(events.slice(0, -1).map((one) => one.id))).toEqual(new Set([""]));
      expect(events.map(({ event }) => event)).toEqual(["snapshot", "rates", ...Array(events.length - 2).fill("rows")]);
      expect(numbers(listener)).toHaveLength(2000);
      await listener.first("diff");
      const back = new Listener(running, ofChild(), { "Last-Event-ID": id });
      await back.first("diff");
      expect(back.events.some(({ event }) => event === "snapshot")).toBe(false);
    });

    it("are as many and as long as was asked for", async () => {
      const running = await started({}, "full");
      const few = new Listener(running, ofChild("&rows=1999"));
      expect((await few.first("snapshot")).data).toMatchObject({ aggregated: true, matched: 2000 });
      const short = new Listener(running, ofChild("&rows=2000&fields=inode,owners"));
      const { data } = await short.first("snapshot");
      expect(data.matched).toBe(2000);
      expect(Object.keys(data.sockets![0]!)).toEqual(["inode", "owners"]);
    });

    it.each([
      ["rows=0", "rows"],
      ["rows=250001", "rows"],
      ["fields=nothing", "fields"],
    ])("are refused for %s", async (query, parameter) => {
      const { ask } = await started();
      const { status, text } = await ask(`/events?${query}`);
      expect([status, JSON.parse(text)]).toMatchObject([400, { parameter }]);
    });

    it("are not kept for many who take their time", async () => {
      const running = await started({ mostKept: 3000 }, "full");
      const [one, other] = [await silent(running, ofChild()), await silent(running, ofChild("&rows=4000"))];
      await Promise.all([once(one, "readable"), once(other, "readable")]);
      await vi.waitFor(async () => expect(await connectionsOf(running.server)).toBe(1), { timeout: 60_000 });
      expect(running.api.listening()).toBe(1);
    });
  });

  describe("one who stops reading", () => {
    it.each([["keeps the connection"], ["half closes it"]])(
      "and %s is let go",
      async (how) => {
        const running = await started({ stalled: 300 }, "full");
        const socket = await silent(running, `?view=sockets&filter=${encodeURIComponent(`pid = ${child.pid}`)}`);
        await once(socket, "readable"); // it has begun to answer; that it listens may be over by then
        if (how === "half closes it") socket.end();
        await vi.waitFor(() => expect(running.api.listening()).toBe(0), { timeout: 60_000, interval: 100 });
        await vi.waitFor(async () => expect(await connectionsOf(running.server)).toBe(0), { timeout: 10_000 });
      },
      90_000,
    );

    it("of lines loses the connection", async () => {
      const running = await started({ stalled: 300 }, "full");
      const socket = await silent(running, `?filter=${encodeURIComponent(`pid = ${child.pid}`)}`, "sockets");
      await once(socket, "readable"); // it has begun to answer
      await vi.waitFor(async () => expect(await connectionsOf(running.server)).toBe(0), { timeout: 60_000 });
    }, 90_000);
  });
});
