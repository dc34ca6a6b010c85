import type { ReadNamespace, Skipped, SocketProtocol, SocketsRest } from "procnet";
import { EXIT } from "../io.ts";
import type { FlowEnd } from "../output/flow.ts";
import { Issues } from "./context.ts";
import type { Untold } from "./filter.ts";
import { hiddenOwnersNote, reader } from "./hidden-owners.ts";
import { Tally } from "./tally.ts";
import type { Namespaces, WhereOptions } from "./where.ts";

/** What is known of sockets once all have gone by: the rest of the document, what is said beside it, and the exit code. */
export class SocketsEnd {
  readonly tally: Tally = new Tally();
  readonly issues: Issues = new Issues();
  private readonly options: WhereOptions;
  private readonly namespaces: Namespaces;
  private readonly root: string;
  /** What nobody tells, where a source told of some tables. */
  private readonly untold: (answered: readonly SocketProtocol[]) => Untold;
  private rest: SocketsRest | undefined;

  constructor(
    options: WhereOptions,
    namespaces: Namespaces,
    root: string,
    untold: (answered: readonly SocketProtocol[]) => Untold,
  ) {
    this.options = options;
    this.untold = untold;
    this.namespaces = namespaces;
    this.root = root;
  }

  finish(rest: SocketsRest): void {
    this.rest = rest;
  }

  /** The namespaces that were read, and what is to be said before anything is done. */
  known(): { readonly read: readonly ReadNamespace[]; readonly notes: readonly string[] } {
    return { read: this.rest?.namespaces ?? [], notes: this.report().notes ?? [] };
  }

  report(): FlowEnd {
    const { rest, tally } = this;
    if (rest === undefined) return { document: {} }; // nobody read to the end
    const { duration, rights, namespaces, skipped, source, sourceOf } = rest;
    const unread = skipped.filter(({ what, code }) => what !== "process" && code !== "ESRCH");
    const isBlind = unread.length > 0 && namespaces.every(({ tables, sockets }) => tables === 0 && sockets === 0);
    const untold = this.untold(sourceOf?.tables ?? []);
    const isUnanswered = untold.problem !== undefined;
    return {
      document: {
        duration,
        rights,
        hiddenOwners: tally.hidden,
        namespaces,
        skipped,
        ...(sourceOf !== undefined && { source, sourceOf }),
      },
      notes: [
        ...(sourceOf?.notes ?? []),
        ...untold.notes,
        ...this.issues.notes,
        ...hiddenOwnersNote(tally, rest, reader(this.root)),
        ...suspectNote(tally.suspect),
        ...this.unreadNotes(unread, isBlind),
        ...deniedNotes(rest, this.options),
      ],
      exitCode: isBlind || isUnanswered ? EXIT.failure : EXIT.ok,
    };
  }

  /** That the answer is not all there is, or none at all. */
  private unreadNotes(unread: readonly Skipped[], isBlind: boolean): string[] {
    const { own } = this.namespaces;
    const elsewhere = ({ namespace }: Skipped): boolean =>
      own !== undefined && namespace !== undefined && !own.includes(namespace);
    const here = unread.filter((one) => !elsewhere(one));
    return [
      ...unreadNote(isBlind ? "no table could be read" : "not everything could be read", here),
      ...unreadNote("what is held in other network namespaces is not all seen", unread.filter(elsewhere)),
    ];
  }
}

function unreadNote(what: string, [first, ...more]: readonly Skipped[]): string[] {
  return first === undefined ? [] : [`${what}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ""}`];
}

/** That rows contradict each other, or their owners. The text of neither is proof of anything: see docs/hostile-text.md. */
function suspectNote(count: number): string[] {
  if (count === 0) return [];
  const rows = count === 1 ? "1 row has the inode of another socket" : `${count} rows have the inode of another socket`;
  return [`${rows}, so one may be forged: the column suspect marks them`];
}

/** That a process was asked for whose descriptors may not be seen: an empty list would say that it holds nothing. */
function deniedNotes({ skipped }: SocketsRest, { pid: wanted = [] }: WhereOptions): string[] {
  return skipped
    .filter(
      ({ what, pid, code }) => what === "process" && code !== "ESRCH" && pid !== undefined && wanted.includes(pid),
    )
    .map(({ message }) => `not all sockets of the process are known: ${message}`);
}
