import fc from "fast-check";
import { expect, it } from "vitest";
import { edited, type Line } from "./line-edit.ts";

const line = (text: string, cursor = text.length): Line => ({ text, cursor });
const key = (name: string, text = ""): { name: string; text: string } => ({ name, text });

it.each([
  ["a letter comes where the cursor is", line("ac", 1), key("b", "b"), line("abc", 2)],
  ["backspace", line("abc", 2), key("backspace"), line("ac", 1)],
  ["backspace at the beginning", line("abc", 0), key("backspace"), line("abc", 0)],
  ["delete", line("abc", 1), key("delete"), line("ac", 1)],
  ["left", line("abc"), key("left"), line("abc", 2)],
  ["right at the end", line("abc"), key("right"), line("abc")],
  ["home", line("abc"), key("home"), line("abc", 0)],
  ["end", line("abc", 0), key("ctrl-e"), line("abc")],
  ["all before the cursor", line("abc", 2), key("ctrl-u"), line("c", 0)],
  ["all behind the cursor", line("abc", 1), key("ctrl-k"), line("a")],
  ["the word before the cursor", line("state listen  "), key("ctrl-w"), line("state ")],
  ["what is one letter to a person goes at once", line("e\u0301👨‍👩‍👧"), key("backspace"), line("e\u0301")],
  ["any other key", line("abc"), key("f5"), line("abc")],
])("%s", (_what, before, pressed, wanted) => expect(edited(before, pressed)).toEqual(wanted));

it("is never longer than a filter may be, and its cursor is always in it", () => {
  const keys = fc.constantFrom("left", "right", "home", "end", "backspace", "delete", "ctrl-w", "ctrl-u", "ctrl-k");
  const letter = fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 });
  const pressed = fc.oneof(
    keys.map((name) => key(name)),
    letter.map((text) => key(text, text)),
  );
  fc.assert(
    fc.property(fc.array(pressed, { maxLength: 40 }), (all) => {
      const { text, cursor } = all.reduce(edited, line("x".repeat(990)));
      expect(text.length).toBeLessThanOrEqual(1000);
      expect(cursor).toBeGreaterThanOrEqual(0);
      expect(cursor).toBeLessThanOrEqual(text.length);
    }),
  );
});
