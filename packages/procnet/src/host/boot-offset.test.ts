import { release } from "node:os";
import { expect, it } from "vitest";
import { bootOffset, isByReader } from "./boot-offset.ts";

// Seen on Debian's 5.10.262, which tells another time of start than one from 6.1 on does (test/kernel/owners-as-by-links.test.ts there).
it.each([
  ["5.8.18", false],
  ["5.10.0-46-cloud-amd64", false],
  ["5.11.0", true],
  ["5.15.0-1.el9", true],
  ["6.1.0-50-s390x", true],
  ["10.0-rc1", true],
])("times of start are by the reader's time namespace since Linux 5.11: %s", (name, isSo) => {
  expect(isByReader(name)).toBe(isSo);
});

it("is 0 where this process is in the first time namespace or the kernel does not say", () => {
  expect(typeof bootOffset()).toBe("bigint");
  if (!isByReader(release())) expect(bootOffset()).toBe(0n);
});
