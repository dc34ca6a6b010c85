import { expect, it } from "vitest";
import { isProcfsError, type ProcfsIssue } from "../../packages/procnet/src/errors.ts";
import {
  type FdTarget,
  parseFdTarget,
  parseProcessStat,
  parseRoute,
  parseSctpEps,
  parseTcp,
  parseUdp,
} from "../../packages/procnet/src/parse.ts";
import { bytes } from "../support/tables/broken.ts";
import { CORPUS, type Sample } from "../support/tables/corpus.ts";

/*
 * Numbers are exact and within what the kernel can print, or an issue. Every number in the text of every file is replaced
 * by what is none: nothing of it may reach a result.
 */

/** What no kernel prints: more than 64 bits, a zero with a sign, notations of other languages. */
const IMPOSSIBLE = [
  "9".repeat(310),
  "18446744073709551616",
  "-9223372036854775809",
  "-0",
  "+1",
  "1e3",
  "0x",
  "-0x1",
  "1_0",
  "Infinity",
  "NaN",
  "1.",
  "0b1",
];

/** Every number of a result, however deep. */
function* numbersIn(value: unknown): Generator<number | bigint> {
  if (typeof value === "number" || typeof value === "bigint") yield value;
  else if (value instanceof Map) for (const one of value.values()) yield* numbersIn(one);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) yield* numbersIn(one);
}

function results(parse: Sample["parse"], text: string): unknown[] {
  const found: unknown[] = [];
  const keep = { onIssue: (): void => {} };
  for (const options of [{}, keep, { bigint: true }, { ...keep, bigint: true }]) {
    try {
      found.push(parse(bytes(text), options));
    } catch (error) {
      if (!isProcfsError(error)) throw error;
    }
  }
  return found;
}

it.each(CORPUS)(
  "$file: no number of a result is impossible, whatever stands in its place",
  ({ parse, header, rows }) => {
    const places = [...rows.matchAll(/-?[0-9A-Fa-f]*[0-9][0-9A-Fa-f]*/g)];
    const step = Math.ceil(places.length / 10);
    for (const { index, 0: digits } of places.filter((_, at) => at % step === 0)) {
      for (const put of IMPOSSIBLE) {
        const text = header + rows.slice(0, index) + put + rows.slice(index + digits.length);
        for (const value of results(parse, text).flatMap((result) => [...numbersIn(result)])) {
          if (typeof value === "bigint") {
            expect(value <= 2n ** 64n - 1n && value >= -(2n ** 63n), `${value} for ${put}`).toBe(true);
          } else {
            expect(Number.isFinite(value) && !Object.is(value, -0), `${value} for ${put}`).toBe(true);
            expect(value <= 2 ** 64 && value >= -(2 ** 63), `${value} for ${put}`).toBe(true);
          }
        }
      }
    }
  },
);

it.each(CORPUS)("$file: bigint is the number where the number is exact", ({ parse, header, rows }) => {
  const text = bytes(header + rows);
  const plain = [...numbersIn(parse(text))];
  const exact = [...numbersIn(parse(text, { bigint: true } as object))];
  expect(exact.length).toBe(plain.length);
  for (const [at, value] of plain.entries()) expect(Number(exact[at])).toBe(value);
});

const tcp = CORPUS.find(({ file }) => file === "tcp")!;
const [row = ""] = tcp.rows.split("\n");
const columns = row.trim().split(/ +/);

/** The row with another text in one of its columns. */
const withColumn = (at: number, text: string): Uint8Array =>
  bytes(`${tcp.header}${[...columns.slice(0, at), text, ...columns.slice(at + 1)].join(" ")}\n`);

it.each([
  ["a port of 17 bits", 1, "0100007F:10016", "local_address"],
  ["a negative queue", 4, "-1:00000000", "tx_queue"],
  ["a user id of 33 bits", 7, "4294967296", "uid"],
  ["a user id below what 32 bits hold", 7, "-2147483649", "uid"],
  ["negative probes", 8, "-1", "timeout"],
  ["a negative inode", 9, "-5", "inode"],
  ["an inode that a double would make another's", 9, "9007199254740993", "inode"],
  ["a negative reference count", 10, "-1", "ref"],
  ["a threshold of minus zero", 16, "-0", "ssthresh"],
])("tcp: %s is an issue, not a number", (_, at, text, field) => {
  const issues: ProcfsIssue[] = [];
  expect(parseTcp(withColumn(at, text), { onIssue: (issue) => issues.push(issue) })).toEqual([]);
  expect(issues).toMatchObject([{ code: "ERR_PARSE", line: 2, field }]);
});

it("takes the user ids that Linux before 3.11 prints as negative numbers (%5d of a uid_t)", () => {
  expect(parseTcp(withColumn(7, "-2"))[0]?.uid).toBe(4294967294);
  expect(parseTcp(withColumn(16, "-1"))[0]?.ssthresh).toBe(-1);
});

it("keeps drops and metrics within 32 bits, whatever sign they are printed with", () => {
  const udp = CORPUS.find(({ file }) => file === "udp")!;
  const drops = (text: string) =>
    parseUdp(
      bytes(
        `${udp.header}${udp.rows
          .split("\n")[0]!
          .trim()
          .replace(/[0-9]+$/, text)}\n`,
      ),
    );
  expect(drops("-1")[0]?.drops).toBe(0xffffffff);
  expect(() => drops("4294967296")).toThrow("drops");
  const route = (metric: string) => parseRoute(bytes(`Iface\tDestination\ne0\t0\t0\t1\t0\t0\t${metric}\t0\t0\t0\t0\n`));
  expect(route("-1")[0]?.metric).toBe(0xffffffff);
  expect(() => route("4294967297")).toThrow("Metric");
});

it("gives times of a process exactly, or says that it cannot", () => {
  const stat = CORPUS.find(({ parser }) => parser === "parseProcessStat")!.rows;
  const withCutime = (text: string) =>
    parseProcessStat(bytes(stat.replace(" 12 7 0 0 20 ", ` 12 7 ${text} 0 20 `)), { bigint: true });
  expect(withCutime("9007199254740991").cutime).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => withCutime("9007199254740993")).toThrow(/cutime: "9007199254740993" is not a decimal number/);
  expect(withCutime("0").rsslim).toBe(2n ** 64n - 1n);
});

it("knows no port beyond 65535", () => {
  const eps = CORPUS.find(({ file }) => file === "sctp/eps")!;
  const [first = ""] = eps.rows.split("\n");
  const { localPort } = parseSctpEps(bytes(eps.header + eps.rows))[0]!;
  expect(() => parseSctpEps(bytes(`${eps.header}${first.replace(` ${localPort} `, " 65536 ")}\n`))).toThrow("LPORT");
});

it.each([
  "socket:[0x309]",
  "socket:[1e3]",
  "socket:[-1]",
  "socket:[ 7]",
  "socket:[]",
  "socket:[07]",
  "socket:[7",
  "socket:[7]]",
  "net:[99999999999999999999]",
  "net:[9007199254740993]",
])("reads %s as no number", (link) => {
  expect(parseFdTarget(link)).toEqual<FdTarget>({ kind: "unknown", raw: link });
});
