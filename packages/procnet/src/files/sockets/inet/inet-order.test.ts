import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes } from "../../../../../../test/support/tables/broken.ts";
import { isPrintedByLinux } from "./inet-order.ts";
import { parseTcp, parseTcp6, tcp, tcp6 } from "./tcp.ts";

/*
 * Who prints these files in which order: Linux the listeners first (tcp_seq_start), gVisor as a map gives them
 * (commonGenerateTCP, pkg/sentry/fsimpl/proc/task_net.go), LX zones of illumos by hash (lxpr_format_tcp,
 * usr/src/uts/common/brand/lx/procfs/lx_prvnops.c).
 */

type Family = 4 | 6;
interface Printed {
  readonly port: number;
  readonly state: "01" | "03" | "06" | "0A";
}

const address = (family: Family, last: string): string => last.padStart(family === 4 ? 8 : 32, "0");
const port = (number: number): string => number.toString(16).toUpperCase().padStart(4, "0");
const places = ({ port: local, state }: Printed, family: Family): string =>
  `${address(family, "0100007F")}:${port(local)} ${address(family, "0")}:0000 ${state}`;
const HEAD = { 4: "  sl  local_address rem_address   st", 6: "  sl  local_address  remote_address  st" };

/** tcp4_seq_show pads to TMPSZ - 1, tcp6_seq_show does not; get_timewait4_sock stops at the pointer. */
function linux(rows: readonly Printed[], family: Family): string {
  const pad = (line: string): string => `${family === 4 ? line.padEnd(149) : line}\n`;
  const lines = rows.map((row, at) => {
    const isShort = row.state === "06";
    const timer = isShort ? "03:00000175" : "00:00000000";
    const tail = isShort ? "" : " 20 4 30 10 -1";
    const left = `${String(at).padStart(4)}: ${places(row, family)} 00000000:00000000 ${timer} 00000000`;
    return pad(`${left}     0        0 ${isShort ? 0 : row.port} 1 00000000f630fbde${tail}`);
  });
  return pad(HEAD[family]) + lines.join("");
}

/** Header padded as Linux does it, rows not; numbers of its own; windows not known. */
function gvisor(rows: readonly Printed[], family: Family): string {
  const lines = rows.map(
    (row, at) =>
      `${String(at).padStart(4)}: ${places(row, family)} 00000000:00000000 00:00000000 00000000 ` +
      `${"0".padStart(5)} ${"0".padStart(8)} ${String(row.port).padStart(8)} 1 0000000000000000 0 0 0 0 -1\n`,
  );
  return `${HEAD[family].padEnd(family === 4 ? 149 : 0)}\n${lines.join("")}`;
}

/** Counts from 1, pads nothing, and a pointer that is null is `0`. */
function lx(rows: readonly Printed[], family: Family): string {
  const lines = rows.map(
    (row, at) =>
      `${String(at + 1).padStart(4)}: ${places(row, family)} 00000000:00000000 00:00000000 00000000 ` +
      `${"0".padStart(5)} ${"0".padStart(8)} ${row.port} 0 0 0 0 0 0 0\n`,
  );
  return `${HEAD[family]}\n${lines.join("")}`;
}

const WRITERS = { linux, gvisor, lx };
const ROWS: readonly Printed[] = [
  { port: 80, state: "0A" },
  { port: 81, state: "01" },
  { port: 8080, state: "0A" },
];

describe.each([4, 6] as const)("IPv%s", (family) => {
  const parse = family === 4 ? parseTcp : parseTcp6;
  const table = family === 4 ? tcp : tcp6;

  it.each(Object.keys(WRITERS) as (keyof typeof WRITERS)[])("every listener in the order of %s", (writer) => {
    const row = fc.record({ port: fc.integer({ min: 1, max: 65535 }), state: fc.constantFrom("01", "06", "0A", "03") });
    fc.assert(
      fc.property(fc.array(row as fc.Arbitrary<Printed>, { maxLength: 12 }), (rows) => {
        const text = bytes(WRITERS[writer](rows, family));
        const all = parse(text).filter(({ state }) => state === "LISTEN");
        expect(parse(text, { where: { state: "LISTEN" } })).toEqual(all);
        expect(all).toHaveLength(rows.filter(({ state }) => state === "0A").length);
      }),
    );
  });

  /** Listeners found, and how often it was asked whether Linux made the file. */
  const scan = (text: string, answer: boolean): [number[], number] => {
    let asked = 0;
    const isFromLinux = (): boolean => {
      asked++;
      return answer;
    };
    const scanner = table.scanner({ where: { state: "LISTEN" } }, { isFromLinux });
    const rows: { readonly localPort: number }[] = [];
    const whole = bytes(text);
    scanner.scan(whole, 0, whole.length, rows as never);
    return [rows.map(({ localPort }) => localPort), asked];
  };

  it("reading ends with the listeners where Linux made file and text", () => {
    expect(scan(linux(ROWS, family), true)).toEqual([[80], 1]);
    const timeWait = [ROWS[0]!, { port: 80, state: "06" } as const, ROWS[2]!];
    expect(scan(linux(timeWait, family), true)).toEqual([[80], 1]);
  });

  it("reading goes on where the file is none of Linux's, whatever its text looks like", () => {
    const rows = [...ROWS, ...ROWS];
    expect(scan(linux(rows, family), false)).toEqual([[80, 8080, 80, 8080], 1]);
  });

  it.each(["gvisor", "lx"] as const)("reading goes on where %s wrote the text, without a question", (writer) => {
    expect(scan(WRITERS[writer](ROWS, family), true)).toEqual([[80, 8080], 0]);
  });

  it("reading goes on behind what was cut from a text, as numbers do not fit then", () => {
    const lines = linux([ROWS[0]!, ...ROWS], family).split("\n");
    lines.splice(1, 1);
    expect(scan(lines.join("\n"), true)).toEqual([[80, 8080], 0]);
  });

  it("connection requests end nothing: up to Linux 4.3 they stand behind their listener", () => {
    const rows = [ROWS[0]!, { port: 80, state: "03" } as const, ROWS[2]!];
    expect(scan(linux(rows, family), true)[0]).toEqual([80, 8080]);
  });
});

it("a row of another width is not printed by tcp4_seq_show", () => {
  const row = bytes(linux([{ port: 1, state: "01" }], 4)).subarray(150);
  const isLinux = (end: number, index = 0): boolean => isPrintedByLinux(row, 0, end, 8, index);
  expect(row.length).toBe(150);
  expect([isLinux(149), isLinux(148), isLinux(149, 1)]).toEqual([true, false, false]);
});
