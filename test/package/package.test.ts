import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, run } from "../support/tools.ts";

/*
 * The package as users get it: packed, unpacked into node_modules of a folder that has nothing else, and used from there.
 * Works on what `npm run build` made.
 */
const LIBRARY = join(ROOT, "packages", "procnet");
const folder = mkdtempSync(join(tmpdir(), "procnet-package-"));
const installed = join(folder, "node_modules", "procnet");
let packed: string[] = [];

beforeAll(() => {
  if (!existsSync(join(LIBRARY, "dist", "index.js"))) throw new Error("not built: run `npm run build` first");
  const [pack] = JSON.parse(run("npm", ["pack", "--json", "--silent", "--pack-destination", folder, LIBRARY])) as [
    { filename: string; files: { path: string }[] },
  ];
  packed = pack.files.map(({ path }) => path);
  mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", join(folder, pack.filename), "--strip-components=1", "-C", installed]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program of the folder, and gives what it printed. */
function node(name: string, code: string): string {
  writeFileSync(join(folder, name), code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [name], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  expect(stderr).toBe("");
  return stdout;
}

const TCP = `const text = Buffer.from("  sl  local_address\\n   0: 7F000001:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1 00000000979a9b83 100 0 0 10 0\\n");`;

describe("the packed library", () => {
  it("holds code, types and the licence, and nothing else", () => {
    expect(packed).toEqual(expect.arrayContaining(["package.json", "LICENSE", "dist/index.js", "dist/index.d.ts"]));
    expect(packed).toEqual(
      expect.arrayContaining(["dist/parse.js", "dist/tables.js", "dist/query.js", "dist/view.js", "dist/live.js"]),
    );
    const others = packed.filter(
      (path) => !/^dist\/.*\.(js|d\.ts)$|^(package\.json|LICENSE|README\.md|CHANGELOG\.md)$/.test(path),
    );
    expect(others).toEqual([]);
  });

  it("depends on nothing", () => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).not.toHaveProperty("peerDependencies");
    expect(readdirSync(join(folder, "node_modules"))).toEqual(["procnet"]);
  });

  it("has every file that one of its files names, and no map of what it does not have", () => {
    const named = packed.flatMap((path) => {
      const text = /\.(js|d\.ts)$/.test(path) ? readFileSync(join(installed, path), "utf8") : "";
      expect(text, path).not.toMatch(/sourceMappingURL|sourcesContent/);
      const own = text.matchAll(/(?:from|import\(|new URL\()\s*['"](\.[^'"]+)['"]/g);
      const end = path.endsWith(".d.ts") ? ".d.ts" : ".js";
      return Array.from(own, ([, name = ""]) => [path, join(dirname(path), name.replace(/\.js$/, end))]);
    });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, to = ""]) => !packed.includes(to))).toEqual([]);
  });

  it("keeps names and comments where an editor looks: at the declaration", () => {
    const declared = readFileSync(join(installed, "dist/shared/pure.d.ts"), "utf8");
    expect(declared).toMatch(/\n \*\/\n(export )?declare const tcp: /);
    expect(readFileSync(join(installed, "dist/shared/pure.js"), "utf8")).toContain(
      "// src/files/sockets/inet/tcp.ts\n",
    );
  });

  it("works with import", () => {
    const code = `import { net, ProcFs, allProcesses, whoListens, sockets } from "procnet";
      console.log(typeof net.tcp, net.devStatus().has("lo"), new ProcFs().self().pid === process.pid);
      console.log([...allProcesses()].some(({ pid }) => pid === process.pid));`;
    expect(node("import.mjs", code)).toBe("function true true\ntrue\n");
  });

  it("works with require", () => {
    const code = `const { net, ProcFs } = require("procnet");
      const { parseTcp } = require("procnet/parse");
      ${TCP}
      console.log(net.devStatus().has("lo"), new ProcFs().self().pid === process.pid);
      const { matches, parseFilter } = require("procnet/query");
      const { stateOf } = require("procnet/view");
      const socket = { protocol: "udp", ...parseTcp(text, { byteOrder: "BE" })[0] };
      console.log(matches(parseFilter("src 127/8 and sport = 80"), socket), stateOf(socket));
      console.log(parseTcp(text, { byteOrder: "BE" })[0].localAddress, require("procnet/package.json").name);`;
    // Some releases of Node 20 warn that require of an ES module is new.
    writeFileSync(join(folder, "require.cjs"), code);
    const { stdout, stderr } = spawnSync(process.execPath, ["--no-warnings", "require.cjs"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe("true true\ntrue LISTEN\n127.0.0.1 procnet\n");
  });

  it("parses on other systems", () => {
    const code = `Object.defineProperty(process, "platform", { value: "darwin" });
      const { parseTcp } = await import("procnet/parse");
      ${TCP}
      console.log(parseTcp(text, { byteOrder: "BE" })[0].state, process.platform);`;
    expect(node("darwin.mjs", code)).toBe("LISTEN darwin\n");
  });

  it("declares nothing that is for the library itself", () => {
    const declarations = packed.filter((path) => path.endsWith(".d.ts"));
    expect(declarations).toContain("dist/index.d.ts");
    const internal = (path: string): boolean => readFileSync(join(installed, path), "utf8").includes("@internal");
    expect(declarations.filter(internal)).toEqual([]);
  });

  it.each([
    ["parse", "TcpState.LISTEN === 10 && parseTcp(new Uint8Array()).length === 0"],
    [
      "query",
      `matches(parseFilter("state listening and sport = 80"), { protocol: "tcp", state: "LISTEN", localPort: 80 })`,
    ],
    ["query", `compileFilter(parseFilter("host 10/8 or host ::1")).options.address.join() === "10.0.0.0/8,::1/128"`],
    ["view", `SOCKET_COLUMNS[1].value({ protocol: "udp", state: "CLOSE" }) === "UNCONN"`],
    ["view", `schemaOf("sockets").$defs.owner.properties.pid.type === "integer"`],
  ])("loads procnet/%s where there is nothing of Node, as in a browser: %s", (door, expression) => {
    const program = join(ROOT, "test", "support", "pure-door.mjs");
    const flags = ["--experimental-vm-modules", "--no-warnings"];
    const args = [...flags, program, join(installed, "dist", `${door}.js`), expression];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toBe("true undefined true\n");
  });

  it("type-checks in a strict project that checks libraries too, without the types of Node", () => {
    const code = `import { type Net, net, ProcFs, ProcfsError, SocketEngine, sockets, type TcpNetEntry, TcpState, whoListens } from "procnet";
      import { parseTcp, parseDev } from "procnet/parse";
      import { type Filter, FilterError, matches, parseFilter } from "procnet/query";
      import { stateOf } from "procnet/view";
      const rows: TcpNetEntry[] = parseTcp(new Uint8Array(0), { where: { state: "LISTEN", localPort: [80] } });
      const bytes: bigint | undefined = parseDev(new Uint8Array(0), { bigint: true }).get("lo")?.recvBytes;
      const state: 10 = TcpState.LISTEN;
      const other: Net = net;
      const retransmitted: number = other.snmp().Tcp.RetransSegs;
      for (const row of other.each("tcp6")) rows.push(row);
      // @ts-expect-error: no such state
      net.tcp({ where: { state: "LISTENING" } });
      // @ts-expect-error: rows are read-only
      rows[0]!.localPort = 1;
      const filter: Filter = parseFilter("sport = :http", { portOfService: () => 80 });
      const asked = async () => (await sockets()).sockets.filter((one) => matches(filter, one)).map(stateOf);
      // @ts-expect-error: names are functions
      parseFilter("sport = :http", { portOfService: 80 });
      const ports: Promise<number[]> = sockets({ protocol: "tcp" }).then((all) => all.sockets.map((one) => one.localPort));
      // @ts-expect-error: what is for the library itself is not there
      new SocketEngine().holders;
      // @ts-expect-error: nor this
      new ProcFs().context;
      export { asked, bytes, ports, FilterError, state, retransmitted, ProcfsError, whoListens };`;
    writeFileSync(join(folder, "consumer.mts"), code);
    const options = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2022",
      skipLibCheck: false,
      types: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["consumer.mts"] }));
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
