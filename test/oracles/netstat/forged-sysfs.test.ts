import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import { noDoor } from "../../support/kernel/netlink-in.ts";
import { Namespace } from "../../support/namespace.ts";
import { missingTools, noNamespaces, run, skipIf } from "../../support/tools.ts";

/*
 * Files that a process puts where its root has a sysfs: they are no sysfs, whatever they say. netstat is asked with the sysfs of another
 * network namespace, so that it looks for one at the processes of its own.
 */

const reason = noNamespaces() ?? missingTools("nsenter", "python3") ?? noDoor();
let namespace: Namespace;
let root: string;
beforeEach((context) => {
  skipIf(context, reason);
  namespace = new Namespace();
  root = mkdtempSync("/tmp/procnet-forged-");
});
afterEach(() => {
  if (reason !== undefined) return;
  namespace.remove();
  rmSync(root, { recursive: true, force: true });
});

/** A process whose root has such files of lo. */
async function forge(bytes: string): Promise<void> {
  const files = { flags: "0x1043", mtu: "1234", ifindex: "1", type: "772", tx_queue_len: "1000", address: "" };
  const counters = { "statistics/rx_bytes": bytes, "statistics/tx_bytes": bytes };
  for (const [name, text] of Object.entries({ ...files, ...counters })) {
    const path = join(root, "sys/class/net/lo", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  }
  const script = `import os, time; os.chroot("${root}"); os.chdir("/"); print("there", flush=True); time.sleep(600)`;
  const child = namespace.spawn("python3", ["-IS", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
}

/** What lo has received, which is what it has sent. */
function moved(): string {
  const script =
    "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x' * 99, ('127.0.0.1', 9))";
  namespace.run("python3", ["-IS", "-c", script]);
  return /^ *lo: *(\d+)/m.exec(namespace.run("cat", ["/proc/net/dev"]))![1]!;
}

it.each(["the true counters", "no counters at all"])("with %s are not believed", async (which) => {
  const bytes = moved();
  await forge(which === "the true counters" ? bytes : "zz");
  const netstat = [process.execPath, BIN, "netstat", "-ia"];
  const out = run("nsenter", [`--net=/run/netns/${namespace.name}`, ...netstat]);
  expect(out).toMatch(/^lo +65536 /m);
});
