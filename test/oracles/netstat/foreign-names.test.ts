import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import { Namespace } from "../../support/namespace.ts";
import { captured, withRoot } from "../../support/netstat/captured.ts";
import { expectSame, ours, runIn, theirs } from "../../support/netstat/scene-network.ts";
import { missingTools, noNamespaces, ROOT, skipIf } from "../../support/tools.ts";

/*
 * An interface may be called like anything that every object of JavaScript has. Node 20 to 26 writes the addresses of one called
 * `__proto__` into Object.prototype when it is asked for `os.networkInterfaces()`.
 */

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf"];

const DEVICES = NAMES.map(
  (name, at) => `
link add ${name} type bridge
link set ${name} up
address add 192.0.${at}.1/24 brd + dev ${name}
address add 2001:db8:${at}::1/64 dev ${name} nodad
`,
).join("");

const MORE = `
address add 192.0.0.9/24 brd + dev __proto__ label __proto__:1
address add 192.0.1.9/24 brd + dev constructor label constructor:1
route add default via 192.0.0.2 dev __proto__
route add unreachable 198.51.100.0/24
route add default via 2001:db8::2 dev __proto__ metric 30
neigh add 192.0.0.2 lladdr 02:00:00:00:00:01 dev __proto__
`;

let namespace: Namespace | undefined;
const reason = noNamespaces() ?? missingTools("netstat");

describe("interfaces called like properties of every object", () => {
  beforeAll(() => {
    if (reason !== undefined) return;
    namespace = new Namespace();
    namespace.sysctl("net.ipv6.conf.default.router_solicitations=0", "net.ipv6.conf.default.accept_dad=0");
    namespace.ip(`${DEVICES}${MORE}`);
  });
  beforeEach((context) => skipIf(context, reason));
  afterAll(() => namespace?.remove());

  for (const flags of ["-i", "-ia", "-ie", "-iae", "-rn", "-rne", "-rnee", "-6rn", "-gn", "-tan"]) {
    it(`prints what netstat ${flags} prints`, () => {
      const { out } = expectSame(namespace!, flags);
      if (flags !== "-tan") expect(out).toContain("__prot");
    });
  }

  it("lists labels of addresses as netstat does", () => {
    const rows = (text: string): string[] => text.split("\n").filter((line) => line.includes(":"));
    expect(rows(ours(namespace!, "-i").out)).toEqual(rows(theirs(namespace!, "-i").out));
    expect(rows(ours(namespace!, "-i").out)).toHaveLength(2);
  });

  it("gives each of them whole in JSON", () => {
    const { out } = runIn(namespace!, process.execPath, BIN, "interfaces", "--json");
    const { interfaces } = JSON.parse(out) as { interfaces: { name: string; addresses: { address: string }[] }[] };
    for (const [at, name] of NAMES.entries()) {
      const found = interfaces.find((one) => one.name === name);
      expect(found?.addresses.map(({ address }) => address)).toContain(`192.0.${at}.1`);
      expect(found?.addresses.map(({ address }) => address)).toContain(`2001:db8:${at === 0 ? "" : `${at}:`}:1`);
    }
    const { out: status } = runIn(namespace!, process.execPath, BIN, "show", "dev", "--json");
    expect(status).toContain('"name":"__proto__"');
  });

  it("keeps the readers of the library, and the objects of everybody, as they are", () => {
    const program = `
      const { interfaces, lanAddress, defaultRoutes, net, socketsSync } = await import(process.argv[1]);
      const names = interfaces().map(({ name }) => name);
      const { issues, tables } = net.readAll();
      const own = [...net.devStatus().keys()];
      socketsSync({ protocols: "all" });
      console.log(JSON.stringify({ names, own, issues, lan: lanAddress(), first: defaultRoutes()[0],
        tables: tables.has("dev"), polluted: Object.keys(Object.prototype), length: ({}).length ?? null }));
    `;
    const index = join(ROOT, "packages/procnet/dist/index.js");
    const { out } = runIn(namespace!, process.execPath, "--input-type=module", "-e", program, index);
    const found = JSON.parse(out);
    expect(found.names).toEqual(expect.arrayContaining(NAMES));
    expect(found.own).toEqual(found.names);
    expect(found).toMatchObject({ issues: [], tables: true, polluted: [], length: null });
    expect(found.lan).toMatchObject({ iface: "__proto__", address: "192.0.0.1" });
    expect(found.first).toMatchObject({ iface: "__proto__", gateway: "192.0.0.2" });
  });
});

describe("counters called like properties of every object", () => {
  const NETSTAT = `TcpExt: constructor __proto__ toString\nTcpExt: 1 2 3\n__proto__: a\n__proto__: 4\nconstructor: name\nconstructor: 5\n`;
  const SNMP = `${"hasOwnProperty: valueOf"}\nhasOwnProperty: 6\n`;

  it("are shown by netstat -s under their own names", async () => {
    const tree = captured({ snmp: SNMP, netstat: NETSTAT });
    try {
      const { out, err, code } = await withRoot(tree.root, ["-s"]);
      expect({ err, code }).toEqual({ err: "", code: 0 });
      for (const line of ["constructor: 1", "__proto__: 2", "toString: 3", "a: 4", "name: 5", "valueOf: 6"])
        expect(out).toContain(`    ${line}\n`);
      expect(out).toMatch(/^__proto__:$/m);
    } finally {
      tree.remove();
    }
  });
});

/** Files of code below a directory. */
function* sources(directory: string): Generator<string> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (name === "node_modules" || name === "dist" || name === "build") continue;
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.[cm]?[jt]s$/.test(name) && !name.endsWith(".test.ts")) yield path;
  }
}

it("nothing asks node:os for interfaces", () => {
  const asks = ["packages", "bench", "examples", "fuzz"]
    .map((name) => join(ROOT, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => [...sources(path)])
    .filter((path) => /\bnetworkInterfaces\(/.test(readFileSync(path, "utf8")));
  expect(asks).toEqual([]);
});
