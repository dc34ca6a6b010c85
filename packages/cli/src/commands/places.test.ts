import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { tcpRow } from "../../../../test/support/command/tree.ts";

const base = mkdtempSync(join(tmpdir(), "procnet-trees-"));
afterAll(() => rmSync(base, { recursive: true }));
let count = 0;

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/** A tree as support people have it: a table of one listener at each of these places, and links. */
function tree(ports: Readonly<Record<string, number>>, links: Readonly<Record<string, string>> = {}): string {
  const root = join(base, String(count++));
  for (const [place, port] of Object.entries(ports)) {
    mkdirSync(join(root, place), { recursive: true });
    const hex = port.toString(16).toUpperCase().padStart(4, "0");
    writeFileSync(join(root, place, "tcp"), HEADER + tcpRow(0, `0100007F:${hex}`, "00000000:0000", "0A", 0, port));
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  return root;
}

const listen = ["sockets", "-t", "-l", "--columns", "local", "--no-header", "--root"];

describe("trees of other makers are read", () => {
  it.each<readonly [string, Record<string, number>, Record<string, string>, number]>([
    ["fixtures with a directory net", { net: 8080 }, {}, 8080],
    ["an sosreport", { "96008/net": 8081 }, { self: "96008", net: "self/net" }, 8081],
    ["the only process with tables", { "42/net": 8082 }, {}, 8082],
    ["process 1 before others", { "1/net": 8083, net: 8084 }, {}, 8083],
  ])("%s", async (_what, ports, links, port) => {
    const { code, out, err } = await procnet([...listen, tree(ports, links)]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`127.0.0.1:${port}`);
  });

  it("--pid shows the tables of a process of which nothing else was copied, and never those of another", async () => {
    const one = tree({ "96008/net": 8085 });
    expect((await procnet(["show", "tcp", "--pid", "96008", "--root", one])).out).toContain("8085");
    const two = tree({ "1/net": 8086, "96008/net": 8087 });
    expect((await procnet(["show", "tcp", "--pid", "96008", "--root", two])).out).toContain("8087");
    const sockets = await procnet(["sockets", "--pid", "96008", "--root", two]);
    expect(sockets).toMatchObject({ code: 4, out: "" });
    expect(sockets.err).toContain("which network namespace process 96008 is in");
    const missing = await procnet(["show", "tcp", "--pid", "7", "--root", two]);
    expect(missing).toMatchObject({ code: 4, out: "" });
    expect(missing.err).toMatch(/the captured tree .* has no such process/);
  });

  it("a namespace that no process is known to be in is not put down to missing rights", async () => {
    const root = tree({ "7/net": 1, "8/net": 2 });
    for (const pid of ["7", "8"]) writeFileSync(join(root, pid, "net", "dev"), "");
    const { code, err } = await procnet(["show", "tcp", "--netns", "4026532999", "--root", root]);
    expect(code).toBe(4);
    expect(err).toContain("the capture does not say of all which one they are in");
    expect(err).not.toMatch(/root sees|CAP_/);
  });

  it("of several namespaces none is guessed", async () => {
    const { code, out, err } = await procnet(["show", "tcp", "--root", tree({ "7/net": 1, "8/net": 2 })]);
    expect([code, out]).toEqual([4, ""]);
    expect(err).toMatch(/the processes 7, 8 have some of different namespaces/);
    expect(err).not.toContain("hidepid");
  });
});

describe("a tree without a table that was asked for", () => {
  const blind = (): string => {
    const root = tree({});
    mkdirSync(join(root, "1", "net"), { recursive: true });
    writeFileSync(join(root, "1", "net", "arp"), "");
    return root;
  };

  it.each([
    ["no directory net", () => join(tree({}), "none")],
    ["no table of sockets", blind],
  ])("is no empty answer: %s", async (_what, make) => {
    const root = make();
    mkdirSync(join(root, "1"), { recursive: true });
    const { code, err } = await procnet(["sockets", "--root", root]);
    expect(code).toBe(4);
    expect(err).toContain("no table could be read: cannot read ");
  });

  it("says so in JSON too, and the library says what it missed", async () => {
    const root = blind();
    const { code, out } = await procnet(["sockets", "-t", "--json", "--root", root]);
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      sockets: [],
      skipped: expect.arrayContaining([expect.objectContaining({ what: "table", protocol: "tcp", code: "ENOENT" })]),
    });
  });

  it.each([
    ["a table beside it had no row", true, [], 0, "not everything could be read"],
    ["nothing else was there", false, [], 4, "no table could be read"],
    ["it was the only one asked for", true, ["-t", "-4"], 4, "no table could be read"],
    ["the other one has no such state", true, ["-t", "-x", "state", "time-wait"], 4, "no table could be read"],
  ] as const)("tells a table that fails from all of them: %s", async (_what, hasOthers, words, expected, said) => {
    const root = blind();
    mkdirSync(join(root, "1", "net", "tcp")); // a directory is no table: EISDIR
    if (hasOthers) {
      writeFileSync(join(root, "1", "net", "udp"), HEADER);
      writeFileSync(join(root, "1", "net", "unix"), "Num       RefCount Protocol Flags    Type St Inode Path\n");
    }
    const { code, err } = await procnet(["sockets", "--no-owners", "--root", root, ...words]);
    expect([code, err.match(/(?:no table|not everything) could be read/)?.[0]]).toEqual([expected, said]);
    expect(err).toContain("(EISDIR)");
  });

  it("is an empty answer where a table was there, and had no row", async () => {
    const root = blind();
    writeFileSync(join(root, "1", "net", "tcp"), HEADER);
    expect((await procnet(["sockets", "-t", "--no-owners", "--root", root])).code).toBe(0);
  });
});

