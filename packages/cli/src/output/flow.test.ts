import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { BIN, procnet } from "../../../../test/support/command/run.ts";
import { makeTree, type Tree, tcp, tcpRow } from "../../../../test/support/command/tree.ts";
import { type Flow, written } from "./flow.ts";
import { orderBy } from "./report.ts";
import { Spool } from "./spool.ts";

interface Row {
  readonly name: string;
  readonly size: number;
}

const COLUMNS = [
  { key: "name", title: "NAME", value: ({ name }: Row) => name },
  { key: "size", title: "SIZE", align: "right", value: ({ size }: Row) => size },
] as const;

/** A flow of rows that are counted as they are taken. */
function flowOf(total: number, made: { count: number }, sort?: string): Flow<Row> {
  function* rows(): Generator<Row> {
    for (let at = 0; at < total; at++) {
      made.count++;
      yield { name: `row ${at}`, size: (at * 7919) % total };
    }
  }
  return {
    head: { kind: "rows" },
    field: "rows",
    rows: rows(),
    columns: { table: COLUMNS, csv: COLUMNS, chosen: false },
    ...(sort !== undefined && { order: orderBy(COLUMNS, sort) }),
    end: () => ({ document: { total: made.count } }),
  };
}

const how = (format: "json" | "ndjson" | "csv" | "table") => ({ format, color: "never", header: true }) as const;

