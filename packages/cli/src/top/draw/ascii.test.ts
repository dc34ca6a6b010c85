import { expect, it } from "vitest";
import { width } from "../../text/width.ts";
import { asciiLine } from "./ascii.ts";
import { isUtf8 } from "./paint.ts";

it.each([
  ["▸ tcp  ✖ crit  a…", "> tcp  X crit  a~"],
  ["\x1b[1m─── 漢字\x1b[22m", "\x1b[1m--- ????\x1b[22m"],
  ["naïve e\u0301", "na?ve ?"],
  ["plain", "plain"],
])("%j is %j, as wide as before", (line, wanted) => {
  expect(asciiLine(line)).toBe(wanted);
  const bare = (text: string): string => text.replace(/\x1b\[\d+m/g, "");
  expect(width(bare(asciiLine(line)))).toBe(width(bare(line)));
});

it.each([
  [{ LANG: "C.UTF-8" }, true],
  [{ LANG: "de_DE.utf8" }, true],
  [{ LANG: "C.UTF-8", LC_ALL: "C" }, false],
  [{ LANG: "C", LC_CTYPE: "C.UTF-8" }, true],
  [{ LANG: "de_DE" }, false],
  [{}, false],
])("%j is UTF-8: %s", (env, wanted) => expect(isUtf8(env)).toBe(wanted));
