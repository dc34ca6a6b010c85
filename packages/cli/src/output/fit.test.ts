import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { Namespace } from "../../../../test/support/namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../test/support/tools.ts";
import { width } from "../text/width.ts";
import { type Column, tableLines } from "./table.ts";

/*
 * What a table on a terminal shows of sockets is true at any width: ports stand whole, an address is cut at its colons, rows
 * that differ look different, and no line is wider than the terminal. ss(8) in the same namespace says what is there.
 */

const reason = noNamespaces() ?? missingTools("ss", "python3");
const WIDTHS = [40, 80, 120, 200];

/** Listens on each address, and connects from one to another: `source port destination`. */
const SERVER = `
import socket, sys
held = []
for family, host in ((socket.AF_INET6, "::"), (socket.AF_INET, "0.0.0.0")):
    sock = socket.socket(family)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    sock.bind((host, 443))
    sock.listen(64)
    held.append(sock)
for line in sys.argv[1:]:
    if line[0] in "/@":
        sock = socket.socket(socket.AF_UNIX)
        sock.bind("\\0" + line[1:] if line[0] == "@" else line)
        sock.listen()
    else:
        source, port, destination = line.split()
        sock = socket.socket(socket.AF_INET6 if ":" in source else socket.AF_INET)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((source, int(port)))
        sock.connect((destination, 443))
        held.append(held[0 if ":" in source else 1].accept()[0])
    held.append(sock)
print("ready", flush=True)
sys.stdin.read()
`;

/** Seven connections between two addresses: other ports each, or as few ports as there can be. */
const otherPorts = (a: string, b: string): string[] =>
  [`${a} 50000 ${b}`, `${b} 50001 ${a}`, `${a} 50002 ${a}`, `${b} 50003 ${b}`].concat([
    `${a} 50004 ${b}`,
    `${b} 50005 ${a}`,
    `${a} 50006 ${b}`,
  ]);
const samePorts = (a: string, b: string): string[] =>
  [a, b].flatMap((from) => [a, b].flatMap((to) => [`${from} 50000 ${to}`, `${from} 50001 ${to}`])).slice(0, 7);

