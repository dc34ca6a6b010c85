import type { Interface } from "./interface.ts";

/*
 * The order in which net-tools has interfaces (lib/nstrcmp.c): aliases stand behind their interface, and numbers count as numbers.
 */

/** A name in its parts: `eth0:12` is `eth`, 0 and 12. */
interface Parts {
  readonly start: string;
  readonly number: number;
  /** Without the alias. */
  readonly name: string;
  readonly alias: string | undefined;
}

/** Puts them in order. */
export function inOrder(interfaces: readonly Interface[]): Interface[] {
  return interfaces
    .map((one) => ({ one, parts: partsOf(one.name) }))
    .sort((a, b) => compare(a.parts, b.parts))
    .map(({ one }) => one);
}

/** Only digits behind a colon are an alias: `eth0:more` is a name of its own, and comes behind `eth1`. */
function partsOf(whole: string): Parts {
  const [, name = whole, alias] = /^(.*):(\d+)$/s.exec(whole) ?? [];
  const start = name.replace(/\d+$/, "");
  return { start, number: asInt(name.slice(start.length)), name, alias };
}

function compare(a: Parts, b: Parts): number {
  return (
    textOrder(a.start, b.start) ||
    a.number - b.number ||
    textOrder(a.name, b.name) ||
    aliasNumber(a) - aliasNumber(b) ||
    textOrder(a.alias ?? "", b.alias ?? "")
  );
}

function aliasNumber({ alias }: Parts): number {
  return alias === undefined ? -1 : asInt(alias);
}

/** As atoi(3) does it: names have room for more digits than an `int`. */
function asInt(digits: string): number {
  return Number(digits) | 0;
}

function textOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
