import type { ChangedSocket, WatchedSocket } from "procnet";
import { expect, it } from "vitest";
import { AT, look, row } from "../../../../../test/support/server/looks.ts";
import type { Expose } from "../expose.ts";
import { questionOf } from "../question.ts";
import { type Asked, Channel } from "./channel.ts";
import { Client, type Told } from "./client.ts";

/** A channel of sockets, with what its client was told last. */
function channelOf(
  filter?: string,
  expose: Expose = "full",
  more: Partial<Asked> = {},
): { readonly channel: Channel; told(): Event; toldAll(): Promise<Event[]> } {
  const question = questionOf(filter, "all", expose);
  const views = new Set(["sockets"] as const);
  const asked = { question, grouped: question, views, fields: undefined, queues: false };
  const channel = new Channel(
    { rows: 5000, ...asked, ...more },
    {
      epoch: "e",
      interval: () => 20,
      host: "app-1",
      traffic: async () => ({ told: false, why: "nobody asks" }),
    },
  );
  const all: Told[] = [];
  class Listening extends Client {
    override tell(told: Told): void {
      all.push(told);
    }
  }
  const nothing = (): void => {};
  const nobody = (): Promise<Told> => Promise.resolve({ bytes: new Uint8Array() });
  for (let count = 0; count < 3; count++)
    channel.clients.add(
      new Listening({ now: () => 0, hangUp: nothing, onEnd: nothing, snapshot: nobody, more: nobody }),
    );
  return {
    channel,
    told: () => {
      const last = all.splice(0);
      // Written once: all clients get the same bytes, not equal ones.
      expect(last).toHaveLength(3);
      expect(new Set(last).size).toBe(1);
      return read(last[0]!.bytes);
    },
    toldAll: () => partsOf(all.splice(0)[0]!),
  };
}

/** All events that a client is sent, with those whose making it has to ask for. */
async function partsOf({ bytes, rest }: Told): Promise<Event[]> {
  const events = [read(bytes)];
  for (let at = rest?.at; at !== undefined; ) {
    const part = await rest!.telling.part(at);
    events.push(read(part.bytes));
    at = part.next;
  }
  return events;
}

interface Event {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>> & { readonly matched: number };
}

function read(bytes: Uint8Array): Event {
  const [, event, id, data] = /^event: (.*)\n(?:id: (.*)\n)?data: (.*)\n\n$/.exec(Buffer.from(bytes).toString()) ?? [];
  return { event: event!, id, data: JSON.parse(data!) };
}

it("tells that queues changed alone to who asked for it; a filter about queues is followed for everybody", async () => {
  const busy = { ...row(1), rxQueue: 5 };
  const changed: ChangedSocket[] = [
    { before: row(1), after: busy, fields: ["rxQueue"] },
    { before: row(2), after: row(2, "CLOSE_WAIT"), fields: ["state", "txQueue"] },
  ];
  const toldTo = async (filter: string | undefined, queues: boolean): Promise<Event["data"]> => {
    const { channel, told } = channelOf(filter, "full", { queues });
    await channel.snapshot(look(1, [row(1), row(2)]));
    await channel.take(look(2, [busy, row(2, "CLOSE_WAIT")], { changed }));
    return told().data;
  };
  expect(await toldTo(undefined, false)).toMatchObject({ changed: [{ after: { inode: 2 } }] });
  expect(await toldTo(undefined, true)).toMatchObject({
    changed: [{ after: { rxQueue: 5 } }, { after: { inode: 2 } }],
  });
  expect(await toldTo("recvq > 0", false)).toMatchObject({ entered: [{ inode: 1 }], changed: [] });
});

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
  const { channel, told, toldAll } = channelOf();
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
  const [first, ...others] = await toldAll();
  expect(first).toMatchObject({ event: "snapshot", data: { matched: 4500, more: true } });
  expect(first!.data).not.toHaveProperty("aggregated");
  expect([first!, ...others].flatMap(({ data }) => data.sockets)).toHaveLength(4500);
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
  const said = (told: Told): void => void all.push(Buffer.from(told.bytes).toString());
  const [one, other] = [hiddenRows(1), hiddenRows(2)];
  said(await channel.snapshot(look(1, [...one, ...many])));
  const changed: ChangedSocket[] = one.map((before, at) => {
    return { before, after: hiddenRows(1, "CLOSE_WAIT")[at]!, fields: ["state", "owners"] };
  });
  await channel.take(look(2, [...one, ...other, ...many], { opened: other, changed }));
  await channel.take(look(3, [...one, ...many], { closed: other }));
  for (const told of channel.since(1, look(3, one)) ?? []) said(told);
  said(await channel.snapshot(look(3, [...one, ...many])));
  expect(all).toHaveLength(4);
  for (const text of all) expect(text).not.toMatch(HIDDEN);
  expect(all.join("")).toContain(how === "rows" ? "nginx" : "aggregated");
});

