import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LONGEST_LINE } from "../../packages/procnet/src/bytes/regions.ts";
import { isProcfsError, ProcFs, type ProcfsIssue, sockets } from "../../packages/procnet/src/index.ts";
import { parseTcp, parseUnix } from "../../packages/procnet/src/parse.ts";
import { bytes } from "../support/tables/broken.ts";
import { CORPUS } from "../support/tables/corpus.ts";

/*
 * A line of more than a megabyte is no text of the kernel (seq_file hands out records of a few KiB). It costs itself alone: it
 * is told with the file's name and its number, and the rows around it are there.
 */

const sample = (file: string): { header: string; rows: string } => CORPUS.find((one) => one.file === file)!;
const tcp = sample("tcp");
const unix = sample("unix");
/** Rows of the text of udp. */
const UDP = sample("udp").rows.split("\n").length - 1;
const LONG = "9".repeat(LONGEST_LINE + 1);

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-long-"));
  mkdirSync(join(root, "1", "net"), { recursive: true });
  writeFileSync(join(root, "zeros"), new Uint8Array(LONGEST_LINE * 3));
  symlinkSync(join(root, "zeros"), join(root, "1", "net", "tcp"));
  const [first, ...others] = sample("udp").rows.split("\n");
  writeFileSync(join(root, "1", "net", "udp"), `${sample("udp").header}${first}\n${LONG}\n${others.join("\n")}`);
  writeFileSync(join(root, "1", "net", "unix"), `${unix.header}${LONG}\n${unix.rows}`);
});
afterAll(() => rmSync(root, { recursive: true }));

it("costs no row around it, and is told with its number", () => {
  const rows = parseTcp(bytes(tcp.header + tcp.rows));
  for (const text of [
    `${LONG}\n${tcp.header}${tcp.rows}`,
    `${tcp.header}${LONG}\n${tcp.rows}`,
    `${tcp.header}${tcp.rows}${LONG}\n`,
  ]) {
    const issues: ProcfsIssue[] = [];
    expect(parseTcp(bytes(text), { path: "captured", onIssue: (issue) => issues.push(issue) })).toEqual(rows);
    expect(issues).toMatchObject([
      { code: "ERR_PARSE", path: "captured", line: text.slice(0, text.indexOf(LONG)).split("\n").length },
    ]);
    expect(() => parseTcp(bytes(text), { path: "captured" })).toThrow(
      /^captured:\d+:1: line: the line is longer than 1048576 bytes/,
    );
  }
});

it("ends the name of the unix socket before it", () => {
  const issues: ProcfsIssue[] = [];
  const text = `${unix.header}${unix.rows.split("\n")[0]}\n${LONG}\nrest of the name\n${unix.rows}`;
  const rows = parseUnix(bytes(text), { onIssue: (issue) => issues.push(issue) });
  expect(rows[0]?.path).toBe(parseUnix(bytes(unix.header + unix.rows))[0]?.path);
  expect(issues.filter(({ code }) => code === "ERR_PARSE").map(({ line }) => line)).toEqual([3, 4]);
});

it("names the file in every form of a table, and leaves the others alone", () => {
  const { net } = new ProcFs({ root });
  const path = join(root, "1", "net", "tcp");
  for (const read of [() => net.tcp(), () => [...net.each("tcp")], () => net.count("tcp")]) {
    let error: unknown;
    try {
      read();
    } catch (caught) {
      error = caught;
    }
    expect(isProcfsError(error) && error.path).toBe(path);
    expect(isProcfsError(error) && error.message).toContain(path);
  }
  const issues: ProcfsIssue[] = [];
  const onIssue = (issue: ProcfsIssue): void => {
    issues.push(issue);
  };
  const names = ["tcp", "udp"] as const;
  expect(names.map((name) => net.read(name, { onIssue }).length)).toEqual([0, UDP]);
  expect(names.map((name) => [...net.each(name, { onIssue })].length)).toEqual([0, UDP]);
  expect([...net.count("udp", { onIssue }).values()].reduce((sum, count) => sum + count, 0)).toBe(UDP);
  expect(issues.map(({ path: named, line }) => [named, line])).toContainEqual([path, 1]);
});

it("does not cost the sockets of other files", async () => {
  const issues: ProcfsIssue[] = [];
  const found = await sockets({
    procfs: new ProcFs({ root }),
    protocol: ["tcp", "udp", "unix"],
    owners: false,
    onIssue: (issue) => issues.push(issue),
  });
  expect(JSON.stringify(found).match(/"protocol":"udp"/g)).toHaveLength(UDP);
  expect(issues.map(({ path }) => path)).toContain(join(root, "1", "net", "tcp"));
});
