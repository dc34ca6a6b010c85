import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeText } from "./escape.ts";

it("leaves ordinary text of all languages as it is", () => {
  for (const text of ["", "eth0", "/run/a b", "\u00e9\u4e2d\u6587", "\u{1f600}", "\u0627\u0644", "\u00a0\u2003"]) {
    expect(escapeText(text)).toBe(text);
  }
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
  ];
  for (const [text, shown] of cases) expect(escapeText(text)).toBe(shown);
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
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), units), (text) => {
      const shown = escapeText(text);
      expect(shown).not.toMatch(/[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u);
      expect(unescapeText(shown)).toBe(text);
    }),
    { numRuns: 500 },
  );
});
