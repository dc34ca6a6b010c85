import { textOf } from "../bytes.ts";
import { utf16 } from "../targets.ts";
import type { Check } from "./check.ts";
import { unfit } from "./inert.ts";

/** What `escapeText` gives is inert, and tells exactly what it was made of. */
export const escaped: Check = {
  name: "escaped text is inert and whole",
  oneIn: 1,
  fits: ({ name }) => name.startsWith("escapeText"),
  problem: ({ target, bytes, outcome }) => {
    const before = target.name === "escapeText" ? new TextDecoder().decode(bytes) : utf16(bytes);
    const after = outcome.value as string;
    if (typeof after !== "string") return "no text";
    const steers = unfit(after);
    if (steers !== undefined) return `${steers} in ${JSON.stringify(after)}`;
    return unescaped(after) === before ? undefined : `reads back as another text: ${JSON.stringify(after)}`;
  },
};

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:\\|x([0-9a-f]{2})|u\{([0-9a-f]+)\})/g, (_all, short?: string, long?: string) => {
    const digits = short ?? long;
    return digits === undefined ? "\\" : fromCode(Number.parseInt(digits, 16));
  });
}

/** Half a pair stays half a pair. */
function fromCode(code: number): string {
  return code < 0x10000 ? String.fromCharCode(code) : String.fromCodePoint(code);
}

/** A link is a socket only when the kernel's form of it says so, digit by digit. */
export const links: Check = {
  name: "links are told digit by digit",
  oneIn: 1,
  fits: ({ name }) => name === "parseFdTarget",
  problem: ({ bytes, outcome }) => {
    const text = textOf(bytes);
    const target = outcome.value as { kind: string; inode?: number };
    const isNumbered = /^[a-z_]+:\[[0-9]+\]$/.test(text);
    if (target.inode === undefined) return undefined;
    if (!isNumbered) return `${JSON.stringify(text)} has inode ${target.inode}`;
    const digits = text.slice(text.indexOf("[") + 1, -1);
    const isExact = Number.isSafeInteger(target.inode) && BigInt(target.inode) === BigInt(digits);
    return isExact ? undefined : `${JSON.stringify(text)} has inode ${target.inode}`;
  },
};
