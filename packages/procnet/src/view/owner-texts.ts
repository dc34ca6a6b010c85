import type { SocketOwner } from "../sockets/types.ts";

/** An owner; `watch` says of those of closed sockets whether they have ended. */
type Owner = SocketOwner & { readonly ended?: true };

/** Texts that stand around what is of one socket. */
export type Around = readonly [before: string, behind: string];

/**
 * Texts of owners, which are the same for all sockets of a process: made once, by its arguments, as each process has a list of its
 * own. An owner that somebody changed is another one, whatever it has left of it.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { jsonText, OwnerTexts } from "procnet/view";
 * const texts = new OwnerTexts(({ pid, program }) => [jsonText({ pid, program }), ""]);
 * for (const { owners = [] } of (await sockets()).sockets) console.log(owners.map((owner) => texts.of(owner)[0]).join());
 * ```
 */
export class OwnerTexts {
  private readonly known = new WeakMap<readonly string[], { readonly owner: SocketOwner; readonly around: Around }>();
  private readonly make: (owner: SocketOwner) => Around;

  /** Takes what makes the texts of an owner; what they say of its descriptors would be said of all its sockets. */
  constructor(make: (owner: SocketOwner) => Around) {
    this.make = make;
  }

  /** The texts of an owner. */
  of(owner: SocketOwner): Around {
    const known = this.known.get(owner.cmdline);
    if (known !== undefined && isSame(known.owner, owner)) return known.around;
    const around = this.make(owner);
    this.known.set(owner.cmdline, { owner, around });
    return around;
  }
}

/** Of all but its arguments, which are the same list, and the descriptors, which are of one socket. */
function isSame(one: Owner, other: Owner): boolean {
  return (
    one.pid === other.pid &&
    one.startTime === other.startTime &&
    one.program === other.program &&
    one.comm === other.comm &&
    one.exe === other.exe &&
    one.uid === other.uid &&
    one.cgroup === other.cgroup &&
    one.container === other.container &&
    one.unit === other.unit &&
    one.ended === other.ended
  );
}
