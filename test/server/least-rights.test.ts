import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOBODY, readableNode, readableServer } from "../support/readable.ts";
import { ask } from "../support/server/ask.ts";
import { serve } from "../support/server/serve.ts";
import { notRoot } from "../support/sockets/built.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

const DEPLOY = join(ROOT, "packages/server/deploy");

describe("a user with no rights but the two of the unit", () => {
  const reason = notRoot() ?? missingTools("setpriv");
  const listener = createServer();
  beforeAll(() => new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening)));
  afterAll(() => listener.close());

  /** Owners of a listener of root, as a server that was given these capabilities tells of them. */
  async function ownersSeenWith(capabilities: string): Promise<unknown> {
    const only = `-all${capabilities}`;
    const sets = ["--inh-caps", "--ambient-caps", "--bounding-set"].map((set) => `${set}=${only}`);
    const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--no-new-privs"];
    const through = ["setpriv", ...user, ...sets];
    const served = await serve(["--listen", "127.0.0.1:0"], { through, node: readableNode(), bin: readableServer() });
    try {
      expect(readFileSync(`/proc/${served.pid}/status`, "utf8")).toMatch(new RegExp(`^Uid:\\t${NOBODY}\\t`, "m"));
      const { port } = listener.address() as AddressInfo;
      const filter = encodeURIComponent(`sport = :${port} and state listening`);
      const { text } = await ask(`${served.urls[0]}api/v1/sockets?filter=${filter}`);
      const { sockets } = JSON.parse(text) as { sockets: { owners?: unknown }[] };
      expect(sockets).toHaveLength(1);
      return sockets[0]!.owners;
    } finally {
      await served.end();
    }
  }

  it("sees the owners of everybody's sockets", async (context) => {
    skipIf(context, reason);
    const unit = readFileSync(join(DEPLOY, "procnet.service"), "utf8");
    const [, listed = ""] = /^AmbientCapabilities=(.*)$/m.exec(unit) ?? [];
    expect(/^CapabilityBoundingSet=(.*)$/m.exec(unit)?.[1]).toBe(listed);
    const names = listed.split(" ").map((name) => name.replace("CAP_", "").toLowerCase());
    expect(names).toEqual(["dac_read_search", "sys_ptrace"]);
    const owners = await ownersSeenWith(names.map((name) => `,+${name}`).join(""));
    expect(owners).toMatchObject([{ pid: process.pid }]);
  });

  it.each([[""], [",+dac_read_search"], [",+sys_ptrace"]])("does not with less: -all%s", async (less) => {
    if (reason !== undefined) return;
    expect(await ownersSeenWith(less)).toEqual([]);
  });
});

describe("the units of systemd", () => {
  it.each([["procnet.service"], ["procnet.socket"]])("%s is one that systemd understands", async (name) => {
    const reason = missingTools("systemd-analyze");
    if (reason !== undefined) {
      console.warn(`skipped: ${name}: ${reason}`);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), "procnet-units-"));
    cpSync(DEPLOY, folder, { recursive: true });
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", join(folder, name)], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("let the server do all that it does", async (context) => {
    skipIf(context, missingTools("systemd-analyze", "strace"));
    const folder = mkdtempSync(join(tmpdir(), "procnet-calls-"));
    const log = join(folder, "calls");
    const through = ["strace", "-D", "-f", "-qq", "--signal=none", "-o", log];
    const served = await serve(["--listen", "127.0.0.1:0"], { through });
    expect((await ask(`${served.urls[0]}metrics`)).status).toBe(200);
    await served.end();
    const called = readFileSync(log, "utf8").matchAll(/^\d+ +(?:<\.\.\. )?(\w+)[( ]/gm);
    rmSync(folder, { recursive: true });
    const names = new Set([...called].map(([, name = ""]) => name));
    expect(names).toContain("accept4");
    const allowed = allowedCalls("@system-service");
    // Not allowed to, Node does without.
    const optional = ["io_uring_setup", "io_uring_enter", "io_uring_register", "pkey_alloc", "rseq", "unfinished"];
    expect([...names].filter((name) => !allowed.has(name) && !optional.includes(name))).toEqual([]);
  });
});

function allowedCalls(set: string): Set<string> {
  const { stdout } = spawnSync("systemd-analyze", ["syscall-filter", "--no-pager", set], { encoding: "utf8" });
  const lines = stdout.split("\n").map((line) => line.trim());
  const names = lines.filter((line) => /^[@a-z]/.test(line) && line !== set);
  return new Set(names.flatMap((name) => (name.startsWith("@") ? [...allowedCalls(name)] : [name])));
}
