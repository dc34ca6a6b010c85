import fc from "fast-check";
import { jsonText } from "procnet/view";
import { describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { makeTree, tcp, tcpRow } from "../../../../test/support/command/tree.ts";
import { safe, visible } from "./safe.ts";
import { closest } from "./suggest.ts";
import { cut, pad, width } from "./width.ts";

const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

describe("safe", () => {
  it("shows what would steer a terminal", () => {
    expect(safe("a\u001b[2Jb")).toBe("a\\x1b[2Jb");
    expect(safe("\u202egpj.exe")).toBe("\\u{202e}gpj.exe");
    expect(safe("a\\b\n")).toBe("a\\\\b\\x0a");
    expect(safe("漢字 é")).toBe("漢字 é");
    expect(safe(undefined)).toBe("");
  });
  it("shows bytes that are no UTF-8 one by one", () => {
    expect(safe(Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xe2, 0x80, 0x1b, 0xf0, 0x9f, 0x98, 0x80]))).toBe(
      "a\\xffé\\xe2\\x80\\x1b😀",
    );
    expect(safe(Buffer.from([0xff, 0x80, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0xf5, 0xe2]))).toBe(
      "\\xff\\x80\\xed\\xa0\\x80\\xc0\\xaf\\xf5\\xe2",
    );
  });
  it("reads text between bytes that are none as a whole: letters with their marks and joiners", () => {
    const word = "\u0645\u06cc\u200c\u062e e\u0301";
    expect(safe(Buffer.concat([Buffer.of(0xff), Buffer.from(word), Buffer.of(0xfe)]))).toBe(`\\xff${word}\\xfe`);
    expect(safe(Buffer.concat([Buffer.of(0xff), Buffer.from("\u0301\u200c")]))).toBe("\\xff\\u{301}\\u{200c}");
  });
  it("leaves nothing unsafe of any text or bytes, in messages and JSON too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.uint8Array(), (text, bytes) => {
        for (const shown of [safe(text), safe(bytes), visible(text), jsonText({ text })])
          expect(shown).not.toMatch(UNSAFE);
        expect(safe(text)).not.toContain("\n");
      }),
    );
  });
  it("writes in JSON what text would show escaped, and no more", () => {
    const word = "\u0645\u06cc\u200c\u062e e\u0301 \u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
    expect(jsonText([word])).toBe(`["${word}"]`);
    expect(jsonText({ "\u0301": "a\u3164\u00a0\u200c\u{e0100}\\" })).toBe(
      '{"\\u0301":"a\\u3164\\u00a0\\u200c\\udb40\\udd00\\\\"}',
    );
  });
  it("writes names as keys whatever they are", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "eth0"];
    const text = jsonText(new Map(names.map((name, at) => [name, at])));
    expect(text).toBe('{"__proto__":0,"constructor":1,"toString":2,"hasOwnProperty":3,"eth0":4}');
  });
  it("gives JSON that means the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const value = { text: `${text}\u202e\u{e0041}\u0085` };
        expect(JSON.parse(jsonText(value))).toEqual(value);
      }),
    );
    expect(jsonText({ map: new Map([["a", 1n]]), bytes: Uint8Array.of(255, 0) })).toBe(
      '{"map":{"a":"1"},"bytes":"ff00"}',
    );
  });
});

describe("width", () => {
  it("counts columns", () => {
    expect([width("abc"), width("漢字"), width("e\u0301"), width("😀")]).toEqual([3, 4, 1, 2]);
    expect(pad("漢", 4, "right")).toBe("  漢");
  });
  it("counts what is escaped by what is shown, so that columns stand below each other", () => {
    for (const hidden of ["\u3164", "\ufe0f", "\u200d", "\u0301", "\u{e0100}", "\u2800", "\u00a0", "\ue000"]) {
      const shown = safe(`${hidden}`);
      expect(shown).toMatch(/^[\x20-\x7e]+$/);
      expect(width(shown)).toBe(shown.length);
    }
    expect(width(safe("\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"))).toBe(2);
    expect(width(safe("\u{1f600}\u200d\u{1f600}"))).toBe(4 + "\\u{200d}".length);
    expect(width(safe("\u0628\u200c\u0628"))).toBe(2);
  });
  it("cuts to any width", () => {
    expect([cut("abcdef", 4), cut("漢字漢字", 4), cut("abc", 3), cut("abc", 0)]).toEqual(["abc…", "漢…", "abc", ""]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, columns) => width(cut(text, columns)) <= columns),
    );
  });
});

it("suggests what is near, and nothing else", () => {
  const words = ["--listening", "--json", "--ndjson", "--pid"];
  expect(closest("--lisening", words)).toBe("--listening");
  expect(closest("--jsno", words)).toBe("--json");
  expect(closest("--zzzzzz", words)).toBeUndefined();
});

it("no foreign name reaches a terminal as it is, in any form", async () => {
  const evil = "x\u001b[2J\u202ey";
  const tree = makeTree(
    {
      tcp: tcp(tcpRow(0, "00000000:01BB", "00000000:0000", "0A", 0, 1001)),
      unix: Buffer.concat([
        Buffer.from("Num       RefCount Protocol Flags    Type St Inode Path\n"),
        Buffer.from("0000000000000000: 00000002 00000000 00010000 0001 01 1002 /tmp/\u001b]0;owned\u0007\n"),
        Buffer.from("0000000000000000: 00000002 00000000 00010000 0001 01 1003 /tmp/"),
        Buffer.from([0xff, 0xfe, 0x0a]),
      ]),
      dev: `Inter-|\n face |\n  e\u001bth: ${"0 ".repeat(16)}\n`,
      route: "",
      arp: "",
    },
    [
      { pid: 1, comm: "init" },
      { pid: 66, comm: evil, cmdline: [evil], cgroup: `0::/machine-${evil}.scope\n`, sockets: [1001, 1002] },
    ],
  );
  try {
    for (const form of [[], ["--csv"], ["--json"], ["--ndjson"], ["--color", "never"]]) {
      for (const command of [
        ["sockets", "-A", "all"],
        ["port", "443"],
        ["interfaces"],
        ["namespaces"],
        ["show", "unix"],
      ]) {
        const { out, err } = await procnet([...command, ...form, "--root", tree.root]);
        expect(out + err).not.toMatch(UNSAFE);
        expect(out).not.toBe("");
      }
    }
    const { out } = await procnet(["-x", "--columns", "local,process", "--root", tree.root]);
    expect(out).toContain("/tmp/\\x1b]0;owned\\x07");
    expect(out).toContain("/tmp/\\xff\\xfe");
    expect(out).toContain("x\\x1b[2J\\u{202e}y[66]");
  } finally {
    tree.remove();
  }
});
