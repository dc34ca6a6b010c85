import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { missingTools, noNamespaces, ROOT } from "../support/tools.ts";

/* A program may have 1,024 files open by default, and a machine more namespaces: none is left out for want of them. */

const reason = missingTools("python3") ?? noNamespaces();
const COUNT = 40;
const PORT = 8391;

it.skipIf(reason !== undefined).each([
  ["few files may be open", 40, [PORT]],
  ["many ports are asked for", 128, Array.from({ length: 30 }, (_, at) => PORT + at)],
] as const)("port --all-namespaces tells of each namespace where %s", async (_why, files, ports) => {
  const child = spawn("python3", ["-IS", `${ROOT}/test/support/many-namespaces.py`, String(COUNT), String(PORT)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    await once(createInterface({ input: child.stdout }), "line");
    const command = [process.execPath, `${ROOT}/packages/cli/bin/procnet.js`, "port", ...ports, "--all-namespaces"];
    const limited = ["-c", `ulimit -n ${files}; exec "$0" "$@"`, ...command.map(String), "--json"];
    const { stdout, stderr } = spawnSync("sh", limited, { encoding: "utf8", maxBuffer: 1 << 28 });
    expect(stderr).toBe("");
    const found = JSON.parse(stdout).ports.filter(
      ({ port, kind }: { port: number; kind: string }) => port === PORT && kind === "owned",
    );
    expect(found.length).toBeGreaterThanOrEqual(COUNT);
  } finally {
    child.stdin.end();
  }
});
