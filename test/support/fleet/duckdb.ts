import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { ROOT } from "../tools.ts";
import type { Answer, Engine, FleetDatabase, Parameters } from "./engine.ts";

const DEPLOY = join(ROOT, "packages/server/deploy/duckdb");

/** Why DuckDB cannot be asked here; `undefined` where it can. */
export async function noDuckDb(): Promise<string | undefined> {
  try {
    const instance = await DuckDBInstance.create(":memory:");
    instance.closeSync();
    return undefined;
  } catch (error) {
    return `no DuckDB: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Databases in memory. */
export class DuckDb implements Engine {
  private readonly instances: DuckDBInstance[] = [];

  async open(): Promise<FleetDatabase> {
    const instance = await DuckDBInstance.create(":memory:");
    this.instances.push(instance);
    const connection = await instance.connect();
    await connection.run(readFileSync(join(DEPLOY, "tables.sql"), "utf8"));
    return {
      load: async (file) => void (await connection.run(`COPY procnet_flat FROM '${file}' (FORMAT json)`)),
      ask: async (name, parameters = {}) => {
        for (const [variable, value] of Object.entries(parameters))
          await connection.run(`SET VARIABLE ${variable} = ${literal(variable, value)}`);
        const answer = await connection.runAndReadAll(readFileSync(join(DEPLOY, `${name}.sql`), "utf8"));
        return answer.getRowObjectsJson().map((row): Answer => ({ ...row }));
      },
    };
  }

  async close(): Promise<void> {
    for (const instance of this.instances) instance.closeSync();
  }
}

const TIMES: ReadonlySet<string> = new Set<keyof Parameters>(["since", "moment"]);

function literal(name: string, value: string | number): string {
  if (typeof value === "number") return String(value);
  return TIMES.has(name) ? `TIMESTAMP '${value.replace("T", " ").replace("Z", "")}'` : `'${value}'`;
}
