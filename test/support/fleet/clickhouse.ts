import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT, run } from "../tools.ts";
import type { Answer, Engine, FleetDatabase, Parameters } from "./engine.ts";

const DEPLOY = join(ROOT, "packages/server/deploy/clickhouse");

const USERS = `<yandex>
  <profiles><default><allow_experimental_low_cardinality_type>1</allow_experimental_low_cardinality_type></default></profiles>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
  <quotas><default/></quotas>
</yandex>`;

/** A server of its own, on loopback, with its data in a temporary folder. */
export class ClickHouse implements Engine {
  private readonly child: ChildProcess;
  private readonly folder: string;
  private readonly port: number;
  private count = 0;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.child = child;
    this.folder = folder;
    this.port = port;
  }

  /** Another program may take the port that was free: then once more. */
  static async start(): Promise<ClickHouse> {
    return (
      (await ClickHouse.tried()) ?? (await ClickHouse.tried()) ?? Promise.reject(new Error("ClickHouse does not start"))
    );
  }

  private static async tried(): Promise<ClickHouse | undefined> {
    const folder = mkdtempSync(join(tmpdir(), "procnet-clickhouse-"));
    const port = await freePort();
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "users.xml"), USERS);
    writeFileSync(
      join(folder, "config.xml"),
      `<yandex>
        <logger><level>warning</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
        <tcp_port>${port}</tcp_port><listen_host>127.0.0.1</listen_host>
        <path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><mark_cache_size>10000000</mark_cache_size>
        <users_config>users.xml</users_config><default_profile>default</default_profile>
        <default_database>default</default_database>
      </yandex>`,
    );
    const child = spawn("clickhouse-server", [`--config-file=${folder}/config.xml`], { stdio: "ignore", cwd: folder });
    const server = new ClickHouse(child, folder, port);
    while (!server.answers()) {
      if (child.exitCode !== null) {
        console.warn(`ClickHouse has ended: ${readFileSync(join(folder, "errors"), "utf8")}`);
        await server.close();
        return undefined;
      }
      await sleep(100);
    }
    return server;
  }

  async open(): Promise<FleetDatabase> {
    const database = `fleet${++this.count}`;
    this.client(["--query", `CREATE DATABASE ${database}`]);
    const client = (args: readonly string[], input?: string): string =>
      this.client(["--database", database, ...args], input);
    client(["--multiquery"], readFileSync(join(DEPLOY, "tables.sql"), "utf8"));
    return {
      load: async (file) => {
        client(["--query", "INSERT INTO procnet_flat FORMAT JSONEachRow"], readFileSync(file, "utf8"));
      },
      ask: async (name, parameters = {}) => {
        const query = filled(readFileSync(join(DEPLOY, `${name}.sql`), "utf8"), parameters);
        const form = ["--format", "JSONEachRow", "--output_format_json_quote_64bit_integers", "0"];
        return client([...form, "--query", query.trim().replace(/;$/, "")])
          .split("\n")
          .slice(0, -1)
          .map((line): Answer => JSON.parse(line));
      },
    };
  }

  async close(): Promise<void> {
    const closed = this.child.exitCode === null ? once(this.child, "close") : undefined;
    this.child.kill("SIGKILL");
    await closed;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private answers(): boolean {
    try {
      return this.client(["--query", "SELECT 1"]) === "1\n";
    } catch {
      return false;
    }
  }

  private client(args: readonly string[], input = ""): string {
    return run("clickhouse-client", ["--host", "127.0.0.1", "--port", String(this.port), ...args], input);
  }
}

/** What newer versions do with `--param_port`: 18.16 has no parameters. */
function filled(query: string, { port, address, since, host, moment }: Parameters): string {
  const values = new Map<string, string | number | undefined>(Object.entries({ port, address, since, host, moment }));
  return query.replace(/\{(\w+):(\w+)\}/g, (_, name: string, type: string) =>
    type === "String" ? `'${values.get(name)}'` : String(values.get(name)),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
