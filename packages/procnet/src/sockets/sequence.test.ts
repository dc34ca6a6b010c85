import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { eachSocket, ProcFs } from "../index.ts";

const root = mkdtempSync(join(tmpdir(), "procnet-sequence-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Descriptors of this process that lead into the tree. */
function openOnes(): string[] {
  const found: string[] = [];
  for (const fd of readdirSync("/proc/self/fd")) {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      if (target.startsWith(root)) found.push(target);
    } catch {
      // It was that of the listing.
    }
  }
  return found;
}

it("a table that is half read is closed at once where the loop is left", async () => {
  const row = (at: number): string =>
    `${at}: 0100007F:0016 0200000A:C350 01 00000000:00000000 00:00000000 00000000 0 0 ${at + 1} 1 0 20 4 30 10 -1\n`;
  mkdirSync(join(root, "1/net"), { recursive: true });
  const rows = Array.from({ length: 40_000 }, (_, at) => row(at));
  writeFileSync(join(root, "1/net/tcp"), `  sl  local_address\n${rows.join("")}`);
  let seen: string[] = [];
  for await (const { inode } of eachSocket({ procfs: new ProcFs({ root }), protocol: "tcp", owners: false })) {
    seen = openOnes();
    if (inode === 1) break;
  }
  expect(seen).toEqual([join(root, "1/net/tcp")]);
  expect(openOnes()).toEqual([]);
});
