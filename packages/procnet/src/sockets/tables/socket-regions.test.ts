import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProcFs } from "../../procfs.ts";
import { socketsSync } from "../sockets.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-columns-"));
  mkdirSync(join(root, "1/net"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Every column has a value of its own, so that no two can be taken for each other. */
const START =
  "   0: 0100007F:1F90 0200007F:01BB 01 00000011:00000012 01:00000013 00000014    21       22 23 24 0000000000000000";

it.each([
  ["tcp", `${START} 25 26 27 28 29\n`],
  ["udp", `${START} 30\n`],
] as const)("a socket of %s has the columns of its row, each in its place", (protocol, row) => {
  writeFileSync(join(root, "1/net", protocol), `  sl  local_address\n${row}`);
  const procfs = new ProcFs({ root });
  const [expected] = procfs.net[protocol]();
  const numbers = Object.values(expected!).filter((value) => typeof value === "number");
  expect(new Set(numbers).size).toBe(numbers.length);
  const { sockets } = socketsSync({ procfs, protocol, owners: false });
  expect(sockets).toEqual([{ protocol, namespace: undefined, ...expected, owners: undefined, ownerless: undefined }]);
});
