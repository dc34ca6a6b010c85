import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText } from "./escape.ts";

it("leaves ordinary text of all languages as it is", () => {
  const texts = [
    "",
    "eth0",
    "/run/a b",
    "\u00e9e\u0301",
    "Ti\u00ea\u0301ng Vi\u1ec7t",
    "\u4e2d\u6587",
    "\ud55c\uad6d\uc5b4",
  ];
  const pointed = [
    "\u0627\u0644\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u0651\u064e\u0629\u064f", // Arabic with all its vowels
    "\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u0596\u05d9\u05ea", // Hebrew with points and accents
    "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82", // the tallest stack of Tibetan
    "\u0e01\u0e33\u0e49", // Thai
    "\u0600\u0661", // an Arabic sign of a number: category Cf, and seen
  ];
  for (const text of [...texts, ...pointed]) expect(escapeText(text)).toBe(text);
});

it("shows what could steer a terminal, reorder a line or hide", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["evil\u001b[2J", "evil\\x1b[2J"],
    ["a\nb\r\tc", "a\\x0ab\\x0d\\x09c"],
    ["\0\u007f\u0085\u009b31m", "\\x00\\x7f\\x85\\x9b31m"],
    ["back\\slash \\x1b", "back\\\\slash \\\\x1b"],
    ["\u202egnp.exe", "\\u{202e}gnp.exe"],
    ["a\u200bb\ufeffc\u2028", "a\\u{200b}b\\u{feff}c\\u{2028}"],
    ["\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"],
    ["\ud800 \udc00", "\\u{d800} \\u{dc00}"],
    ["soft\u00adhyphen", "soft\\xadhyphen"],
    ["root\u3164", "root\\u{3164}"],
    ["sshd\u{e0100}", "sshd\\u{e0100}"],
    ["no\u00a0break", "no\\xa0break"],
    ["\ufffc\ue000\uffff\u{10ffff}", "\\u{fffc}\\u{e000}\\u{ffff}\\u{10ffff}"],
  ];
  for (const [text, shown] of cases) expect(escapeText(text)).toBe(shown);
});

/** What Unicode says of a code point, one by one, and the few that are blank by definition. */
const HIDES = /^[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{M}]$/u;
const BLANK = new Set([0x2800, 0xfffc, 0x13441, 0x13442, 0x16fe4, 0x1d159]);
const SEEN = new Set([
  0x20, 0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd,
]);

