import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { makeTree, type Tree, tcp, tcpRow, usualTree } from "../../../../test/support/command/tree.ts";
import { humanBytes } from "../text/units.ts";

let tree: Tree;
let two: Tree;
const ID = "0123456789abcdef".repeat(4);
const ANY = "00000000:0000";

/** A machine with a container: both have a web server on port 80. */
function withContainer(): Tree {
  const made = makeTree(
    {
      tcp: tcp(tcpRow(0, "00000000:0050", ANY, "0A", 0, 1001)),
      dev: `Inter-|\n face |\n    lo: ${"7 ".repeat(16)}\n  eth0: ${"5 ".repeat(16)}\n`,
      route: "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n",
      arp: "IP address       HW type     Flags       HW address            Mask     Device\n",
      snmp: "Tcp: RtoAlgorithm ActiveOpens RetransSegs\nTcp: 1 5 0\n",
    },
    [
      { pid: 1, comm: "init" },
      { pid: 10, comm: "apache2", sockets: [1001] },
      {
        pid: 500,
        comm: "nginx",
        cgroup: `0::/system.slice/docker-${ID}.scope\n`,
        sockets: [2001],
        namespace: 4026532999,
      },
    ],
  );
  const own = join(made.root, "500/net");
  rmSync(own);
  cpSync(join(made.root, "1/net"), own, { recursive: true });
  writeFileSync(
    join(own, "tcp"),
    tcp(tcpRow(0, "00000000:0050", ANY, "0A", 0, 2001), tcpRow(1, "00000000:1F90", ANY, "0A", 0, 0)),
  );
  writeFileSync(join(own, "dev"), `Inter-|\n face |\n    lo: ${"9 ".repeat(16)}\n`);
  writeFileSync(join(own, "snmp"), "Tcp: RtoAlgorithm ActiveOpens RetransSegs\nTcp: 1 9 3\n");
  return made;
}

beforeAll(() => {
  tree = usualTree();
  two = withContainer();
});
afterAll(() => {
  tree.remove();
  two.remove();
});

const shown = async (command: string, from: Tree = tree, columns?: number): Promise<string[]> => {
  const args = [...command.split(" "), "--root", from.root, "--byte-order", "LE"];
  const { out, err } = await procnet(args, { columns });
  expect(err.split("\n").filter((line) => /column/.test(line))).toEqual([]);
  return out.trimEnd().split("\n");
};

/** What every table has. */
const TABLES = [
  ["sockets", "local,state"],
  ["port 443 53 5432", "port,status"],
  ["interfaces", "name,rxbytes"],
  ["routes", "destination,metric"],
  ["neighbours", "address,flags"],
  ["stats --zeros", "counter,value"],
  ["namespaces", "netns,first"],
  ["show", "name"],
  ["show tcp", "localPort,state"],
  ["show snmp", "name,value"],
] as const;

