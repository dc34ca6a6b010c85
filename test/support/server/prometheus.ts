import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Namespace } from "../namespace.ts";
import { until } from "../time.ts";

/** A series as a query gives it. */
export interface Answered {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

/** An alert that is pending or fires. */
export interface Alerted {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: "pending" | "firing";
}

/** A rule as Prometheus runs it. */
export interface RunRule {
  readonly name: string;
  readonly query: string;
  readonly health: "ok" | "err" | "unknown";
  readonly lastError?: string;
}

const PORT = 19090;

const ASK = `fetch(process.argv[1]).then((answer) => answer.text()).then((text) => process.stdout.write(text))
  .catch(() => process.stdout.write("{}"))`;

/** A real Prometheus in a network namespace, which scrapes each second. Its data are in a folder of its own. */
export class Prometheus {
  private readonly namespace: Namespace;
  private readonly folder: string;
  private readonly child: ChildProcess;
  private printed = "";

  /** `files`: rules. `targets`: what it scrapes, as the job `procnet`. */
  constructor(namespace: Namespace, files: readonly string[], targets: readonly string[]) {
    this.namespace = namespace;
    this.folder = mkdtempSync(join(tmpdir(), "procnet-prometheus-"));
    const config = {
      global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "500ms" },
      rule_files: files,
      scrape_configs: [{ job_name: "procnet", static_configs: [{ targets }] }],
    };
    const file = join(this.folder, "prometheus.yml");
    writeFileSync(file, stringify(config));
    const flags = [
      ...[`--config.file=${file}`, `--storage.tsdb.path=${join(this.folder, "data")}`, "--log.level=warn"],
      `--web.listen-address=127.0.0.1:${PORT}`,
    ];
    this.child = namespace.spawn("prometheus", flags, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, GOMAXPROCS: "2" },
    });
    this.child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.printed += text;
    });
  }

  /** Waits until it answers. */
  async ready(): Promise<void> {
    await until(() => {
      if (this.child.exitCode !== null) throw new Error(`prometheus has ended: ${this.printed}`);
      return this.ask("/api/v1/status/runtimeinfo") !== undefined;
    }, "an answer of prometheus");
  }

  /** All that a query gives now. Throws with the complaint where Prometheus cannot run it. */
  query(expr: string): readonly Answered[] {
    const { result } = this.ask(`/api/v1/query?query=${encodeURIComponent(expr)}`) as { result: readonly Answered[] };
    return result;
  }

  /** Alerts that are pending or fire now. */
  alerts(): readonly Alerted[] {
    return (this.ask("/api/v1/alerts") as { alerts: readonly Alerted[] }).alerts;
  }

  rules(): readonly RunRule[] {
    const { groups } = this.ask("/api/v1/rules") as { groups: readonly { rules: readonly RunRule[] }[] };
    return groups.flatMap(({ rules }) => rules);
  }

  /** Ends it, by its pid, and removes its data. */
  async end(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.kill("SIGKILL");
      await ended;
    }
    rmSync(this.folder, { recursive: true });
  }

  private ask(path: string): object | undefined {
    const printed = this.namespace.run(process.execPath, ["-e", ASK, `http://127.0.0.1:${PORT}${path}`]);
    if (!printed.startsWith("{")) return undefined;
    const { status, data, error } = JSON.parse(printed) as { status?: string; data?: object; error?: string };
    if (status === "error") throw new Error(`prometheus: ${path}: ${error}`);
    return data;
  }
}
