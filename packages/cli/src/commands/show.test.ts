import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";

/** A captured tree with two namespaces, of which the second lacks `snmp`. */
const root = mkdtempSync(join(tmpdir(), "procnet-show-"));
afterAll(() => rmSync(root, { recursive: true }));
const HEADER = "IP address       HW type     Flags       HW address            Mask     Device\n";
for (const [pid, inode, address] of [
  [1, 4026531840, "192.0.2.1"],
  [7, 4026532000, "192.0.2.7"],
] as const) {
  mkdirSync(join(root, `${pid}/net`), { recursive: true });
  mkdirSync(join(root, `${pid}/ns`));
  symlinkSync(`net:[${inode}]`, join(root, `${pid}/ns/net`));
  const row = `${address.padEnd(17)}0x1         0x2         02:00:00:00:00:01     *        eth0\n`;
  writeFileSync(join(root, `${pid}/net/arp`), HEADER + row);
  writeFileSync(join(root, `${pid}/net/unheard_of`), `a text of ${pid}\nin two lines\n`);
}
writeFileSync(join(root, "1/net/snmp"), "Ip: Forwarding DefaultTTL\nIp: 1 64\n");

const show = (...args: string[]) => procnet(["show", ...args, "--all-namespaces", "--root", root]);

describe("show --all-namespaces", () => {
  it("gives the rows of each with its number", async () => {
    const { out, err, code } = await show("arp", "--columns", "ipAddress,netns", "--no-header");
    expect([code, err]).toEqual([0, ""]);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => line.split(/ +/)),
    ).toEqual([
      ["192.0.2.1", "4026531840"],
      ["192.0.2.7", "4026532000"],
    ]);
    const { out: sorted } = await show("/proc/net/arp", "--sort", "-netns", "--csv");
    expect(sorted.split("\n")[1]).toMatch(/^192\.0\.2\.7,.*,4026532000,$/);
  });

  it("gives lines of a text, and says which namespace lacks a file", async () => {
    const text = await show("unheard_of", "--csv", "--columns", "line,netns");
    expect(text.out).toBe(
      "line,netns\na text of 1,4026531840\nin two lines,4026531840\na text of 7,4026532000\nin two lines,4026532000\n",
    );
    const tree = await show("snmp", "--json");
    expect(tree.err).toMatch(/^procnet: network namespace 4026532000 is not read: .*ENOENT/);
    const { kind, name, content } = JSON.parse(tree.out);
    expect({ kind, name, content }).toEqual({
      kind: "file",
      name: "snmp",
      content: [
        { name: "Ip.Forwarding", value: 1, namespace: 4026531840 },
        { name: "Ip.DefaultTTL", value: 64, namespace: 4026531840 },
      ],
    });
  });

  it("gives more rows than a call takes arguments", async () => {
    const row = "192.0.2.1        0x1         0x2         02:00:00:00:00:01     *        eth0\n";
    const path = join(root, "7/net/arp");
    const before = readFileSync(path);
    try {
      writeFileSync(path, HEADER + row.repeat(200_000));
      const { out, err } = await show("arp", "--ndjson");
      expect(err).toBe("");
      expect(out.split("\n")).toHaveLength(200_002);
    } finally {
      writeFileSync(path, before);
    }
  });

  it("lists the files of each", async () => {
    const { out } = await show("--csv", "--columns", "name,netns");
    expect(out).toContain("snmp,4026531840");
    expect(out).not.toContain("snmp,4026532000");
  });

  it("takes no word for one namespace besides", async () => {
    expect(await show("arp", "--netns", "4026532000")).toMatchObject({ code: 2, out: "" });
  });
});
