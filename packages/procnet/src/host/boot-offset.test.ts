import { existsSync, readFileSync } from "node:fs";
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

/** As date(1) would add it up; 0 where the kernel has no time namespaces. */
function shift(): bigint {
  if (!existsSync("/proc/self/timens_offsets")) return 0n;
  const [, seconds, nanoseconds] = readFileSync("/proc/self/timens_offsets", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([clock]) => clock === "boottime")!;
  return BigInt(`${seconds}${nanoseconds!.padStart(9, "0")}`);
}

it("is what the kernel says of this process, and 0 where it does not", () => {
  expect(bootOffset()).toBe(isByReader(release()) ? shift() : 0n);
});
