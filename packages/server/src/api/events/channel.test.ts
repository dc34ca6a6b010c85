import type { ChangedSocket, WatchedSocket } from "procnet";
import { expect, it } from "vitest";
import type { Look } from "../../sampler/sampler.ts";
import type { Expose } from "../expose.ts";
import { questionOf } from "../question.ts";
import { Channel } from "./channel.ts";
import { Client } from "./client.ts";

const AT = new Date(0);

function row(inode: number, state: "ESTABLISHED" | "CLOSE_WAIT" = "ESTABLISHED"): WatchedSocket {
  return {
    ...{ protocol: "tcp", localAddress: "192.0.2.1", localPort: 80, remoteAddress: "192.0.2.2", remotePort: inode },
    ...{
      state,
      txQueue: 0,
      rxQueue: 0,
      timer: 0,
      timerExpires: 0,
      retransmits: 0,
      uid: 0,
      probes: 0,
      inode,
      refCount: 1,
    },
    ...{ rto: 20, ato: 40, quickAck: 0, cwnd: 10, ssthresh: -1, namespace: 1, owners: [], ownerless: "kernel" },
  } as const;
}

interface Changes {
  readonly opened?: readonly WatchedSocket[];
  readonly closed?: readonly WatchedSocket[];
  readonly changed?: readonly ChangedSocket[];
}

/** A look of which only what channels use is filled in. */
function look(number: number, sockets: readonly WatchedSocket[], changes: Changes = {}): Look {
  const round = { at: AT, took: 1, counts: [], skipped: [] };
  const { opened = [], closed = [], changed = [] } = changes;
  return {
    number,
    sockets,
    item: { kind: "batch", ...round, opened, closed, changed, traces: [], missed: [] },
    read: { namespaces: [], rights: { uid: 0, allProcesses: true } },
    sample: { at: 0, takenAt: AT, uptime: 0, namespace: 1, missing: [] },
    before: undefined,
    health: { findings: [], unknown: [], ok: [], window: 0, samples: 1 },
    families: [],
  };
}

/** A channel of sockets, with what its client was told last. */
function channelOf(filter?: string, expose: Expose = "full"): { readonly channel: Channel; told(): Told } {
  const channel = new Channel(questionOf(filter, "all", expose), new Set(["sockets"]), "e");
  const all: Uint8Array[] = [];
  class Told extends Client {
    override tell(bytes: Uint8Array): void {
      all.push(bytes);
    }
  }
  const nothing = (): void => {};
  const snapshot = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
  for (let count = 0; count < 3; count++)
    channel.clients.add(new Told({ now: () => 0, hangUp: nothing, onEnd: nothing, snapshot }));
  return {
    channel,
    told: () => {
      const last = all.splice(0);
      // Written once: all clients get the same bytes, not equal ones.
      expect(last).toHaveLength(3);
      expect(new Set(last).size).toBe(1);
      return read(last[0]!);
    },
  };
}

interface Told {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly matched: number };
}

function read(bytes: Uint8Array): Told {
  const [, event, data] = /^event: (.*)\nid: .*\ndata: (.*)\n\n$/.exec(Buffer.from(bytes).toString()) ?? [];
  return { event: event!, data: JSON.parse(data!) };
}

it("tells of sockets that come to pass the filter, and of those that pass it no more", async () => {
  const { channel, told } = channelOf("state close-wait");
  await channel.snapshot(look(1, [row(1), row(2, "CLOSE_WAIT")]));
  const changed: ChangedSocket[] = [
    { before: row(1), after: row(1, "CLOSE_WAIT"), fields: ["state"] },
    { before: row(2, "CLOSE_WAIT"), after: row(2), fields: ["state"] },
    { before: row(3), after: row(3), fields: ["owners"] },
  ];
  await channel.take(look(2, [row(1, "CLOSE_WAIT"), row(2)], { changed, opened: [row(4)] }));
  expect(told()).toMatchObject({
    event: "diff",
    data: { matched: 1, entered: [{ inode: 1 }], left: [{ inode: 2 }], changed: [], opened: [] },
  });
});