const inodesOf = (events: readonly Event[], list: string): unknown[] =>
  events.flatMap(({ data }) => ((data[list] ?? []) as { readonly inode: number }[]).map(({ inode }) => inode));

it("tells many rows in parts, of which only the last says that the look was seen", async () => {
  const { channel, toldAll } = channelOf(undefined, "owners", { rows: 250_000 });
  const many = Array.from({ length: 10_001 }, (_, at) => row(at + 1));
  const events = await partsOf(await channel.snapshot(look(1, many)));
  expect(events.map(({ event }) => event)).toEqual(["snapshot", ...Array(events.length - 1).fill("rows")]);
  expect(events.length).toBeGreaterThan(5);
  expect(events.map(({ data }) => data.more)).toEqual([...Array(events.length - 1).fill(true), undefined]);
  // An empty id is none: who has half of the rows comes back without one, and not with that of an earlier look.
  expect(events.map(({ id }) => id)).toEqual(["", ...Array(events.length - 2).fill(undefined), "e.1"]);
  expect(events[0]!.data).toMatchObject({ phase: "snapshot", matched: 10_001, expose: "owners", rights: {} });
  expect(events.at(-1)!.data).toEqual({
    ...{ schemaVersion: 1, kind: "watch", phase: "rows", at: AT.toISOString() },
    sockets: expect.any(Array),
  });
  expect(inodesOf(events, "sockets")).toEqual(many.map(({ inode }) => inode));
  const [closed, opened] = [many.slice(0, 3000), Array.from({ length: 1500 }, (_, at) => row(20_000 + at))];
  const changed = many.slice(4000, 4010).map((before) => ({ before, after: before, fields: ["state"] as const }));
  await channel.take(look(2, [...many.slice(3000), ...opened], { closed, opened, changed }));
  const diff = await toldAll();
  expect(diff.map(({ event }) => event)).toEqual(["diff", ...Array(diff.length - 1).fill("rows")]);
  expect(diff.length).toBeGreaterThan(2);
  expect(diff.map(({ id }) => id)).toEqual(["", ...Array(diff.length - 2).fill(undefined), "e.2"]);
  expect(inodesOf(diff, "opened")).toEqual(opened.map(({ inode }) => inode));
  expect(inodesOf(diff, "closed")).toEqual(closed.map(({ inode }) => inode));
  expect(diff.flatMap(({ data }) => data.changed ?? [])).toHaveLength(10);
  expect(diff.at(-1)!.data).not.toHaveProperty("opened");
  expect(channel.since(1, look(2, []))).toBeUndefined();
});

it("ends a part early where rows are long", async () => {
  const { channel } = channelOf();
  const owner = { pid: 1, startTime: 1, program: "long", comm: "long", cmdline: ["x".repeat(10_000)], exe: undefined };
  const more = { uid: 0, fds: [1], cgroup: undefined, container: undefined, unit: undefined };
  const rows = Array.from(
    { length: 300 },
    (_, at) => ({ ...row(at + 1), owners: [{ ...owner, ...more }] }) as WatchedSocket,
  );
  const { bytes, rest } = await channel.snapshot(look(1, rows));
  expect(bytes.length).toBeLessThan(1.1 * 2 ** 18);
  expect(inodesOf(await partsOf({ bytes, rest }), "sockets")).toEqual(rows.map(({ inode }) => inode));
});

it("tells all rows anew where these are fewer than what is different", async () => {
  const { channel, told } = channelOf();
  const many = Array.from({ length: 2500 }, (_, at) => row(at + 1));
  await channel.snapshot(look(1, many));
  await channel.take(look(2, [many[0]!], { closed: many.slice(1) }));
  expect(told()).toMatchObject({ event: "snapshot", data: { matched: 1, sockets: [{ inode: 1 }] } });
});

it("tells only fields that were asked for, also of what changed", async () => {
  const { channel, told } = channelOf(undefined, "minimal", { fields: ["inode", "remoteAddress"] });
  const { data } = read((await channel.snapshot(look(1, [row(1)]))).bytes);
  expect(data.sockets).toEqual([{ inode: 1, remoteAddress: "192.0.2.0/24" }]);
  const changed: ChangedSocket[] = [{ before: row(1), after: row(1, "CLOSE_WAIT"), fields: ["state"] }];
  await channel.take(look(2, [row(1, "CLOSE_WAIT")], { changed }));
  const both = { inode: 1, remoteAddress: "192.0.2.0/24" };
  expect(told().data.changed).toEqual([{ before: both, after: both, fields: ["state"] }]);
});
