import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { circles, type Import, readSources } from "../../bench/marks/import-graph.ts";
import { ROOT } from "../support/tools.ts";

const SOURCE = join(ROOT, "packages", "procnet", "src");
const COMMAND = join(ROOT, "packages", "cli", "src");

/** From the bottom to the top. A file may import from its own layer and those below. */
const LAYERS = [
  ...["bytes", "codes", "form", "files", "process", "tables.ts", "parse.ts", "read", "host", "sockets", "live"],
  ...[
    "live.ts",
    "view",
    "view.ts",
    "query",
    "query.ts",
    "catalogue.ts",
    "net-methods.ts",
    "net.ts",
    "procfs.ts",
    "capture",
    "index.ts",
  ],
];

/** Files beside the rooms that belong to one: errors.ts, check-options.ts and option-values.ts to bytes, which escapes their messages. */
const IN_ROOM: ReadonlyMap<string, string> = new Map([
  ["errors.ts", "bytes"],
  ["check-options.ts", "bytes"],
  ["option-values.ts", "bytes"],
  ["parsers.ts", "parse.ts"],
]);

const files = readSources(SOURCE);
const imports = [...files.values()].flatMap((file) => file.imports);
const arrow = ({ from, to }: Import): string => `${from} -> ${to}`;

describe("the library's imports", () => {
  it("are found", () => {
    expect(files.size).toBeGreaterThan(40);
    expect(imports.map(arrow)).toContain("files/sockets/inet/tcp.ts -> form/forms.ts");
    expect(imports.filter(({ typeOnly }) => typeOnly).map(arrow)).toContain("read/linux-file.ts -> read/context.ts");
    expect(imports.filter(({ to }) => !to.startsWith("node:") && !files.has(to)).map(arrow)).toEqual([]);
  });

  it("go one way, from the rooms above to those below", () => {
    const layer = (name: string): number => {
      const [room = ""] = name.split("/");
      return LAYERS.indexOf(IN_ROOM.get(room) ?? room);
    };
    for (const name of files.keys()) expect(layer(name), name).toBeGreaterThanOrEqual(0);
    const upwards = imports.filter(({ from, to }) => files.has(to) && layer(to) > layer(from));
    expect(upwards.map(arrow)).toEqual([]);
  });

  it("take modules of Node in read, host and capture alone, but for threads in sockets", () => {
    const allowed = ({ from, to }: Import): boolean =>
      /^(read|host|capture)\//.test(from) || (from.startsWith("sockets/") && to === "node:worker_threads");
    const others = imports.filter((one) => !files.has(one.to) && !allowed(one));
    expect(others.map(arrow)).toEqual([]);
  });

  it.each([
    ["parse.ts", "files/sockets/inet/inet-scanner.ts", 20],
    ["query.ts", "codes/address-range.ts", 12],
    ["view.ts", "view/states.ts", 2],
    ["live.ts", "live/health/evaluate.ts", 10],
  ])("of the pure door %s load no module of Node", (door, behind, least) => {
    const seen = new Set<string>();
    const outside: string[] = [];
    const follow = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const one of files.get(name)!.imports) {
        if (one.typeOnly) continue;
        if (files.has(one.to)) follow(one.to);
        else outside.push(arrow(one));
      }
    };
    follow(door);
    expect(seen.size).toBeGreaterThan(least);
    expect(seen).toContain(behind);
    expect(outside).toEqual([]);
  });

  it("of query and view are words, codes and types: nothing that reads is loaded with them", () => {
    const pure = imports.filter(({ from, typeOnly }) => /^(query|view)[/.]/.test(from) && !typeOnly);
    const loaded = new Set(pure.map(({ to }) => to.split("/")[0]));
    const rooms = ["bytes", "check-options.ts", "codes", "errors.ts", "query", "view"];
    expect([...loaded].sort()).toEqual(rooms);
  });

  it("make no circle at run time", () => {
    expect(circles(files, false)).toEqual([]);
  });
});

describe("the command's imports", () => {
  const command = readSources(COMMAND);
  const outside = [...command.values()].flatMap((file) => file.imports).filter(({ to }) => !command.has(to));

  it("take the library by its public names, and few other packages", () => {
    const packages = new Set(outside.map(({ to }) => to).filter((to) => !to.startsWith("node:")));
    expect([...packages].sort()).toEqual([
      ...[
        "@procnet/kernel",
        "@procnet/server",
        "commander",
        "procnet",
        "procnet/parse",
        "procnet/query",
        "procnet/tables",
        "procnet/view",
      ],
    ]);
  });

  it("take the server by import() alone, when it is to serve", () => {
    const served = outside.filter(({ to, typeOnly }) => to === "@procnet/server" && !typeOnly);
    expect(served.map(({ from }) => from)).toEqual(["commands/serve.ts"]);
  });
});

describe("the server's imports", () => {
  const server = readSources(join(ROOT, "packages", "server", "src"));
  const imports = [...server.values()].flatMap((file) => file.imports);
  /** From the bottom to the top. */
  const ROOMS = [
    "address.ts",
    "network.ts",
    "option-values.ts",
    "problem.ts",
    "turns.ts",
    "metrics",
    "collectors",
    "own",
    "otlp",
    "sampler",
    "traffic",
    "api",
    "http",
    "listen",
    "options.ts",
    "procnet-metrics.ts",
    "server.ts",
    "index.ts",
  ];
  const room = (name: string): number => ROOMS.indexOf(name.split("/")[0]!);

  it("go one way, and to few other packages", () => {
    for (const name of server.keys()) expect(room(name), name).toBeGreaterThanOrEqual(0);
    expect(imports.filter(({ from, to }) => server.has(to) && room(to) > room(from)).map(arrow)).toEqual([]);
    expect(circles(server, false)).toEqual([]);
    const packages = new Set(imports.map(({ to }) => to).filter((to) => !server.has(to) && !to.startsWith("node:")));
    expect([...packages].sort()).toEqual([
      "@hono/node-server",
      "@procnet/kernel",
      "hono",
      "hono/cookie",
      "procnet",
      "procnet/query",
      "procnet/tables",
      "procnet/view",
      "prom-client",
    ]);
  });
});

it("no path of a file of procfs is spelled out: bundlers try to pack such files", () => {
  const spelled = [...files.values()].flatMap(({ name, literals }) =>
    literals
      .filter((literal) => /(?<![.\w])\/proc\/|^proc\/(net|self)/.test(literal))
      .map((literal) => `${name}: ${literal}`),
  );
  expect(spelled).toEqual([]);
  expect([...files.values()].flatMap(({ literals }) => literals)).toContain("/proc");
});