const SCENES: readonly (readonly [name: string, a: string, b: string, make: typeof otherPorts])[] = [
  ["long addresses", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:2", otherPorts],
  ["short addresses", "2001:db8::1", "2001:db8::2", otherPorts],
  ["the same ports", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:2", samePorts],
  [
    "what differs in the middle",
    "2001:db8:aaaa:1111:cccc:dddd:eeee:9",
    "2001:db8:aaaa:2222:cccc:dddd:eeee:9",
    samePorts,
  ],
  [
    "what differs near the beginning",
    "2001:db8:1:bbbb:cccc:dddd:eeee:9",
    "2001:db8:2:bbbb:cccc:dddd:eeee:9",
    samePorts,
  ],
  ["one that is short", "2001:db8::9", "2001:db8:1111:2222:3333:4444:5555:9", samePorts],
  ["IPv4", "192.168.100.101", "192.168.200.101", samePorts],
  ["IPv4, the last digits", "192.168.100.101", "192.168.100.102", otherPorts],
];

let namespace: Namespace | undefined;
afterAll(() => namespace?.remove());

async function start(addresses: readonly string[], lines: readonly string[]): Promise<void> {
  namespace?.remove();
  namespace = new Namespace();
  namespace.ip(addresses.map((one) => `address add ${one}/${one.includes(":") ? "128" : "32"} dev lo\n`).join(""));
  const child = namespace.spawn("python3", ["-IS", "-c", SERVER, ...lines], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout!, "data");
}

async function linesAt(columns: number, ...args: string[]): Promise<string[]> {
  const { out, err, code } = await procnet(["sockets", "--netns", namespace!.name, "--color", "never", ...args], {
    columns,
  });
  expect({ err, code }).toEqual({ err: "", code: 0 });
  const lines = out.split("\n").slice(0, -1);
  for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(columns);
  return lines;
}

/** `address:port` twice, as ss has them; it leaves out the state where only one is asked for. */
function pairs(flags: string, ...filter: string[]): string[] {
  const lines = namespace!
    .run("ss", [flags, ...filter])
    .split("\n")
    .filter(Boolean);
  return lines.map((line) => /\S+:(?:\d+|\*) +\S+:(?:\d+|\*)/.exec(line)![0].replace(/ +/, " "));
}

/** Whether a cell is such a text with something left out. */
function standsFor(cell: string, whole: string): boolean {
  const parts = cell.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`).test(whole);
}

const port = (endpoint: string): string => /:(\d+|\*)$/.exec(endpoint)?.[1] ?? "none";

describe.each(SCENES)("%s", (_name, a, b, make) => {
  beforeAll(async () => {
    if (reason === undefined) await start([a, b], make(a, b));
  });
  const version = a.includes(":") ? 6 : 4;

  it.for(WIDTHS)("at %i columns", async (columns, context) => {
    skipIf(context, reason);
    for (const filter of columns === 80 ? [[], ["dport", "=", ":443"], ["state", "established"]] : [[]]) {
      const [head = "", ...rows] = await linesAt(columns, "-t", `-${version}`, ...filter);
      const theirs = pairs(`-Htna${version}`, ...filter).map((pair) =>
        pair.replace(/^\*:/, "[::]:").replace(/ \*:/, " [::]:"),
      );
      expect(rows).toHaveLength(theirs.length);
      expect(theirs.length).toBeGreaterThanOrEqual(7);
      expect(new Set(rows).size).toBe(rows.length);
      // The same rows in the same order: two differ in what is cut out at most.
      const at = head.split(/ +/).indexOf("LOCAL");
      expect(head).toMatch(/\bLOCAL +PEER\b/);
      const shown = rows.map((row) =>
        row
          .trim()
          .split(/ +/)
          .slice(at, at + 2),
      );
      const ports = (pair: readonly string[]): string => pair.map(port).join(" ");
      expect(shown.map(ports).sort()).toEqual(theirs.map((pair) => ports(pair.split(" "))).sort());
      for (const [local = "", peer = ""] of shown) {
        for (const cell of [local, peer])
          expect(cell, "cut at colons or dots").toMatch(/^\[?(?:[\da-f]+[:.…]|…[:.]|:|…)*(?:[\da-f]+)?\]?:(?:\d+|\*)$/);
        expect(
          theirs.some((pair) => standsFor(`${local} ${peer}`, pair)),
          `${local} ${peer}`,
        ).toBe(true);
      }
      if (columns === 200) expect(shown.map((pair) => pair.join(" ")).sort()).toEqual([...theirs].sort());
      // What says nothing of these rows is gone before any of their addresses is cut.
      if (shown.flat().some((cell) => cell.includes("…"))) expect(head).not.toMatch(/RECV-Q|SEND-Q|UID|PROTO/);
    }
  });
});

it("long paths and names of unix sockets", async (context) => {
  skipIf(context, reason);
  const deep = "/tmp/procnet-widths";
  const names = [1, 2, 3].flatMap((at) => [
    `@${deep}/a-directory-with-a-long-name/and-another-one/of-${at}/service/control.socket`,
    `@${deep}/a-directory-with-a-long-name/and-another-one/of-the-same/service/control.socket.${at}`,
    `@one-name-without-any-slash-that-is-longer-than-the-column-has-room-for-on-most-terminals-${at}`,
    `@été/漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字/${at}`,
  ]);
  await start([], names);
  for (const columns of WIDTHS) {
    const [, ...rows] = await linesAt(columns, "-x", "-l");
    expect(rows).toHaveLength(names.length);
    expect(new Set(rows).size, rows.join("\n")).toBe(names.length);
  }
  expect((await linesAt(200, "-x", "-l")).join("\n")).toContain(names[0]);
});

it("routes and addresses keep the length of their prefix, and are told apart", async (context) => {
  skipIf(context, reason);
  await start(["192.0.2.1", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"], []);
  const networks = ["1000::/52", "2000::/52", "3000::/53", "3800::/53", "4000:5000:6000:7000:1/128"].map(
    (end) => `2001:db8:aaaa:${end}`,
  );
  namespace!.ip(
    "link add v0 type veth peer name v1\nlink set v0 up\nlink set v1 up\naddress add 2001:db8:5::1/64 dev v0 nodad\n",
  );
  for (const network of networks)
    namespace!.ip(`route add ${network} via 2001:db8:5::ffff:ffff:ffff:2 dev v0 metric 77\n`);
  for (const columns of [40, 60, 80, 120, 200]) {
    const args = ["--netns", namespace!.name, "--color", "never"];
    const routes = (await procnet(["routes", "-6", ...args], { columns })).out.split("\n").slice(0, -1);
    const interfaces = (await procnet(["interfaces", ...args], { columns })).out.split("\n").slice(0, -1);
    for (const line of [...routes, ...interfaces]) expect(width(line), line).toBeLessThanOrEqual(columns);
    expect(routes.filter((line) => line.includes("/52 "))).toHaveLength(2);
    expect(routes.filter((line) => line.includes("/53 "))).toHaveLength(2);
    expect(routes.filter((line) => /^2001:\S+:1\/128 .*:/.test(line))).toHaveLength(columns < 60 ? 0 : 1);
    const ours = routes.filter((line) => /\/5[23] |^\S+\/128 .*…?:2 /.test(line));
    expect(new Set(ours).size).toBe(ours.length);
    if (columns === 200) for (const network of networks) expect(routes.join("\n")).toContain(`${network} `);
  }
});

describe("rows that differ look different", () => {
  const group = fc.constantFrom("1", "2", "abcd", "beef");
  const address = fc.tuple(group, group, group).map(([a, b, c]) => `2001:db8:${a}:0:${b}:6:7:${c}`);
  const endpoint = fc.tuple(address, fc.constantFrom("443", "50000")).map(([host, end]) => `[${host}]:${end}`);
  const columns: Column<readonly string[]>[] = [
    { key: "state", title: "STATE", value: () => "ESTABLISHED", drop: 7 },
    { key: "local", title: "LOCAL", value: ([local]) => local, enough: 28, keep: /\]?:\d+$/, inParts: true },
    { key: "peer", title: "PEER", value: ([, peer]) => peer, drop: 8, enough: 24, keep: /\]?:\d+$/, inParts: true },
    { key: "process", title: "PROCESS", value: () => "python3[12345]", enough: 20, keep: /\[\d+\]$/ },
  ];
  const rows = fc.uniqueArray(fc.tuple(endpoint, endpoint), {
    minLength: 2,
    maxLength: 9,
    selector: (row) => row.join(),
  });

  it.each(WIDTHS)("at %i columns, whatever group of their addresses it is in", (room) => {
    fc.assert(
      fc.property(rows, (some) => {
        const [, ...lines] = tableLines(columns, some, {
          columns: room,
          drop: true,
          header: true,
          paint: (_, text) => text,
        });
        for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(room);
        expect(new Set(lines).size, lines.join("\n")).toBe(some.length);
        // What is the same in all rows may give way as a whole; else a port is there, whole.
        const differ = [0, 1].filter((at) => new Set(some.map((row) => row[at])).size > 1);
        for (const [at, line] of lines.entries()) {
          for (const end of differ.map((column) => some[at]![column]!))
            expect(line).toContain(end.slice(end.indexOf("]")));
        }
      }),
    );
  });
});
