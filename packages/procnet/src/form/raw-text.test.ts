import { expect, it } from "vitest";
import { bytes } from "../../../../test/support/tables/broken.ts";
import type { ProcfsIssue } from "../errors.ts";
import { rawText } from "./raw-text.ts";

it("gives the text of files without a form, and tells when it may be cut", () => {
  const issues: ProcfsIssue[] = [];
  const onIssue = (issue: ProcfsIssue) => issues.push(issue);
  expect(rawText.parse(bytes("Peer PID : 12\n"), { onIssue })).toBe("Peer PID : 12\n");
  expect(issues).toEqual([]);
  expect(rawText.parse(bytes("Peer PID"), { onIssue })).toBe("Peer PID");
  expect(issues.map((issue) => issue.code)).toEqual(["ERR_TRUNCATED"]);
});