describe.each(["json", "ndjson", "csv", "table"] as const)("as %s", (format) => {
  it("makes no row before the reader has taken those before it", async () => {
    const made = { count: 0 };
    const drained: (() => void)[] = [];
    let unread = 0;
    let most = 0;
    const io = testIo({
      out: (text) => {
        unread += text.length;
        most = Math.max(most, unread);
        return true;
      },
      drain: () =>
        new Promise((resolve) => {
          drained.push(() => {
            unread = 0;
            resolve(true);
          });
        }),
    });
    const total = 100_000;
    let isOver = false;
    const writing = written(flowOf(total, made), how(format), io).then(() => {
      isOver = true;
    });
    let before = 0;
    for (let stops = 0; !isOver; stops++) {
      while (drained.length === 0 && !isOver) await new Promise((resolve) => setImmediate(resolve));
      // The reader has stopped: nothing goes on, however long it takes. 64 KiB hold 8,000 rows of 8 bytes at most.
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(made.count - before).toBeLessThanOrEqual(2 * 8192);
      before = made.count;
      drained.shift()?.();
      expect(stops).toBeLessThan(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    expect(made.count).toBe(total);
    expect(most).toBeLessThan(70_000);
  });

  it("takes no more rows once nobody reads", async () => {
    const made = { count: 0 };
    await written(flowOf(100_000, made), how(format), testIo({ out: () => false }));
    expect(made.count).toBeLessThanOrEqual(8192);
  });

  it("orders rows as it does not otherwise, and loses none", async () => {
    const plain = testIo();
    const ordered = testIo();
    await written(flowOf(5000, { count: 0 }), how(format), plain);
    await written(flowOf(5000, { count: 0 }, "-size"), how(format), ordered);
    const parts = (text: string): string[] =>
      format === "json"
        ? (JSON.parse(text) as { rows: object[] }).rows.map((row) => JSON.stringify(row))
        : text
            .trimEnd()
            .split("\n")
            .filter((line) => /\d/.test(line));
    const sizeOf = (part: string): number => Number(/(\d+)\D*$/.exec(part)![1]);
    const sorted = parts(plain.printed.out).sort((a, b) => sizeOf(b) - sizeOf(a));
    expect(parts(ordered.printed.out)).toEqual(sorted);
    expect(sorted).toHaveLength(5000);
  });
});

it("a document without rows, or without an end, is one", async () => {
  for (const end of [{}, { total: 0 }]) {
    const io = testIo();
    await written({ ...flowOf(0, { count: 0 }), end: () => ({ document: end }) }, how("json"), io);
    expect(JSON.parse(io.printed.out)).toEqual({ schemaVersion: 1, kind: "rows", rows: [], ...end });
  }
});

it("a table is aligned for the rows it was laid out from, and whole behind them", async () => {
  const io = testIo();
  const rows = Array.from({ length: 9000 }, (_, at) => ({ name: at < 8500 ? "a" : "a longer name", size: at }));
  await written({ ...flowOf(0, { count: 0 }), rows }, how("table"), io);
  const lines = io.printed.out.trimEnd().split("\n");
  expect(lines[0]).toBe("NAME  SIZE");
  expect(lines[1]).toBe("a        0");
  expect(lines[8501]).toBe("a longer name  8500");
});

it("a spool gives back any text", () => {
  const spool = new Spool();
  const texts = [
    "",
    "a",
    "漢\u{1f600}",
    "x".repeat(3_000_000),
    "\0\n",
    ...Array.from({ length: 5000 }, (_, at) => `${at}`.repeat(99)),
  ];
  for (const text of texts) spool.add(text);
  for (const [at, text] of texts.entries()) if (spool.text(at) !== text) expect.fail(`text ${at} is another one`);
});

describe("a table of 100,000 sockets", () => {
  const ROWS = 100_000;
  let tree: Tree;
  beforeAll(() => {
    const rows = Array.from({ length: ROWS }, (_, at) =>
      tcpRow(
        at,
        "0100007F:01BB",
        `${(0x0a000000 + at).toString(16).toUpperCase().padStart(8, "0")}:C000`,
        "01",
        0,
        at + 1,
      ),
    );
    tree = makeTree({ tcp: tcp(...rows) }, [{ pid: 1, comm: "init" }]);
  });
  afterAll(() => tree.remove());

  it.each([
    "-t --json",
    "-t --ndjson",
    "-t --csv",
    "-t --columns local,peer,process",
    "show tcp --json",
    "show tcp --csv",
  ])("waits for a reader of a real pipe that stops, and goes on with it: %s", async (form) => {
    const child = spawn(process.execPath, [BIN, ...form.split(" "), "--root", tree.root], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    // What it goes on to read would have to wait in its memory, as nobody takes it. The table has 15 MB.
    const taken = (): number => Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${child.pid}/io`, "latin1"))![1]);
    let before = -1;
    while (taken() !== before) {
      before = taken();
      await sleep(500);
    }
    expect(child.exitCode).toBe(null);
    // Which columns there are is known when all rows of a file were seen once.
    expect(before).toBeLessThan(form === "show tcp --csv" ? 23_000_000 : 8_000_000);
    let text = "";
    for await (const piece of child.stdout.setEncoding("utf8")) text += piece as string;
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
    const isDocument = form.endsWith(" --json");
    const rowsOf = (document: { sockets?: unknown[]; content?: unknown[] }) => document.sockets ?? document.content;
    const count = isDocument ? rowsOf(JSON.parse(text) as object)!.length : text.match(/\n/g)!.length;
    expect(count).toBe(isDocument || form.endsWith("--ndjson") ? ROWS : ROWS + 1);
  });

  it("shows a field that only the last row has, in every form", async () => {
    const long = makeTree(
      {
        tcp: tcp(
          ...Array.from({ length: 9000 }, (_, at) => tcpRow(at, "0100007F:01BB", "0200000A:C000", "06", 0, 0)),
          tcpRow(9000, "0100007F:01BB", "0200000A:C001", "01", 0, 77),
        ),
      },
      [{ pid: 1, comm: "init" }],
    );
    try {
      for (const form of ["--csv", "--no-header"]) {
        const { out, err, code } = await procnet(["show", "tcp", form, "--root", long.root]);
        expect({ err, code }).toEqual({ err: "", code: 0 });
        const lines = out.split("\n").slice(0, -1);
        const cells = (line: string): string[] => line.split(form === "--csv" ? "," : / +/);
        if (form === "--csv") expect(lines[0]).toContain("cwnd");
        expect(cells(lines.at(-1)!.trim()).filter(Boolean).length).toBeGreaterThan(
          cells(lines[1]!.trim()).filter(Boolean).length + 2,
        );
      }
    } finally {
      long.remove();
    }
  });

  it("says the same in the same keys as a few sockets do", async () => {
    const document = JSON.parse((await procnet(["-t", "--json", "--root", tree.root])).out) as Record<string, unknown>;
    expect(Object.keys(document).sort()).toEqual(
      [
        "schemaVersion",
        "kind",
        "takenAt",
        "duration",
        "rights",
        "hiddenOwners",
        "namespaces",
        "skipped",
        "sockets",
      ].sort(),
    );
    expect(document.namespaces).toMatchObject([{ sockets: ROWS }]);
  });
});