it("of all namespaces the own one is read as it is alone: with what sysfs says of its interfaces", async () => {
  type Found = { interfaces: { name: string; mtu?: number; namespace?: number }[] };
  const loopback = async (...args: string[]): Promise<Found["interfaces"]> => {
    const { out } = await procnet(["interfaces", "--json", ...args]);
    return (JSON.parse(out) as Found).interfaces.filter(({ name }) => name === "lo");
  };
  const { ino } = statSync("/proc/self/ns/net");
  const [alone] = await loopback();
  const own = (await loopback("--all-namespaces")).find(({ namespace }) => namespace === ino);
  expect(own?.mtu).toBe(alone?.mtu);
  expect(own).toBeDefined();
});

describe("of all namespaces", () => {
  const [first, second] = ["net:[4026532001]", "net:[4026532002]"];

  it("one is read through another process where the first has left nothing", async () => {
    // Process 6 is in the namespace of 7, and its tables are not there: it had ended when they were copied.
    const links = { "6/ns/net": first, "7/ns/net": first, "8/ns/net": second };
    const root = tree({ "7/net": 8086, "8/net": 8087 }, links);
    const shown = await procnet(["show", "tcp", "--all-namespaces", "--root", root]);
    expect([shown.code, shown.err]).toEqual([0, ""]);
    expect(shown.out).toContain("8086");
    const port = await procnet(["port", "8086", "--all-namespaces", "--json", "--root", root]);
    expect(JSON.parse(port.out).ports).toMatchObject([{ port: 8086, namespace: 4026532001 }]);
    expect(port.err).not.toContain("is not read");
  });

  it("a port that a connection keeps in one is told of, though it is free in another", async () => {
    const root = tree({ "7/net": 8086, "8/net": 8087 }, { "7/ns/net": first, "8/ns/net": second });
    const row = tcpRow(0, "0100007F:2328", "0100007F:1F90", "01", 0, 77);
    writeFileSync(join(root, "8", "net", "tcp"), HEADER + row);
    const { out } = await procnet(["port", "9000", "--all-namespaces", "--json", "--root", root]);
    expect(JSON.parse(out).ports).toMatchObject([{ port: 9000, bindable: false, namespace: 4026532002 }]);
  });
});