describe.each(TABLES)("%s", (command, keys) => {
  const [first] = keys.split(",") as [string];

  it("shows the columns that are asked for, in their order", async () => {
    const asked = [...keys.split(",")].reverse().join(",");
    const [head, ...rows] = await shown(`${command} --csv --columns ${asked}`);
    expect(head).toBe(asked);
    expect(rows.length).toBeGreaterThan(0);
  });

  it("drops none of them on a narrow terminal", async () => {
    const [head = ""] = await shown(`${command} --color never --columns ${keys}`, tree, 8);
    expect(head.trim().split(/ {2,}/).length).toBe(keys.split(",").length);
  });

  it("orders by a column, either way", async () => {
    const [, ...up] = await shown(`${command} --csv --columns ${first} --sort ${first}`);
    const [, ...down] = await shown(`${command} --csv --columns ${first} --sort -${first}`);
    expect(up.length).toBeGreaterThan(0);
    expect([...down].reverse()).toEqual(up);
  });

  it("says which columns there are", async () => {
    for (const option of ["--columns", "--sort"]) {
      const args = [...command.split(" "), option, "zzzzzzzz", "--root", tree.root];
      const { code, out, err } = await procnet(args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(new RegExp(`^procnet: ${option}: no column is called "zzzzzzzz"; there are .*${first}`));
    }
  });
});

it("the order holds in every form", async () => {
  const order = "interfaces --sort -rxbytes";
  const names = ["eth0", "lo"];
  const [, ...rows] = await shown(order);
  expect(rows.map((row) => row.split(" ")[0])).toEqual(names);
  const document = JSON.parse((await shown(`${order} --json`)).join("")) as { interfaces: { name: string }[] };
  expect(document.interfaces.map(({ name }) => name)).toEqual(names);
  const lines = await shown(`${order} --ndjson`);
  expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(names);
  const content = JSON.parse((await shown("show dev --sort -recvbytes --json")).join("")) as {
    content: { name: string }[];
  };
  expect(content.content.map(({ name }) => name)).toEqual(names);
});

it("a column is found by its name and by what stands above it", async () => {
  for (const name of ["rxbytes", "RX-BYTES", "rx_bytes"]) {
    expect((await shown(`interfaces --columns ${name}`))[0]).toBe(" RX-BYTES");
  }
});

describe("interfaces", () => {
  it("by name and by pattern", async () => {
    const names = async (words: string): Promise<string> =>
      (await shown(`interfaces ${words} --csv --columns name`)).slice(1).join(" ");
    expect(await names("eth0")).toBe("eth0");
    expect(await names("e*")).toBe("eth0");
    expect(await names("lo eth0")).toBe("lo eth0");
  });

  it("says which there is not, beside those there are, and fails", async () => {
    const { code, out, err } = await procnet([
      "interfaces",
      "lo",
      "eht0",
      "--root",
      tree.root,
      "--csv",
      "--columns",
      "name",
    ]);
    expect({ code, out }).toEqual({ code: 4, out: "name\nlo\n" });
    expect(err).toBe('procnet: no interface is called "eht0" (did you mean eth0?)\n');
  });

  it("with bytes in units, for people only", async () => {
    const bytes = "--columns name,rxbytes,rxpackets --sort -rxbytes";
    expect(await shown(`interfaces --human ${bytes}`)).toEqual([
      "NAME  RX-BYTES  RX-PKTS",
      "eth0   117.7Mi     4567",
      "lo        1000       10",
    ]);
    expect(await shown(`interfaces --human --csv ${bytes}`)).toEqual([
      "name,rxbytes,rxpackets",
      "eth0,123456789,4567",
      "lo,1000,10",
    ]);
  });

  it("with no rates where there was no look before, in units too", async () => {
    for (const words of ["interfaces --human", "interfaces --human --every 5ms --rounds 1 --color never"]) {
      const { out } = await procnet([...words.split(" "), "--root", tree.root], { columns: 200 });
      expect(out).toContain("117.7Mi");
      expect(out).not.toMatch(/NaN|BYTES\/S/);
    }
    const chosen = await shown("interfaces --human --columns name,rxrate --sort rxrate");
    expect(chosen.map((line) => line.trim())).toEqual([expect.stringMatching(/^NAME +RX-BYTES\/S$/), "lo", "eth0"]);
  });

  it.each([
    [0, "0"],
    [1023, "1023"],
    [1024, "1.0Ki"],
    [1536, "1.5Ki"],
    [1024 ** 2 - 1, "1.0Mi"],
    [5463323436, "5.1Gi"],
    [2 ** 63, "8.0Ei"],
    [2 ** 90, "1073741824.0Ei"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(humanBytes(bytes)).toBe(text);
  });
});

describe("--all-namespaces", () => {
  const CONTAINER = "docker:0123456789ab";

  it("port finds who listens in each, and names the container", async () => {
    const { code, out } = await procnet(["port", "80", "--all-namespaces", "--root", two.root, "--byte-order", "LE"]);
    const rows = out.trimEnd().split("\n").slice(1);
    expect(rows).toEqual([
      expect.stringMatching(/^ *80 .* apache2 .* 4026531840$/),
      expect.stringMatching(/^ *80 .* nginx .* docker:0123456789ab .* 4026532999$/),
    ]);
    expect(code).toBe(0);
  });

  it("port names the container also where nobody can be seen who listens there", async () => {
    const { code, out } = await procnet(["port", "8080", "--all-namespaces", "--root", two.root, "--byte-order", "LE"]);
    expect(code).toBe(3);
    expect(out).toContain(CONTAINER);
    const json = await procnet([
      "port",
      "8080",
      "--all-namespaces",
      "--json",
      "--root",
      two.root,
      "--byte-order",
      "LE",
    ]);
    expect(JSON.parse(json.out).ports).toMatchObject([
      { kind: "unknown", port: 8080, namespace: 4026532999, container: { runtime: "docker", id: ID } },
    ]);
  });

  it("port says once that nobody listens anywhere", async () => {
    const { code, out } = await procnet(["port", "81", "--all-namespaces", "--root", two.root, "--csv"]);
    expect(code).toBe(1);
    expect(out.split("\n").filter((line) => line.startsWith("81,free"))).toHaveLength(1);
  });

  it.each(["--kill", "--wait-free", "--wait-listening", "--netns 1", "--pid 1", "--timeout 1s"])(
    "port refuses %s with it",
    async (other) => {
      const { code, err } = await procnet(["port", "81", "--all-namespaces", ...other.split(" "), "--root", two.root]);
      expect(code).toBe(2);
      expect(err).toMatch(/--all-namespaces.*cannot be used|cannot be used with .*--all-namespaces/);
    },
  );

  it("interfaces and counters of each, with its number and container", async () => {
    expect(await shown("interfaces --all-namespaces --csv --columns name,netns,container,rxbytes", two)).toEqual([
      "name,netns,container,rxbytes",
      "lo,4026531840,,7",
      "eth0,4026531840,,5",
      `lo,4026532999,${CONTAINER},9`,
    ]);
    expect(await shown("stats --all-namespaces --csv --columns netns,counter,value --sort -value Tcp.*s", two)).toEqual(
      [
        "netns,counter,value",
        "4026532999,Tcp.ActiveOpens,9",
        "4026531840,Tcp.ActiveOpens,5",
        "4026532999,Tcp.RetransSegs,3",
        "4026531840,Tcp.RetransSegs,0",
      ],
    );
    for (const command of ["routes", "neighbours"]) {
      expect((await shown(`${command} --all-namespaces --csv`, two))[0]).toMatch(/,netns,container$/);
    }
  });

  it("a namespace that cannot be read costs a line, and all of them the answer", async () => {
    const broken = withContainer();
    try {
      rmSync(join(broken.root, "500/net/dev"));
      const some = await procnet([
        "interfaces",
        "--all-namespaces",
        "--root",
        broken.root,
        "--csv",
        "--columns",
        "name",
      ]);
      expect(some).toMatchObject({ code: 0, out: "name\nlo\neth0\n" });
      expect(some.err).toContain("network namespace 4026532999 is not read: ");
      rmSync(join(broken.root, "1/net/dev"));
      const none = await procnet(["interfaces", "--all-namespaces", "--root", broken.root]);
      expect(none).toMatchObject({ code: 4, out: "" });
    } finally {
      broken.remove();
    }
  });
});

it("--netns pid:N is the network namespace of a process, and --pid of sockets what it holds", async () => {
  expect(await shown("interfaces --netns pid:500 --csv --columns rxbytes", two)).toEqual(["rxbytes", "9"]);
  expect(await shown("sockets --netns pid:500 --csv --columns port", two)).toEqual(["port", "80", "8080"]);
  expect(await shown("sockets --pid 500 --csv --columns port", two)).toEqual(["port", "80"]);
  expect(await shown("port 80 --netns pid:500 --csv --columns process", two)).toEqual(["process", "nginx"]);
  for (const wrong of ["pid:", "pid:x", "pid:0"]) {
    const { code, err } = await procnet(["routes", "--netns", wrong, "--root", two.root]);
    expect({ code, err }).toEqual({ code: 2, err: `procnet: --netns: "${wrong.slice(4)}" is no process id\n` });
  }
});
