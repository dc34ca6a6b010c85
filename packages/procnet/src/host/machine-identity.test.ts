import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { isProcfsError } from "../errors.ts";
import { ProcFs } from "../procfs.ts";
import { machineIdentity } from "./machine-identity.ts";

const BOOT = "0f9a3c1e-6b7d-4c2a-9e58-123456789abc";
const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** A procfs with these files below `sys/kernel`. */
function procfsWith(files: Readonly<Record<string, string | Uint8Array>>): ProcFs {
  const root = mkdtempSync(join(tmpdir(), "procnet-identity-"));
  trees.push(root);
  mkdirSync(join(root, "net"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, "sys/kernel", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return new ProcFs({ root });
}

describe("machineIdentity", () => {
  it("is what the kernel says of this machine", () => {
    expect(machineIdentity()).toEqual({
      host: execFileSync("uname", ["-n"], { encoding: "utf8" }).trim(),
      bootId: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
    });
  });

  it.each([
    ["both", { hostname: "web1\n", "random/boot_id": `${BOOT}\n` }, { host: "web1", bootId: BOOT }],
    ["neither: a captured tree", {}, { host: undefined, bootId: undefined }],
    ["a machine without a name", { hostname: "(none)\n" }, { host: undefined, bootId: undefined }],
    ["nothing but a newline", { hostname: "\n" }, { host: undefined, bootId: undefined }],
    ["a name that is not UTF-8", { hostname: new Uint8Array([0x77, 0xff, 0x0a]) }, { host: "w\ufffd" }],
    ["one line of several", { hostname: "web1\nweb2\n" }, { host: "web1" }],
    ["an id that is none", { "random/boot_id": '"; drop table\n' }, { bootId: undefined }],
    ["a name longer than any", { hostname: "w".repeat(70_000) }, { host: undefined }],
  ])("%s", (_, files, expected) => {
    expect(machineIdentity({ procfs: procfsWith(files) })).toMatchObject(expected);
  });

  it("refuses what is no procfs, and what is no option", () => {
    for (const options of [{ procfs: "/proc" }, { root: "/proc" }]) {
      let thrown: unknown;
      try {
        machineIdentity(Object.assign({}, options) as object);
      } catch (error) {
        thrown = error;
      }
      expect(isProcfsError(thrown) && thrown.code).toBe("ERR_INVALID_ARG");
    }
  });
});
