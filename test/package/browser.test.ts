import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build as esbuild } from "esbuild";
import { build, createLogger } from "vite";
import { afterAll, expect, it } from "vitest";
import { ROOT } from "../support/tools.ts";

/*
 * The doors that open nothing, as vite bundles them for a browser, run where there is the language and two things of the web: no
 * process, no require, no module of Node. Works on what `npm run build` made.
 */
const folder = mkdtempSync(join(tmpdir(), "procnet-browser-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(join(ROOT, "packages", "procnet"), join(folder, "node_modules", "procnet"));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT =
  "  sl  local_address\\n   0: 7F000001:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1 00000000979a9b83 100 0 0 10 0\\n";
const ROW = `const [row] = parseTcp(new TextEncoder().encode("${TEXT}"), { byteOrder: "BE" });`;

/** Bundles a program for a browser; fails with what vite has to say. */
async function bundle(name: string, program: string, format: "iife" | "es" = "iife"): Promise<string> {
  const entry = join(folder, `${name}.js`);
  writeFileSync(entry, program);
  const said: string[] = [];
  const log = (message: string): void => void said.push(message);
  const customLogger = { ...createLogger("warn"), warn: log, warnOnce: log, error: log };
  const lib = { entry, formats: [format], name: "answer", fileName: name };
  const built = await build({
    configFile: false,
    root: folder,
    logLevel: "warn",
    customLogger,
    build: { lib, write: false },
  });
  expect(said).toEqual([]);
  if (!Array.isArray(built)) throw new Error("no bundle");
  const [{ code }, ...others] = built[0]!.output;
  expect(others).toEqual([]);
  return code;
}

it.each([
  [
    "parse",
    `import { parseTcp, TcpState } from "procnet/parse"; ${ROW} export default [row.localAddress, row.state, TcpState[row.state]];`,
    ["127.0.0.1", "LISTEN", 10],
  ],
  [
    "tables",
    `import * as tables from "procnet/tables"; import { parseTcp } from "procnet/parse"; ${ROW}
     export default [tables.tcp.name, Object.keys(tables).length > 200, row.inode];`,
    ["tcp", true, 42],
  ],
  [
    "query",
    `import { compileFilter, matches, parseFilter } from "procnet/query";
     const socket = { protocol: "tcp", state: "LISTEN", localPort: 80, localAddress: "127.0.0.1" };
     const asked = (text) => matches(parseFilter(text), socket);
     export default [asked("sport = 80"), asked("sport = 81"), typeof compileFilter(parseFilter("sport = 80")).options];`,
    [true, false, "object"],
  ],
  [
    "view",
    `import { schemaOf, SOCKET_COLUMNS, stateOf } from "procnet/view";
     export default [stateOf({ protocol: "udp", state: "CLOSE" }), SOCKET_COLUMNS.length > 5, typeof schemaOf("sockets").$defs];`,
    ["UNCONN", true, "object"],
  ],
  [
    "live",
    `import { explain, FINDINGS, SocketList } from "procnet/live";
     const list = new SocketList();
     list.begin([{ protocol: "tcp", inode: 7 }]);
     export default [list.size, FINDINGS.length > 40, explain("TcpExt.ListenDrops").kind];`,
    [1, true, "counter"],
  ],
])("procnet/%s works in a browser", async (name, program, expected) => {
  const code = await bundle(name, program);
  expect(code).not.toMatch(/["']node:|__vite-browser-external/);
  const web = createContext({ TextEncoder, TextDecoder });
  expect(runInContext("[typeof process, typeof require, typeof Buffer]", web)).toEqual(Array(3).fill("undefined"));
  expect(JSON.parse(runInContext(`${code}; JSON.stringify(answer.default ?? answer)`, web))).toEqual(expected);
});

// What vite leaves out in the end, others do not even begin to bundle: no file behind these doors may name a module of Node.
it.each(["parse", "tables", "query", "view", "live"])("procnet/%s is all that a browser needs", async (door) => {
  const entry = join(folder, `all-of-${door}.js`);
  writeFileSync(entry, `export * from "procnet/${door}";`);
  const { errors, warnings } = await esbuild({
    ...{ entryPoints: [entry], bundle: true, write: false, platform: "browser", logLevel: "silent" },
    absWorkingDir: folder,
  });
  expect([...errors, ...warnings]).toEqual([]);
});

it("the door that reads the machine is bundled as well, threads and all, and tells a browser what it lacks", async () => {
  const program = `import { read, sockets } from "procnet"; export default [typeof read, typeof sockets];`;
  const code = await bundle("machine", program, "es");
  const loaded = import(`data:text/javascript,${encodeURIComponent(code)}`);
  await expect(loaded).rejects.toThrow(/"node:\w+" has been externalized for browser compatibility/);
});
