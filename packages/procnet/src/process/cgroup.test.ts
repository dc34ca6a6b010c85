import { describe, expect, it } from "vitest";
import { latin1Bytes } from "../bytes/strings.ts";
import type { ProcfsIssue } from "../errors.ts";
import { parseCgroup } from "./cgroup.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("parseCgroup", () => {
  it("reads both versions", () => {
    const text = "4:cpu,cpuacct:/docker/3aa5\n1:name=systemd:/\n0::/system.slice/nginx.service\n";
    expect(parseCgroup(bytes(text))).toStrictEqual([
      { hierarchy: 4, controllers: ["cpu", "cpuacct"], path: "/docker/3aa5" },
      { hierarchy: 1, controllers: ["name=systemd"], path: "/" },
      { hierarchy: 0, controllers: [], path: "/system.slice/nginx.service" },
    ]);
  });

  it("leaves colons, blanks, backslashes and the kernel's suffix in the path", () => {
    const path = "/../a:b: c\\012d\t (deleted)";
    expect(parseCgroup(bytes(`0::${path}\n`))).toStrictEqual([{ hierarchy: 0, controllers: [], path }]);
  });

  it("keeps a path that is not UTF-8", () => {
    const [entry] = parseCgroup(latin1Bytes("0::/\xff\n"));
    expect(entry).toStrictEqual({ hierarchy: 0, controllers: [], path: "/\ufffd", pathBytes: latin1Bytes("/\xff") });
    // Bytes of their own: the buffer of a reading is used again.
    expect(entry!.pathBytes!.buffer.byteLength).toBe(2);
  });

  it("gives nothing for an empty text", () => {
    expect(parseCgroup(bytes(""))).toStrictEqual([]);
  });

  it.each([
    ["0", "hierarchy", 1],
    ["0:x", "controllers", 3],
    [":a:/", "hierarchy", 1],
    ["x:a:/", "hierarchy", 1],
    ["-1:a:/", "hierarchy", 1],
  ])("refuses %j", (text, field, column) => {
    expect(() => parseCgroup(bytes(`${text}\n`), { path: "c" })).toThrow(
      expect.objectContaining({ code: "ERR_PARSE", path: "c", line: 1, column, field, text }),
    );
  });

  it("goes on behind a bad line that is reported", () => {
    const issues: ProcfsIssue[] = [];
    const entries = parseCgroup(bytes("0::/a\nbad\n1:b:/c\n"), { onIssue: (issue) => issues.push(issue) });
    expect(entries.map((entry) => entry.path)).toStrictEqual(["/a", "/c"]);
    expect(issues.map((issue) => [issue.code, issue.line])).toStrictEqual([["ERR_PARSE", 2]]);
  });
});
