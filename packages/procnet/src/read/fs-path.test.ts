import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Namespace } from "../../../../test/support/namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../test/support/tools.ts";
import { ProcFs } from "../procfs.ts";
import { fsPath, nameBytes, nameOf } from "./fs-path.ts";

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

describe("names of files", () => {
  it("lead back to the same bytes, whatever these are", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
      fc
        .array(fc.constantFrom(0xed, 0xa0, 0x80, 0xf4, 0x90, 0xc0, 0xe0, 0x9f, 0x41, 0xf0, 0x8f, 0xbf), {
          maxLength: 8,
        })
        .map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(bytes, (name) => {
        expect(Buffer.compare(nameBytes(nameOf(name)), name)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it("are what a decoder of UTF-8 makes of them, where that accepts them, and otherwise as PEP 383 has them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0x70, max: 0xff }), { maxLength: 6 }), (list) => {
        const bytes = Uint8Array.from(list);
        let decoded: string | undefined;
        try {
          decoded = STRICT.decode(bytes);
        } catch {
          decoded = undefined;
        }
        const name = nameOf(bytes);
        if (decoded !== undefined) expect(name).toBe(decoded);
        else expect(name).toMatch(/[\udc80-\udcff]/u);
      }),
      { numRuns: 5000 },
    );
    expect(nameOf(Buffer.from("e\xff\xc3\xa9", "latin1"))).toBe("e\udcff\u00e9");
    expect(fsPath("/plain/é")).toBe("/plain/é");
    expect(fsPath("/e\udcff")).toEqual(Buffer.from("/e\xff", "latin1"));
  });
});

describe("files called after an interface whose name is not UTF-8: dev_valid_name, net/core/dev.c", () => {
  const odd = Buffer.from("e\xff\xfe", "latin1");

  it("are listed and read in a captured tree", () => {
    const root = mkdtempSync(join(tmpdir(), "procnet-names-"));
    try {
      const folder = join(root, "1", "net", "dev_snmp6");
      mkdirSync(folder, { recursive: true });
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), odd]), "ifIndex\t7\n");
      writeFileSync(join(folder, "e\ufffd\ufffd"), "ifIndex\t8\n");
      const { net } = new ProcFs({ root });
      expect(net.list()).toEqual(["dev_snmp6/e\udcff\udcfe", "dev_snmp6/e\ufffd\ufffd"]);
      expect(net.read("dev_snmp6/e\udcff\udcfe").ifIndex).toBe(7);
      expect(net.read("dev_snmp6/e\ufffd\ufffd").ifIndex).toBe(8);
      expect([...net.readAll().tables.keys()]).toEqual(net.list());
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("are listed and read of a kernel that has one", async (context) => {
    skipIf(context, noNamespaces() ?? missingTools("python3"));
    const space = new Namespace();
    try {
      // RTM_NEWLINK by hand: `ip` does not take every name.
      const script = `
import socket, struct, sys
attr = lambda kind, data: struct.pack("HH", 4 + len(data), kind) + data + b"\\0" * (-len(data) % 4)
body = struct.pack("BxHiII", 0, 0, 0, 0, 0) + attr(3, b"e\\xff\\xfe\\0") + attr(18, attr(1, b"veth\\0"))
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
s.send(struct.pack("IHHII", 16 + len(body), 16, 0x605, 1, 0) + body)
print(struct.unpack_from("i", s.recv(4096), 16)[0], flush=True)
sys.stdin.read()
`;
      const child = space.spawn("python3", ["-IS", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
      const answer = String((await once(child.stdout!, "data"))[0]).trim();
      skipIf(context, answer === "0" ? undefined : `no device can be made (${answer})`);
      const { net } = new ProcFs().process(child.pid!);
      expect(net.list()).toContain("dev_snmp6/e\udcff\udcfe");
      expect(net.read("dev_snmp6/e\udcff\udcfe").ifIndex).toBeGreaterThan(0);
    } finally {
      space.remove();
    }
  });
});
