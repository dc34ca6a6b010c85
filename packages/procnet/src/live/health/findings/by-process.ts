import type { TcpSocket } from "../../../sockets/types.ts";
import type { FindingOwner } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { ownersOf, type Window } from "../window.ts";
import { groupsBy, type Stay } from "./rows.ts";

/** Sockets that stayed so, of one process; or those of whom nobody could say whose they are. */
export interface ProcessStays {
  readonly subject: Subject;
  readonly owners: readonly FindingOwner[];
  readonly pid: number | undefined;
  /** `nginx (process 812)`, `an unknown process`. */
  readonly who: string;
  readonly stays: readonly Stay[];
}

/** Sockets by who holds them: of those that several do, by the first. */
export function byProcess(stays: readonly Stay[], window: Window): ProcessStays[] {
  const groups = groupsBy(stays, ({ socket }) => holderOf(socket)?.pid);
  return [...groups].map(([pid, group]) => {
    const owner = holderOf(group[0]!.socket);
    return {
      subject:
        owner === undefined
          ? ({ kind: "namespace", namespace: window.last.namespace } as const)
          : ({ kind: "process", pid: owner.pid, program: owner.program } as const),
      owners: ownersOf(group.map(({ socket }) => socket)),
      pid,
      who: owner === undefined ? "an unknown process" : `${owner.program} (process ${owner.pid})`,
      stays: group,
    };
  });
}

export function holderOf({ owners = [] }: TcpSocket): { readonly pid: number; readonly program: string } | undefined {
  return owners[0];
}
