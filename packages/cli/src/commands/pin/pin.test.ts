import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BIN, procnet } from "../../../../../test/support/command/run.ts";
import { noIterator } from "../../../../../test/support/kernel/pin.ts";
import { readableBin, readableNode } from "../../../../../test/support/readable.ts";
import { missingTools, noMounts, skipIf } from "../../../../../test/support/tools.ts";

const PLACE = "/sys/fs/bpf/procnet/owners-v1";
const cannot = (await noIterator()) ?? noMounts() ?? missingTools("setpriv");

/** What a shell says in a mount namespace of its own, in which no bpffs is mounted. */
function inOwnMounts(script: string): { readonly out: string; readonly err: string; readonly status: number | null } {
  const begin = 'while umount /sys/fs/bpf 2>&-; do :; done; node=$0; bin=$1; p() { "$node" "$bin" "$@"; };';
  const shell = `${begin} ${script}`;
  const args = ["--mount", "sh", "-c", shell, process.execPath, BIN];
  const { stdout, stderr, status } = spawnSync("unshare", args, { encoding: "utf8", cwd: "/" });
  return { out: stdout, err: stderr, status };
}

describe("procnet pin", () => {
  it("mounts, pins, and says so; again it takes the place of the one before; unpin leaves nothing", (context) => {
    skipIf(context, cannot);
    const { out, err, status } = inOwnMounts(
      "p pin --group 61234; p pin --mode 0444; stat -c '%a %u %g' /sys/fs/bpf/procnet/owners-v1; p unpin; p unpin; ls -A /sys/fs/bpf | grep -v [.]",
    );
    expect(out.split("\n")).toEqual([PLACE, PLACE, "444 0 0", PLACE, ""]);
    expect(err.split("\n")).toEqual([
      "procnet: a bpffs was mounted at /sys/fs/bpf",
      "procnet: it took the place of the one before",
      "procnet: there was no pin",
      "",
    ]);
    expect(status).toBe(1); // grep's: nothing is left
  });

  it("takes no more rights than its unit gives", (context) => {
    skipIf(context, cannot);
    const rights = /^CapabilityBoundingSet=(.*)$/m.exec(unit([]))![1]!.split(" ");
    const kept = rights.map((name) => `+${name.slice(4).toLowerCase()}`).join(",");
    const { out, err } = inOwnMounts(
      `setpriv --bounding-set -all,${kept} --inh-caps -all,${kept} --no-new-privs "$node" "$bin" pin --group 61234; p unpin`,
    );
    expect([out, err]).toEqual([`${PLACE}\n${PLACE}\n`, "procnet: a bpffs was mounted at /sys/fs/bpf\n"]);
  });

  it("tells sockets whose they are with --source auto, and with procfs never", (context) => {
    skipIf(context, cannot);
    const told = "p sockets --json --tcp --source";
    const { out, err } = inOwnMounts(`p pin >&2 && ${told} auto && ${told} procfs; p doctor --json`);
    expect(err).toContain("mounted");
    const [auto, procfs, doctor] = out
      .trim()
      .split(/\n(?=\{)/)
      .map((text) => JSON.parse(text));
    expect(auto).toMatchObject({ source: "pin", sourceOf: { tables: [], owners: "pin", notes: [] } });
    expect(procfs).not.toHaveProperty("source");
    expect(doctor.findings).toContainEqual({
      topic: "pinned owners",
      status: "ok",
      finding: `the kernel tells whose sockets are by ${PLACE}`,
    });
  });

  it("tells who is on a port with --source auto, also a user who may not look into them, whom nobody is killed for", (context) => {
    skipIf(context, cannot);
    const nobody = `setpriv --reuid 65534 --regid 65534 --clear-groups ${readableNode()} ${readableBin()}`;
    const listen =
      "import os, socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); time.sleep(600)";
    const ask = `port $port --json --source`;
    const { out, err } = inOwnMounts(
      `p pin --mode 0444 >/dev/null 2>&1; d=$(mktemp -d); mkfifo $d/f; python3 -IS -c "${listen}" >$d/f & read port <$d/f; rm -r $d;
       ${nobody} ${ask} auto; ${nobody} ${ask} procfs; ${nobody} port $port --kill --yes --other-users --timeout 100ms; kill $!`,
    );
    const kinds = out
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text).ports[0]);
    expect(kinds).toMatchObject([
      { kind: "owned", complete: true, listeners: [{ owners: [{ program: "python3", uid: 0 }] }] },
      { kind: "unknown", reasons: ["no-permission"] },
    ]);
    expect(err).toMatch(
      /python3\[\d+\] does not let its descriptors be looked at once more, which root may: it was left alone/,
    );
  });

  it("tells another user, in no more words than one sentence, why it is not theirs", (context) => {
    skipIf(context, cannot);
    const nobody = `setpriv --reuid 65534 --regid 65534 --clear-groups ${readableNode()} ${readableBin()}`;
    const { out } = inOwnMounts(`p pin >/dev/null 2>&1; ${nobody} sockets --json --tcp`);
    expect(JSON.parse(out)).toMatchObject({
      source: "procfs",
      sourceOf: { notes: [expect.stringContaining(`${PLACE} may not be read by this user`)] },
    });
  });

  it.each([
    [["pin", "--mode", "0660"], "--mode 0660: a pin can be read and nothing else"],
    [["pin", "--mode", "0000"], "--mode 0000"],
    [["pin", "--group", "no\x1bsuch"], "/etc/group has no such group"],
    [["pin", "--group", "4294967295"], "/etc/group has no such group"],
  ])("refuses %j", async (args, said) => {
    const { code, err } = await procnet(args);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(err).not.toContain("\x1b");
  });

  it("refuses a place that is in no bpffs", async (context) => {
    skipIf(context, cannot);
    const { code, err } = await procnet(["pin", "--path", "/tmp/owners-v1"]);
    expect([code, err]).toEqual([4, expect.stringContaining("/tmp is no directory of a bpffs")]);
  });
});

describe("the unit", () => {
  it("starts this program by whole paths, and stops as it started", () => {
    const text = unit(["--path", "/sys/fs/bpf/100%/o wners", "--group", "0"]);
    const script = realpathSync(BIN);
    const words = '--path "/sys/fs/bpf/100%%/o wners"';
    expect(text).toContain(`\nExecStart=${process.execPath} ${script} pin ${words} --group 0\n`);
    expect(text).toContain(`\nExecStop=${process.execPath} ${script} unpin ${words}\n`);
    // What is mounted in a mount namespace of its own is seen by nobody else.
    expect(text).not.toMatch(/Protect|Private|ReadOnly|ReadWrite|Inaccessible/);
  });
});

function unit(args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, [BIN, "pin", "--unit", ...args], { encoding: "utf8" });
  return stdout;
}
