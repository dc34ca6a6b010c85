import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { ProcFs, socketsSync } from "../../index.ts";

const FIXTURE = fileURLToPath(new URL("../../../../../test/fixtures/6.18/1/net", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "procnet-sources-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A tree with these files of the capture, which has 28 sockets in `tcp`. */
function tree(name: string, files: readonly string[]): ProcFs {
  const root = join(folder, name);
  for (const file of files) {
    const target = join(root, file);
    mkdirSync(join(target, ".."), { recursive: true });
    cpSync(join(FIXTURE, file.replace(/.*net\//, "")), target);
  }
  return new ProcFs({ root });
}

describe("every network namespace of a captured tree", () => {
  it.each([
    ["of one process, whatever files were taken", ["1/net/tcp"], 28],
    ["that has no process", ["net/tcp"], 28],
    ["of two processes, of which one has fewer files", ["7/net/tcp", "8/net/tcp", "8/net/dev"], 56],
  ])("%s", (name, files, count) => {
    const procfs = tree(name, files);
    const { sockets } = socketsSync({ protocol: "tcp", namespaces: "all", procfs });
    expect(sockets).toHaveLength(count);
  });
});
