import { expect, it } from "vitest";
import { sampleOf } from "../../../../../test/support/live/sample.ts";
import { ratesBetween } from "../../live/counters/between.ts";
import { INTERFACE_COLUMNS, interfaceRows } from "./interfaces.ts";

const HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const dev = (...rows: readonly string[]): string => HEAD + rows.map((row) => `${row}\n`).join("");

const before = sampleOf(0, { dev: dev("    lo: 1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0") });
const after = sampleOf(2000, {
  dev: dev("    lo: 5096 30 1 2 0 0 0 0 2000 20 3 4 0 0 0 0", "  eth0: 7 1 0 0 0 0 0 0 8 1 0 0 0 0 0 0"),
});

const texts = (at: number, rows: ReturnType<typeof interfaceRows>): unknown[] =>
  INTERFACE_COLUMNS.map(({ value }) => value(rows[at]!));

it("interfaces have what they do a second, what was lost since the look before, and their totals", () => {
  const rows = interfaceRows(ratesBetween(before, after).rates);
  expect(texts(0, rows)).toEqual(["lo", "2.0 KiB/s", "0 B/s", "10/s", "0/s", "4", "6", "5.0 KiB", "2.0 KiB"]);
});

it("what is new has no rate yet, and that is not 0", () => {
  const rows = interfaceRows(ratesBetween(before, after).rates);
  expect(texts(1, rows)).toEqual(["eth0", "?", "?", "?", "?", "?", "?", "7 B", "8 B"]);
  expect(interfaceRows(ratesBetween(undefined, before).rates)[0]).toMatchObject({ recvBytesPerSecond: undefined });
});
