import { describe, expect, it } from "vitest";
import { latin1Bytes } from "../bytes/strings.ts";
import { isProcfsError, type ProcfsIssue } from "../errors.ts";
import { parseProcessStat } from "./process-stat.ts";

/** The 50 fields behind the name: each number is the field's own, so that a swap of two shows. */
const rest: string[] = ["S", ...Array.from({ length: 49 }, (_, index) => String(index + 4))];
const record = (comm: string, fields: readonly string[] = rest): Uint8Array =>
  new TextEncoder().encode(`4242 (${comm}) ${fields.join(" ")}\n`);

/** The names in the order of proc(5), from field 4 on. */
const names = [
  ...["ppid", "pgrp", "session", "ttyNr", "tpgid", "flags", "minflt", "cminflt", "majflt", "cmajflt", "utime"],
  ...["stime", "cutime", "cstime", "priority", "nice", "numThreads", "itrealvalue", "starttime", "vsize", "rss"],
  ...["rsslim", "startcode", "endcode", "startstack", "kstkesp", "kstkeip", "signal", "blocked", "sigignore"],
  ...["sigcatch", "wchan", "nswap", "cnswap", "exitSignal", "processor", "rtPriority", "policy"],
  ...["delayacctBlkioTicks", "guestTime", "cguestTime", "startData", "endData", "startBrk", "argStart", "argEnd"],
  ...["envStart", "envEnd", "exitCode"],
];

describe("parseProcessStat", () => {
  it("names the 52 fields in their order", () => {
    const expected: [string, unknown][] = names.map((name, index) => [name, index + 4]);
    expect(Object.entries(parseProcessStat(record("nginx")))).toStrictEqual([
      ["pid", 4242],
      ["comm", "nginx"],
      ["state", "S"],
      ...expected,
    ]);
  });

  it.each(["a) R (b\nc", ")", "(", "", " ", "x) R 1 1 (y", "\n", "a\tb", "é"])("finds the name %j", (comm) => {
    const stat = parseProcessStat(record(comm));
    expect(stat).toMatchObject({ pid: 4242, comm, state: "S", ppid: 4, exitCode: 52 });
    expect("commBytes" in stat).toBe(false);
  });

  it("keeps a name that is not UTF-8", () => {
    const stat = parseProcessStat(latin1Bytes(`1 (a\xff) ${rest.join(" ")}\n`));
    expect(stat.comm).toBe("a\ufffd");
    expect(stat.commBytes).toStrictEqual(latin1Bytes("a\xff"));
  });

  it("reads negative numbers", () => {
    const fields = [...rest];
    fields[8 - 3] = "-1";
    fields[19 - 3] = "-20";
    expect(parseProcessStat(record("x", fields))).toMatchObject({ tpgid: -1, nice: -20 });
  });

  it("gives sizes and addresses exactly on demand", () => {
    const fields = [...rest];
    fields[25 - 3] = "18446744073709551615";
    const stat = parseProcessStat(record("x", fields), { bigint: true });
    expect(stat.rsslim).toBe(18446744073709551615n);
    expect(stat.startcode).toBe(26n);
    expect(stat.envEnd).toBe(51n);
    expect(stat.utime).toBe(14);
    expect(parseProcessStat(record("x", fields)).rsslim).toBe(2 ** 64);
  });

  it("leaves fields undefined that an old kernel lacks", () => {
    const old = parseProcessStat(record("x", rest.slice(0, 39 - 2)));
    expect(old.processor).toBe(39);
    expect(old.rtPriority).toBeUndefined();
    expect(old.exitCode).toBeUndefined();
    const before33 = parseProcessStat(record("x", rest.slice(0, 44 - 2)));
    expect(before33.cguestTime).toBe(44);
    expect(before33.startData).toBeUndefined();
  });

  it("keeps fields of a newer kernel", () => {
    expect(parseProcessStat(record("x", [...rest, "53", "new"])).extra).toStrictEqual(["53", "new"]);
  });

  it("refuses every shorter record, naming the field", () => {
    for (let length = 0; length < 39 - 2; length++) {
      expect(() => parseProcessStat(record("x", rest.slice(0, length)))).toThrow(
        expect.objectContaining({ code: "ERR_PARSE", line: 1 }),
      );
    }
    expect(() => parseProcessStat(record("x", rest.slice(0, 1)))).toThrow(expect.objectContaining({ field: "ppid" }));
  });

  it.each([
    ["", "comm"],
    ["1 x S 1\n", "comm"],
    [`1 )x( ${rest.join(" ")}\n`, "comm"],
    [`x (y) ${rest.join(" ")}\n`, "pid"],
    [`(y) ${rest.join(" ")}\n`, "pid"],
    [`1 (y) S 1 x\n`, "pgrp"],
  ])("refuses %j", (text, field) => {
    const refused = (): unknown => parseProcessStat(new TextEncoder().encode(text), { path: "/x/stat" });
    expect(refused).toThrow(expect.objectContaining({ code: "ERR_PARSE", field, path: "/x/stat" }));
  });

  it("throws even when somebody listens, since there is no other row", () => {
    const issues: ProcfsIssue[] = [];
    const options = { onIssue: (issue: ProcfsIssue) => void issues.push(issue) };
    expect(() => parseProcessStat(new Uint8Array(0), options)).toThrow(expect.objectContaining({ code: "ERR_PARSE" }));
    expect(issues).toStrictEqual([]);
  });

  it("reports a text without its newline", () => {
    const issues: ProcfsIssue[] = [];
    const text = record("x").slice(0, -1);
    expect(parseProcessStat(text, { onIssue: (issue) => issues.push(issue) }).exitCode).toBe(52);
    expect(issues.map((issue) => issue.code)).toStrictEqual(["ERR_TRUNCATED"]);
  });

  it("never throws anything untyped, cut at any byte", () => {
    const text = record("a) (\n");
    for (let end = 0; end <= text.length; end++) {
      try {
        expect(parseProcessStat(text.slice(0, end)).pid).toBe(4242);
      } catch (error) {
        expect(isProcfsError(error), `${end}: ${error}`).toBe(true);
      }
    }
  });
});

it("gives bytes of their own, also out of a Buffer, whose slices share its memory", () => {
  const fields = Array.from({ length: 50 }, () => "0").join(" ");
  const buffer = Buffer.from(`7 (u\xff) R ${fields}\n`, "latin1");
  const { commBytes } = parseProcessStat(buffer);
  buffer.fill(0);
  expect(commBytes).toEqual(Uint8Array.of(0x75, 0xff));
  expect(Object.getPrototypeOf(commBytes)).toBe(Uint8Array.prototype);
});
