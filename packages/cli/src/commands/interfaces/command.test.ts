import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testIo } from "../../../../../test/support/command/io.ts";
import { devText } from "../../../../../test/support/live/sample.ts";
import { runProgram } from "../../program.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-interfaces-"));
  mkdirSync(join(root, "1/net"), { recursive: true });
  writeFileSync(join(root, "1/net/route"), "Iface\tDestination\n");
});
afterEach(() => rmSync(root, { recursive: true }));

/** One interface, with its index where there is an address of IPv6. */
function write(name: string, recvBytes: number, index: string | undefined): void {
  writeFileSync(join(root, "1/net/dev"), devText({ [name]: { recvBytes } }));
  const row = `fe800000000000000000000000000001 ${index} 40 20 80     ${name}\n`;
  writeFileSync(join(root, "1/net/if_inet6"), index === undefined ? "" : row);
}

/** What it receives a second after what happens between two rounds. */
async function received(between: () => void): Promise<number | undefined> {
  let out = "";
  const io = testIo({
    out: (text) => {
      if (out === "") between();
      out += text;
      return true;
    },
  });
  await runProgram(["interfaces", "--root", root, "--every", "5ms", "--rounds", "2"], io);
  const [, last] = out.trimEnd().split("\n");
  return JSON.parse(last!).interfaces[0].perSecond?.recvBytes;
}

it.each([
  ["has a rate where it is the same", () => write("eth0", 9, "02"), true],
  ["has one under another name: its index is the same", () => write("wan0", 9, "02"), true],
  ["has none where another one has its name", () => write("eth0", 9, "07"), false],
  ["has none where it counts less than before", () => write("eth0", 3, "02"), false],
])("a repeated interface %s", async (_, between, hasRate) => {
  write("eth0", 5, "02");
  const rate = await received(between);
  if (hasRate) expect(rate).toBeGreaterThan(0);
  else expect(rate).toBeUndefined();
});
