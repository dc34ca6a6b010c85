import fc from "fast-check";
import type { Finding, Health } from "procnet";
import { describe, expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import { listingOf, pictureOf } from "../../../../../test/support/top/picture.ts";
import { painter } from "../../output/style.ts";
import { firstState, type TopState, VIEW_NAMES, withTable } from "../state/state.ts";
import type { Listing } from "../table/listing.ts";
import { Painter, shownWidth } from "../terminal/painter.ts";
import { type Drawn, drawFrame, type Scene } from "./frame.ts";
import type { Status } from "./header.ts";
import { lookOf } from "./paint.ts";
import { TableDrawing } from "./table-drawing.ts";

const STATUS: Status = {
  at: new Date(2026, 0, 31, 12, 0, 0),
  interval: 1000,
  took: 12,
  sockets: 3,
  missed: 0,
  hidden: 0,
  unread: 0,
  where: undefined,
  health: undefined,
};
const many = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    tcpSocket({
      inode: at + 1,
      localPort: 1 + (at % 65535),
      owners: [ownerNamed(`program${at}`)],
      ownerless: undefined,
    }),
  );

function draw(
  state: TopState,
  listing: Listing | undefined,
  more: Partial<Scene> = {},
  size = { columns: 80, rows: 24 },
): Drawn {
  const look = lookOf(painter(false), false);
  const scene = { state, status: STATUS, listing, nothing: "there is no socket", problem: undefined, ...more };
  return drawFrame(scene, size, { look, table: new TableDrawing(look) });
}

describe("a frame", () => {
  it("makes text of the rows that are seen, whatever there are", async () => {
    const listing = await listingOf(firstState("sockets", ""), pictureOf(many(100_000)));
    const asked = new Set<number>();
    const counted = {
      ...listing,
      cellsAt: (place: number) => {
        asked.add(place);
        return listing.cellsAt(place);
      },
    };
    const state = withTable(firstState("sockets", ""), { place: 99_999, selected: 100_000 });
    const { lines, window } = draw(state, counted);
    expect(window).toEqual({ first: 99_981, count: 19 });
    expect(lines.at(-2)).toMatch(/^▸ tcp +ESTABLISHED .*program99999\[1\]/);
    expect(lines.at(-1)).toMatch(/99,982-100,000 of 100,000$/);
    expect(asked.size).toBeLessThan(100);
  });

  it("has as many lines as the screen, none of them wider, whatever names there are", async () => {
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constant("漢字".repeat(90)),
    );
    const view = fc.constantFrom(...VIEW_NAMES);
    const sizes = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 40 }) });
    await fc.assert(
      fc.asyncProperty(name, view, sizes, async (program, shown, size) => {
        const owner = { ...ownerNamed(program), cmdline: [program] };
        const picture = pictureOf([
          tcpSocket({ owners: [owner], ownerless: undefined }),
          tcpSocket({ inode: 8, state: "LISTEN" }),
        ]);
        const state = firstState(shown, program);
        const { lines } = draw(state, await listingOf(state, picture), {}, size);
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) expect(shownWidth(line)).toBeLessThanOrEqual(size.columns);
        for (const line of lines) expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 60 },
    );
  });

  it("costs little where nothing but the time is another", async () => {
    const state = firstState("sockets", "");
    const listing = await listingOf(state, pictureOf(many(1000)));
    const [painter, size] = [new Painter(), { columns: 200, rows: 60 }];
    const bytes = (at: Date): number =>
      Buffer.byteLength(painter.paint(draw(state, listing, { status: { ...STATUS, at } }, size), size));
    expect(bytes(new Date(2026, 0, 31, 12, 0, 0))).toBeGreaterThan(4096);
    expect(bytes(new Date(2026, 0, 31, 12, 0, 1))).toBeLessThan(200);
  });

  it("keeps its columns where they are when other rows come into sight", async () => {
    const listing = await listingOf(firstState("sockets", ""), pictureOf(many(1000)));
    const look = lookOf(painter(false), false);
    const table = new TableDrawing(look);
    const head = (first: number): string => table.lines(listing, { first, rows: 10, selected: 0, columns: 80 })[0]!;
    const heads = [990, 500, 0, 990].map(head);
    expect(new Set(heads).size).toBe(1);
  });

  it("marks what is there no more, in words as well", async () => {
    const gone = tcpSocket({ inode: 9 });
    const picture = pictureOf([tcpSocket({ inode: 8 })], {
      closed: [gone],
      closedAt: (socket) => (socket === gone ? 0 : undefined),
    });
    const state = firstState("sockets", "");
    expect(draw(state, await listingOf(state, picture)).lines.filter((line) => line.startsWith(" -"))).toEqual([
      expect.stringContaining("closed"),
    ]);
    const without = { ...state, showsClosed: false };
    expect((await listingOf(without, picture)).total).toBe(1);
  });

  it("says why there is nothing", async () => {
    const state = firstState("sockets", "");
    expect(draw(state, await listingOf(state, pictureOf([]))).lines).toContain("  there is no socket");
  });
});

