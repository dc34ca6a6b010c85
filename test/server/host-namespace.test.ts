import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BIN } from "../support/command/run.ts";
import { type ReadFamily, readExposition } from "../support/exposition.ts";
import { Lab, noLab } from "../support/live/lab.ts";
import { said } from "../support/parity.ts";
import { ask } from "../support/server/ask.ts";
import { serve } from "../support/server/serve.ts";
import { missingTools, noMounts, skipIf } from "../support/tools.ts";

/*
 * As in a pod with hostPID and without hostNetwork: process ids are those of a "node", whose process 1 is in the network namespace of the
 * lab, and the server is in a network namespace of its own, with a sysfs that shows it. Its interfaces have the names of those of the node.
 */

const unable = (): string | undefined => noLab() ?? noMounts() ?? missingTools("unshare");

let folder: string;
let lab: Lab;
let socketPath: string;

const VETH = "link add node0 type veth peer name node1";
const NODE = '"$@" & wait';
const POD = `mount -t sysfs none /sys && ip ${VETH} && exec "$@"`;

beforeAll(async () => {
  if (unable() !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), "procnet-pod-"));
  socketPath = join(folder, "http.sock");
  lab = new Lab();
  lab.namespace.ip(`${VETH}\nlink set node0 up\nlink set node1 up`);
  const server = lab.namespace.spawn(
    "unshare",
    [
      ...["--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", NODE, "node"],
      ...["unshare", "--net", "--mount", "sh", "-c", POD, "pod"],
      ...[process.execPath, BIN, "serve", "--netns", "pid:1", "--unix-socket", socketPath, "--max-age", "1ms"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  await said(server, /unix:/);
});
afterAll(() => {
  lab?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

const get = async (path: string): Promise<string> => (await ask(`http://localhost${path}`, { socketPath })).text;
const metrics = async (): Promise<Map<string, ReadFamily>> => readExposition(await get("/metrics"));

it("gives the counters and interfaces of process 1, not its own", async (context) => {
  skipIf(context, unable());
  const families = await metrics();
  const devices = families.get("node_network_receive_bytes_total")!.samples;
  expect([...devices.keys()].sort()).toEqual(['device="lo"', 'device="node0"', 'device="node1"']);
  const before = families.get("node_netstat_Tcp_PassiveOpens")!.samples.get("");
  const scene = await lab.play("accepted", 7);
  await scene.next();
  const after = (await metrics()).get("node_netstat_Tcp_PassiveOpens")!.samples.get("");
  expect(after! - before!).toBe(7);
  scene.end();
  const { interfaces } = JSON.parse(await get("/api/v1/interfaces"));
  expect(interfaces.map(({ name }: { name: string }) => name).sort()).toEqual(["lo", "node0", "node1"]);
});

it("takes no sysfs that shows the interfaces of another namespace", async (context) => {
  skipIf(context, unable());
  const families = await metrics();
  expect(families.get("node_scrape_collector_success")!.samples.get('collector="netclass"')).toBe(0);
  expect(families.has("node_network_up")).toBe(false);
});

it("judges the namespace of process 1, as far as that can be without its settings", async (context) => {
  skipIf(context, unable());
  await metrics();
  const scene = await lab.play("unaccepted", 3, 200);
  await scene.next();
  const finding = async (id: string): Promise<number | undefined> =>
    (await metrics()).get("procnet_health_finding")!.samples.get(`id="${id}"`);
  await expect.poll(() => finding("tcp-accept-queue-overflow")).toBe(3);
  const { findings, unknown } = JSON.parse(await get("/api/v1/health"));
  const overflow = findings.find(({ id }: { id: string }) => id === "tcp-accept-queue-overflow");
  expect(overflow).toMatchObject({ subject: { kind: "listener", port: 8081 } });
  scene.end();
  const limited = unknown.filter(({ reason }: { reason: string }) => reason === "no-limit");
  const ids = [...new Set(limited.map(({ id }: { id: string }) => id))].sort();
  // docs/fleet/kubernetes.md lists them.
  const page = readFileSync(new URL("../../docs/fleet/kubernetes.md", import.meta.url), "utf8");
  expect(ids.length).toBeGreaterThan(3);
  for (const id of ids) expect(page, `${id}`).toContain(`\`${id}\``);
});

it("refuses a process that there is not", async () => {
  await expect(serve(["--netns", "pid:4194305", "--listen", "127.0.0.1:0"])).rejects.toThrow(
    "cannot read /proc/4194305/stat",
  );
});
