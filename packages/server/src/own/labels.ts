import { escapeText, type WatchedSocket } from "procnet";

/** Bytes of a label's value at most: programs choose their names themselves. */
const LONGEST = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A name that somebody else chose, as the value of a label: nothing in it steers or hides, and it is no longer than 64 bytes. */
export function labelText(text: string): string {
  const escaped = escapeText(text);
  if (escaped.length <= LONGEST / 4) return escaped;
  const bytes = encoder.encode(escaped);
  if (bytes.length <= LONGEST) return escaped;
  // Not in the middle of a character.
  let end = LONGEST;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return decoder.decode(bytes.subarray(0, end));
}

/** What stands for all that has no place of its own. */
export const OTHER = "other";

/** By what sockets of processes are grouped: never by pid, as each of those would be a series for ever. */
export interface Group {
  /** The name of the program. */
  readonly process: string;
  /** The first twelve digits of its container, as `docker ps` shows it; empty outside of one. */
  readonly container: string;
}

/** All groups that have no place of their own. */
export const REST: Group = { process: OTHER, container: "" };

/** Groups of the owners that were met, each one object: what counts by group can do so by it. */
export class Groups {
  private readonly known = new Map<string, Map<string, Group>>();

  /** That of the process that holds it; the first of several. `undefined` where nobody is known. */
  of({ owners }: Pick<WatchedSocket, "owners">): Group | undefined {
    const owner = owners?.[0];
    if (owner === undefined) return undefined;
    return this.named(owner.program, owner.container?.id ?? "");
  }

  private named(program: string, id: string): Group {
    let programs = this.known.get(id);
    if (programs === undefined) {
      programs = new Map();
      this.known.set(id, programs);
    }
    const known = programs.get(program);
    if (known !== undefined) return known;
    const group: Group = { process: labelText(program), container: labelText(id.slice(0, 12)) };
    // Two names that look the same as labels are one group: else one series would be given twice.
    const same = this.find(group);
    programs.set(program, same ?? group);
    return same ?? group;
  }

  private readonly byLabels = new Map<string, Group>();

  private find(group: Group): Group | undefined {
    const key = `${group.container} ${group.process}`;
    const known = this.byLabels.get(key);
    if (known === undefined) this.byLabels.set(key, group);
    return known;
  }
}
