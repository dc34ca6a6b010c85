import type { OwnerlessReason, Socket } from "../../../sockets/types.ts";
import { countWord } from "../../health/words.ts";
import type { Actor, Fact, NotKnown } from "../explanation.ts";

/** What has to happen next. */
export interface Waiting {
  readonly waitingFor: string | undefined;
  readonly actor: Actor;
}

export const IDLE: Waiting = { waitingFor: undefined, actor: "nobody" };

export function fact(statement: string, ...fields: string[]): Fact {
  return { statement, fields };
}

/** One look tells nothing of the time before. */
export const SINCE: NotKnown = { what: "since when it is so", where: "procnet watch shows changes from now on" };

/** `1 byte`, `2,000 bytes`. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${countWord(count)} ${count === 1 ? one : more}`;
}

/** Clock ticks are hundredths of a second. */
export function seconds(ticks: number): string {
  return `${ticks / 100} s`;
}

export function endpoint(address: string, port: number): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port === 0 ? "*" : port}`;
}

/** Who holds it, as far as the socket says. */
export function ownerFacts({ owners, ownerless, suspect }: Socket): Fact[] {
  const facts: Fact[] = [];
  if (owners !== undefined && owners.length > 0) {
    const all = owners.map(({ program, pid }) => `${program} (process ${pid})`).join(", ");
    facts.push(fact(`Held by ${all}.`, "owners"));
  } else if (ownerless === "kernel") {
    facts.push(fact("No process holds it.", "ownerless"));
  }
  if (suspect) facts.push(fact("The row may be forged by the name of a unix socket.", "suspect"));
  return facts;
}

/** Why a process that may hold it is not known. */
const HIDDEN: Readonly<Partial<Record<OwnerlessReason, NotKnown>>> = {
  "no-permission": { what: "who holds it, as some processes may not be looked at", where: "as root" },
  hidepid: { what: "who holds it, as procfs hides the processes of other users", where: "as root" },
  "other-namespace": {
    what: "who holds it, as processes outside of this pid namespace cannot be seen",
    where: "on the host",
  },
  exited: { what: "who held it: a process ended meanwhile", where: "look again" },
  gone: { what: "who held it: it was closed meanwhile" },
  budget: { what: "who holds it: the search was stopped", where: "with a larger budget" },
};

/** Why it is not known who holds it; `seen` says what would show it to this reader where rights are missing. */
export function ownerUnknown({ inode, owners, ownerless }: Socket, seen: string | undefined): NotKnown[] {
  if (inode === 0) return [];
  if (owners === undefined) return [{ what: "who holds it, as nobody looked", where: "with owners" }];
  const hidden = ownerless === undefined ? undefined : HIDDEN[ownerless];
  if (hidden === undefined) return [];
  return [ownerless === "no-permission" && seen !== undefined ? { ...hidden, where: seen } : hidden];
}