describe("what is wrong, at 80 columns", () => {
  const finding: Finding = {
    id: "tcp-accept-queue-overflow",
    severity: "crit",
    since: "2026-01-31T12:00:00.000Z",
    window: 5000,
    subject: { kind: "listener", protocol: "tcp", address: "127.0.0.1", port: 8080 },
    namespace: 1,
    evidence: [{ name: "rxQueue of 127.0.0.1:8080", file: "net/tcp", value: 5 }],
    limit: { name: "net.core.somaxconn", value: 4096, file: "/proc/sys/net/core/somaxconn", scope: "namespace" },
    owners: [{ pid: 213, startTime: 1, program: "billing", container: undefined, unit: undefined, sockets: 1 }],
    summary: "180 attempts to connect were dropped in 5.0 s because an accept queue was full",
    help: "Make it accept faster. ".repeat(90).trim(),
  };
  const health: Health = { findings: [finding, finding], unknown: [], ok: [], window: 5000, samples: 2 };

  it("says whose it is before what kind, and of a limit that is not known no number to hold it against", async () => {
    const state = firstState("health", "");
    const { lines } = draw(state, await listingOf(state, pictureOf([], { health })), { status: { ...STATUS, health } });
    expect(lines[1]).toMatch(/ {2}\+1 more \(press 6\)$/);
    expect(lines[3]).toMatch(/^ +SEVERITY +OWNERS +SUMMARY$/);
    expect(lines[4]).toMatch(/^▸ ✖ crit +billing\[213\] +180 attempts/);
    const text = lines.slice(6).join(" ").replace(/\s+/g, " ");
    expect(text).toContain("Whose: billing[213]");
    expect(text).toContain("limit of the listener not known, at most 4,096");
    expect(text).toContain("What to do: Make it accept faster.");
    expect(lines.at(-2)).toMatch(/ …$/);
  });

  it("says of a column that is chosen that it has no room", async () => {
    const state = { ...firstState("health", ""), mode: { kind: "columns", at: 0 } } as const;
    const listing = await listingOf(firstState("health", ""), pictureOf([], { health }));
    const { lines } = draw(state, listing);
    expect(lines).toContain("  [x] FINDING  (no room, or nothing in it)");
    expect(lines).toContain("  [x] SUMMARY");
    expect(draw(state, listing, {}, { columns: 200, rows: 24 }).lines).toContain("  [x] FINDING");
  });
});

describe("a filter with an error", () => {
  const state = { ...firstState("sockets", "state lisen"), mode: { kind: "filter", cursor: 11, before: "" } } as const;
  const problem = { message: "filter, column 7: there is no such state", at: 6 };

  it("has a mark below its place, and the cursor where letters come", () => {
    const { lines, cursor } = draw(state, undefined, { problem });
    expect(lines[3]).toBe("filter: state lisen");
    expect(lines[4]).toBe(`${" ".repeat(14)}^ ${problem.message}`);
    expect(cursor).toEqual({ line: 3, column: 19 });
  });

  it("has its words on the next line where there is no room beside the mark", () => {
    const { lines } = draw(state, undefined, { problem }, { columns: 45, rows: 24 });
    expect(lines.slice(4, 6)).toEqual([`${" ".repeat(14)}^`, problem.message]);
  });
});

describe("the first lines", () => {
  it.each([
    [200, "procnet top  12:00:00  every 1s  a look takes 12ms  3 sockets  missed 0  owners of 2 hidden"],
    [40, "every 1s  3 sockets  owners of 2 hidden"],
    [20, "owners of 2 hidden"],
  ])("say at %i columns what matters most", (columns, wanted) => {
    const status = { ...STATUS, hidden: 2 };
    const { lines } = draw(firstState("sockets", ""), undefined, { status }, { columns, rows: 24 });
    expect(lines[0]).toBe(wanted);
  });

  it("never say that all is in order where nothing was judged", () => {
    const health = { findings: [], unknown: [], ok: [], window: 0, samples: 1 };
    const second = (status: Status): string => draw(firstState("sockets", ""), undefined, { status }).lines[1]!;
    expect(second({ ...STATUS, health })).toContain("nothing could be judged");
    expect(second(STATUS)).toContain("not known yet");
    expect(second({ ...STATUS, health: { ...health, ok: ["a", "b"] } })).toBe(
      "✔ nothing is wrong: 2 kinds of findings were judged",
    );
  });
});
