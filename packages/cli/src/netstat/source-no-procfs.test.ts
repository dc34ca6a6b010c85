import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../../../test/support/command/run.ts";
import { captured, withRoot } from "../../../../test/support/netstat/captured.ts";
import { noMounts, skipIf } from "../../../../test/support/tools.ts";

/*
 * Where there is nothing to look at, an empty list would look like an answer. net-tools prints its headings and leaves with 0
 * or 1; the other commands say why in one sentence and leave with 4, and so does this one.
 */

beforeEach((context) => skipIf(context, noMounts()));

/** Runs `procnet` where nothing is mounted on /proc, on a system that calls itself so. */
function withoutProcfs(platform: string, args: readonly string[]): { code: number | null; out: string; err: string } {
  const program = `
    Object.defineProperty(process, "platform", { value: ${JSON.stringify(platform)} });
    const { run } = await import(${JSON.stringify(pathToFileURL(BIN).href.replace("bin/procnet.js", "dist/main.js"))});
    process.exitCode = await run(process.argv.slice(1));`;
  const script = 'mount -t tmpfs none /proc && exec "$@"';
  const node = [process.execPath, "--input-type=module", "-e", program, "--", ...args];
  const { status, stdout, stderr } = spawnSync("unshare", ["--mount", "sh", "-c", script, "sh", ...node], {
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const LISTS = [[], ["-tulpn"], ["-i"], ["-ie"], ["-r"], ["-6r"], ["-g"], ["-s"], ["-s", "-6"], ["-x"], ["-tc"], ["-M"]];

describe.each([
  ["linux", "no procfs is mounted there"],
  ["darwin", "procfs is of Linux and this is darwin"],
  ["win32", "procfs is of Linux and this is win32"],
])("on %s without /proc", (platform, reason) => {
  it.each(LISTS.map((args) => [args.join(" "), args]))("netstat %s says so in one sentence", (_, args) => {
    const { code, out, err } = withoutProcfs(platform, ["netstat", ...args]);
    expect(err).toContain(reason);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 4, out: "" });
  });

  it("leaves as the other commands do", () => {
    for (const command of ["sockets", "interfaces", "routes", "neighbours", "stats", "namespaces", "show"]) {
      const { code, out, err } = withoutProcfs(platform, [command]);
      expect({ command, code, out, lines: err.trimEnd().split("\n").length }).toEqual({
        command,
        code: 4,
        out: "",
        lines: 1,
      });
    }
  });

  it("still explains itself, and what is wrong with the command line", () => {
    expect(withoutProcfs(platform, ["netstat", "--help"])).toMatchObject({ code: 0, err: "" });
    expect(withoutProcfs(platform, ["netstat", "--bogus"]).code).toBe(2);
  });
});

it("counters that are not there are no success", async () => {
  const tree = captured({});
  try {
    for (const flags of [["-s"], ["-s", "-6"]]) {
      const { code, err } = await withRoot(tree.root, flags);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^cannot open .*snmp6?: No such file/) });
    }
  } finally {
    tree.remove();
  }
});