it("lets no code point through that alone shows nothing", () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const text = String.fromCodePoint(code);
    const hides = (HIDES.test(text) && !SEEN.has(code)) || BLANK.has(code) || text === "\\";
    if ((escapeText(text) !== text) !== hides) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

describe("joiners", () => {
  it.each([
    ["Persian", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
    ["Persian with a vowel between", "\u0628\u064e\u200c\u0627"],
    ["an abbreviation in Arabic", "\u0647\u200d"],
    ["Devanagari, half a letter", "\u0915\u094d\u200d\u0937"],
    ["Devanagari, no ligature", "\u0915\u094d\u200c\u0937"],
    ["Bengali", "\u09b0\u200d\u09cd\u09af\u09be\u09ac"],
    ["Kannada", "\u0cab\u0ccd\u0c9f\u0ccd\u200c\u0cb5\u0cc7\u0cb0\u0ccd"],
    ["Malayalam", "\u0d1e\u0d3e\u0d28\u0d4d\u200d"],
    ["Sinhala", "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd\u0d82\u0d9a\u0dcf"],
    ["Mongolian", "\u182a\u1830\u180b\u182d\u180e\u1820"],
  ])("stay where the spelling needs them: %s", (_, text) => {
    expect(escapeText(text)).toBe(text);
  });

  it.each([
    ["between Latin letters", "ro\u200cot", "ro\\u{200c}ot"],
    ["between Latin letters, joined", "ro\u200dot", "ro\\u{200d}ot"],
    ["behind a letter that does not join the next", "\u0627\u200c\u0628", "\u0627\\u{200c}\u0628"],
    ["at the end of a word", "\u0628\u200c", "\u0628\\u{200c}"],
    ["at the beginning", "\u200c\u0628", "\\u{200c}\u0628"],
    ["a second one", "\u0628\u200c\u200c\u0628", "\u0628\\u{200c}\\u{200c}\u0628"],
    ["between letters that join anyhow", "\u0628\u200d\u0628", "\u0628\\u{200d}\u0628"],
    ["without a virama", "\u0915\u200d\u0915", "\u0915\\u{200d}\u0915"],
    ["without a letter before the virama", " \u094d\u200d", " \u094d\\u{200d}"],
    ["a selector of Mongolian elsewhere", "a\u180bb\u180e", "a\\u{180b}b\\u{180e}"],
  ])("are shown where they do nothing: %s", (_, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });
});

describe("emoji", () => {
  it.each([
    ["two by two", "\u{1f1e9}\u{1f1ea}"],
    ["with a selector", "\u2764\ufe0f \u26a1\ufe0f \u00a9\ufe0f"],
    ["a key", "1\ufe0f\u20e3#\ufe0f\u20e3"],
    ["a family", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"],
    ["with the colour of a skin", "\u{1f469}\u{1f3fd}\u200d\u{1f4bb}"],
    ["with selectors within", "\u{1f469}\u200d\u2764\ufe0f\u200d\u{1f468}"],
    ["with its selector left out", "\u{1f3f3}\u200d\u{1f308}"],
    ["the flag of Scotland", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"],
  ])("stay whole: %s", (_, text) => {
    expect(escapeText(`a${text}b`)).toBe(`a${text}b`);
  });

  it.each([
    ["two that make no third", "\u{1f600}\u200d\u{1f600}", "\u{1f600}\\u{200d}\u{1f600}"],
    ["a joiner to nothing", "\u{1f600}\u200d", "\u{1f600}\\u{200d}"],
    ["a selector behind a digit", "1\ufe0f", "1\\u{fe0f}"],
    ["a selector behind a letter", "x\ufe0f", "x\\u{fe0f}"],
    ["a second selector", "\u2764\ufe0f\ufe0f", "\u2764\ufe0f\\u{fe0f}"],
    ["a flag of nowhere", "\u{1f3f4}\u{e0078}\u{e007f}", "\u{1f3f4}\\u{e0078}\\u{e007f}"],
    ["a selector of text", "\u260e\ufe0e", "\u260e\\u{fe0e}"],
    ["one that is, joined to one that is not", "\u2764\ufe0f\u200d\u{1f600}", "\u2764\ufe0f\\u{200d}\u{1f600}"],
  ])("hide nothing: %s", (_, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });
});

describe("combining marks", () => {
  it("change nothing that is not theirs", () => {
    expect(escapeText("\u0301x")).toBe("\\u{301}x");
    expect(escapeText("\u001b\u0301\u0302x")).toBe("\\x1b\\u{301}\\u{302}x");
    expect(escapeText("\u093f")).toBe("\\u{93f}");
  });

  it("do not cover the lines above: eight on a letter stay", () => {
    expect(escapeText(`a${"\u0301".repeat(300)}b`)).toBe(`a${"\u0301".repeat(8)}${"\\u{301}".repeat(292)}b`);
  });
});

/** The text that an escaped one stands for. */
function unescapeText(text: string): string {
  return text.replaceAll(/\\(\\|x[0-9a-f]{2}|u\{[0-9a-f]+\})/g, (_, code: string) => {
    if (code === "\\") return code;
    return String.fromCodePoint(Number.parseInt(code.replaceAll(/[xu{}]/g, ""), 16));
  });
}

it("lets nothing unsafe through, and loses nothing", () => {
  const units = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) });
  const hiding = fc.string({
    unit: fc.constantFrom(
      ..."\u200c\u200d\ufe0f\u0301\u094d\u0915\u0628\u0627\u180b\u1820\u2764\u034f1a\\ \u20e3",
      "\u{1f468}",
      "\u{1f3fd}",
      "\u{e0067}",
      "\u{e007f}",
    ),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), units, hiding), (text) => {
      const shown = escapeText(text);
      expect(shown).not.toMatch(/[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u);
      // Of what shows nothing only joiners and selectors stay, never two of them in a row.
      expect(shown).not.toMatch(/(?:\u200c|\u200d){2}|\ufe0f{2}|\u180b{2}|\u034f/u);
      expect(unescapeText(shown)).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

it("writes out ASCII alone as it does beside other text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0x7f).map((unit) => String.fromCharCode(unit)) }), (text) => {
      expect(escapeText(text)).toBe(escapeText(`${text}\u00e9`).slice(0, -1));
    }),
  );
});
