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

/** Asks one address after the other; `{}` for one that does not answer. */
const ASK = `
  const ask = (url) => fetch(url).then((answer) => answer.json()).catch(() => ({}));
  const answers = [];
  for (const url of process.argv.slice(1)) answers.push(await ask(url));
  process.stdout.write(JSON.stringify(answers));
`;

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
      return this.ask("/api/v1/status/runtimeinfo")[0] !== undefined;
    }, "an answer of prometheus");
  }

  /** All that a query gives now. Throws with the complaint where Prometheus cannot run it. */
  query(expr: string): readonly Answered[] {
    return this.queries([expr])[0]!;
  }

  /** The same of several. */
  queries(exprs: readonly string[]): (readonly Answered[])[] {
    const answers = this.ask(...exprs.map((expr) => `/api/v1/query?query=${encodeURIComponent(expr)}`));
    return answers.map((answer) => (answer as { result: readonly Answered[] }).result);
  }

  /** Alerts that are pending or fire now. */
  alerts(): readonly Alerted[] {
    return (this.ask("/api/v1/alerts")[0] as { alerts: readonly Alerted[] }).alerts;
  }

  rules(): readonly RunRule[] {
    const { groups } = this.ask("/api/v1/rules")[0] as { groups: readonly { rules: readonly RunRule[] }[] };
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

  /** The data of each answer; `undefined` where there was none. */
  private ask(...paths: readonly string[]): (object | undefined)[] {
    const words = ["--input-type=module", "-e", ASK, ...paths.map((path) => `http://127.0.0.1:${PORT}${path}`)];
    const answers: Answer[] = JSON.parse(this.namespace.run(process.execPath, words));
    return answers.map(({ status, data, error }, at) => {
      if (status === "error") throw new Error(`prometheus: ${paths[at]}: ${error}`);
      return data;
    });
  }
}

interface Answer {
  readonly status?: string;
  readonly data?: object;
  readonly error?: string;
}
