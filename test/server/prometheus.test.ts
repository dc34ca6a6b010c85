import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BIN } from "../support/command/run.ts";
import { Lab, noLab, type Play } from "../support/live/lab.ts";
import { said } from "../support/parity.ts";
import { QUERIES, sent } from "../support/server/dashboard.ts";
import { Prometheus } from "../support/server/prometheus.ts";
import { RECORDINGS } from "../support/server/rules/recording-rules.ts";
import { ALERTS } from "../support/server/rules/rule-files.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

const unable = (): string | undefined => noLab() ?? missingTools("prometheus");

const DEPLOY = join(ROOT, "packages/server/deploy");
const TARGET = "127.0.0.1:9909";

let folder: string;
let lab: Lab;
let prometheus: Prometheus;
beforeAll(async () => {
  if (unable() !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), "procnet-shipped-rules-"));
  // What we ship, but that alerts need not wait: nothing else is changed.
  const impatient = join(folder, "alerts.yml");
  writeFileSync(impatient, readFileSync(join(DEPLOY, "alerts.yml"), "utf8").replaceAll(/^ +for: \d+m$/gm, ""));
  lab = new Lab();
  const server = lab.namespace.spawn(
    process.execPath,
    [BIN, "serve", "--listen", TARGET, "--max-age", "100ms", "--port", "9909", "--destinations", "5"],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  await said(server, /http:/);
  prometheus = new Prometheus(lab.namespace, [impatient, join(DEPLOY, "recording.yml")], [TARGET]);
  await prometheus.ready();
});
afterAll(async () => {
  await prometheus?.end();
  lab?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

it("Prometheus runs each of our rules without an error", async (context) => {
  skipIf(context, unable());
  await expect.poll(() => prometheus.rules().filter(({ health }) => health !== "ok")).toEqual([]);
  expect(
    prometheus
      .rules()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...ALERTS.map(({ rule }) => rule.alert), ...RECORDINGS.map(({ rule }) => rule.record)].sort());
});

it("it has what our rules record, with the labels of the machine", async (context) => {
  skipIf(context, unable());
  await expect.poll(() => prometheus.query('up{job="procnet"}').map(({ value }) => value[1])).toEqual(["1"]);
  const always = ["instance:procnet_health_finding:max", "instance:node_netstat_Tcp_RetransSegs:ratio_rate5m"];
  await expect.poll(() => prometheus.queries(always).map(({ length }) => length)).toEqual([1, 1]);
  // A machine that tracks no connections has no such counters: what can be asked for can be recorded, and nothing else.
  const lengths = (exprs: readonly string[]): number[] => prometheus.queries(exprs).map(({ length }) => length);
  const rules = RECORDINGS.map(({ rule }) => rule);
  const missing = (): string[] => {
    const wanted = lengths(rules.map(({ expr }) => expr));
    const recorded = lengths(rules.map(({ record }) => record));
    return rules.flatMap(({ record }, at) => (wanted[at] === recorded[at] ? [] : [record]));
  };
  await expect.poll(missing).toEqual([]);
  const listening = prometheus.query("instance_protocol_state:procnet_sockets:sum{state=~'(?i)listen.*'}");
  expect(listening.map(({ metric }) => metric)).toContainEqual(
    expect.objectContaining({ job: "procnet", instance: TARGET, protocol: "tcp" }),
  );
});

it("it answers each query of the dashboard", async (context) => {
  skipIf(context, unable());
  const empty = (): string[] => {
    const answers = prometheus.queries(QUERIES.map(([, { expr }]) => sent(expr)));
    return QUERIES.flatMap(([title], at) => (answers[at]!.length === 0 ? [title] : []));
  };
  // What nothing is to be told of here, or not of every machine.
  const quiet = ["Findings", "CLOSE_WAIT by process", "Errors and drops of interfaces", "Tracked connections"];
  // The scrape itself is no connection that the server made, and nobody has fifty.
  const others = [
    "Connections by destination",
    "Local ports used",
    "Datagrams lost",
    "Neighbours",
    "Received",
    "Sent",
    "Counted as other",
  ];
  await expect.poll(() => empty().filter((title) => ![...quiet, ...others].includes(title))).toEqual([]);
});

it("an alert fires while a listener does not accept, and ends with it", async (context) => {
  skipIf(context, unable());
  const firing = (name: string): readonly object[] =>
    prometheus.alerts().filter(({ labels, state }) => labels.alertname === name && state === "firing");
  expect(firing("ProcnetTcpAcceptQueueLong")).toEqual([]);
  const scene: Play = await lab.play("unaccepted", 3, 200);
  await scene.next();
  const about = { labels: { severity: "critical", job: "procnet", instance: TARGET } };
  await expect
    .poll(() => firing("ProcnetTcpAcceptQueueOverflow"))
    .toMatchObject([
      {
        ...about,
        annotations: { summary: `${TARGET}: finished connections are dropped because a listener does not accept them` },
      },
    ]);
  await expect.poll(() => firing("ProcnetTcpAcceptQueueLong")).toMatchObject([about]);
  const waiting = 'instance_container_process:procnet_listener_accept_queue:sum{process="python3"}';
  // Others on this machine may be called so, too.
  await expect.poll(() => Number(prometheus.query(waiting)[0]?.value[1])).toBeGreaterThanOrEqual(4);
  scene.end();
  await expect.poll(() => firing("ProcnetTcpAcceptQueueLong")).toEqual([]);
  // It has ended because it is judged to be over, not because nothing is known any more.
  await expect
    .poll(() => prometheus.query('procnet_health_finding{id="tcp-accept-queue-long"}').map(({ value }) => value[1]))
    .toEqual(["0"]);
});
