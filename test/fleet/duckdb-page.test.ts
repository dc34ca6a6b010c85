import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { procnet } from "../support/command/run.ts";
import { usualTree } from "../support/command/tree.ts";
import { noDuckDb } from "../support/fleet/duckdb.ts";
import { ROOT, skipIf } from "../support/tools.ts";

it("the statements of docs/fleet/duckdb.md run over a folder of rows, and all rows are in the Parquet file", async (context) => {
  skipIf(context, await noDuckDb());
  const folder = mkdtempSync(join(tmpdir(), "procnet-duckdb-"));
  const tree = usualTree();
  const instance = await DuckDBInstance.create(":memory:");
  try {
    mkdirSync(join(folder, "rows"));
    const { out } = await procnet(["sockets", "--flat", "-A", "all", "--root", tree.root]);
    for (const name of ["web1", "web2"]) writeFileSync(join(folder, "rows", `${name}.ndjson`), out);
    const connection = await instance.connect();
    const page = readFileSync(join(ROOT, "docs/fleet/duckdb.md"), "utf8");
    // `.read FILE` is the shell's.
    const statements = Array.from(page.matchAll(/```sql\n([\s\S]*?)```/g), ([, block = ""]) =>
      block
        .replaceAll(/^\.read deploy\/(.*)$/gm, (_, file) =>
          readFileSync(join(ROOT, "packages/server/deploy", file), "utf8"),
        )
        .replaceAll("'rows", `'${folder}/rows`),
    );
    expect(statements.length).toBeGreaterThan(2);
    for (const sql of statements) await connection.run(sql);
    const kept = await connection.runAndReadAll(`SELECT count(*)::INTEGER AS rows FROM '${folder}/rows.parquet'`);
    expect(kept.getRowObjectsJson()).toEqual([{ rows: 2 * (out.split("\n").length - 1) }]);
  } finally {
    instance.closeSync();
    tree.remove();
    rmSync(folder, { recursive: true });
  }
});