it("gives numbers in place of more than 5,000 rows, until there are few again", async () => {
  const { channel, told } = channelOf();
  const many = Array.from({ length: 5001 }, (_, at) => row(at + 1));
  await channel.snapshot(look(1, many.slice(0, 5000)));
  await channel.take(look(2, many, { opened: many.slice(5000) }));
  expect(told()).toMatchObject({
    event: "snapshot",
    data: { aggregated: true, matched: 5001, counts: [{ protocol: "tcp", state: "ESTABLISHED", sockets: 5001 }] },
  });
  await channel.take(look(3, many.slice(0, 4501), { closed: many.slice(4501) }));
  expect(told().data).toMatchObject({ aggregated: true, matched: 4501 });
  await channel.take(look(4, many.slice(0, 4500), { closed: [many[4500]!] }));
  const { event, data } = told();
  expect(event).toBe("snapshot");
  expect(data).not.toHaveProperty("aggregated");
  expect(data.sockets).toHaveLength(4500);
  await channel.take(look(5, many.slice(1, 4500), { closed: [many[0]!] }));
  expect(told()).toMatchObject({ event: "diff", data: { matched: 4499, closed: [{ inode: 1 }] } });
});

it("knows what came after a look, as far as it is kept", async () => {
  const { channel } = channelOf();
  const now = look(4, [row(1)]);
  await channel.snapshot(look(1, [row(1)]));
  for (const number of [2, 3, 4]) await channel.take(look(number, [row(1)]));
  expect(channel.since(4, now)).toEqual([]);
  expect(channel.since(2, now)).toHaveLength(2);
  for (const number of [-1, 0, 5]) expect(channel.since(number, now), `${number}`).toBeUndefined();
  const large = Array.from({ length: 2000 }, (_, at) => row(at + 1));
  await channel.take(look(5, large, { opened: large }));
  expect(channel.since(4, look(5, large))).toBeUndefined();
});

const HIDDEN = /4242|777777|33333|192\.0\.2\.[12]\b|secret|b0b0/;

/** Rows of which each holds what is hidden where the least is told. */
function hiddenRows(inode: number, state: "ESTABLISHED" | "CLOSE_WAIT" = "ESTABLISHED"): WatchedSocket[] {
  const owner = {
    ...{ pid: 4242, startTime: 777_777, program: "nginx", comm: "secret", cmdline: ["secret"], exe: "/secret" },
    ...{ uid: 33_333, fds: [7], cgroup: "/secret", container: undefined, unit: "secret.service" },
  };
  const context = { namespace: 1, owners: [owner], ownerless: undefined };
  return [
    { ...row(inode, state), uid: 33_333, ...context },
    {
      ...{ protocol: "unix", refCount: 2, flags: 0, listening: true, type: "STREAM", state: "UNCONNECTED" },
      ...{ inode: inode + 50, path: "/secret/path" },
      ...context,
    },
    {
      ...{ protocol: "netlink", sk: "b0b0b0", family: 0, portId: 4242, groups: 0, rxQueue: 0, txQueue: 0 },
      ...{ cb: 0, refCount: 2, drops: 0, inode: inode + 100 },
      ...context,
    },
  ] as WatchedSocket[];
}

it.each(["rows", "numbers"])("tells nothing that is hidden, in no event, nor to who comes back: %s", async (how) => {
  const { channel } = channelOf(undefined, "minimal");
  const many = how === "rows" ? [] : Array.from({ length: 5001 }, (_, at) => hiddenRows(1000 + at * 200)).flat();
  const all: string[] = [];
  const said = (bytes: Uint8Array): void => void all.push(Buffer.from(bytes).toString());
  const [one, other] = [hiddenRows(1), hiddenRows(2)];
  said(await channel.snapshot(look(1, [...one, ...many])));
  const changed: ChangedSocket[] = one.map((before, at) => {
    return { before, after: hiddenRows(1, "CLOSE_WAIT")[at]!, fields: ["state", "owners"] };
  });
  await channel.take(look(2, [...one, ...other, ...many], { opened: other, changed }));
  await channel.take(look(3, [...one, ...many], { closed: other }));
  for (const bytes of channel.since(1, look(3, one)) ?? []) said(bytes);
  said(await channel.snapshot(look(3, [...one, ...many])));
  expect(all).toHaveLength(4);
  for (const text of all) expect(text).not.toMatch(HIDDEN);
  expect(all.join("")).toContain(how === "rows" ? "nginx" : "aggregated");
});
