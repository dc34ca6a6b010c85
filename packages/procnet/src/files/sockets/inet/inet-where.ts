import { escapeText } from "../../../bytes/escape.ts";
import { TcpState } from "../../../codes/tcp-state.ts";
import { ProcfsError } from "../../../errors.ts";
import { type InetWhere, stateName } from "./inet-row.ts";

/** An {@link InetWhere} ready to be asked once a row. */
export interface InetFilter {
  /** By state code: 1 when wanted. */
  readonly states: Uint8Array;
  /** The wanted states by name, for rows already decoded. */
  readonly stateNames: ReadonlySet<TcpState>;
  readonly localPorts: ReadonlySet<number> | undefined;
  readonly remotePorts: ReadonlySet<number> | undefined;
  readonly uids: ReadonlySet<number> | undefined;
  readonly inodes: ReadonlySet<number> | undefined;
  /** Only listeners are wanted, so reading can end with them where they are known to come first. */
  readonly listenOnly: boolean;
}

/** Compiles a filter; `undefined` when everything is wanted. */
export function inetFilter(where: InetWhere | undefined): InetFilter | undefined {
  if (where === undefined) return undefined;
  const states = wantedStates(where.state);
  return {
    states,
    stateNames: new Set(
      Array.from(states.keys())
        .filter((code) => states[code] === 1)
        .map(stateName),
    ),
    localPorts: numbers(where.localPort),
    remotePorts: numbers(where.remotePort),
    uids: numbers(where.uid),
    inodes: typeof where.inode === "number" ? new Set([where.inode]) : where.inode,
    listenOnly: states[TcpState.LISTEN] === 1 && states.reduce((sum, wanted) => sum + wanted, 0) === 1,
  };
}

function wantedStates(state: InetWhere["state"]): Uint8Array {
  const states = new Uint8Array(256);
  if (state === undefined) return states.fill(1);
  const names = new Set<string>(typeof state === "string" ? [state] : state);
  for (let code = 0; code < 256; code++) if (names.delete(stateName(code))) states[code] = 1;
  for (const name of names) {
    const message = `where.state: "${escapeText(name)}" is no state of an internet socket; see TcpState`;
    throw new ProcfsError({ code: "ERR_INVALID_ARG", message });
  }
  return states;
}

function numbers(wanted: number | readonly number[] | undefined): ReadonlySet<number> | undefined {
  if (wanted === undefined) return undefined;
  return new Set(typeof wanted === "number" ? [wanted] : wanted);
}

/** Whether a row with these values is wanted, its state and ports aside. */
export function wantsOwner(filter: InetFilter, uid: number, inode: number): boolean {
  return (filter.uids?.has(uid) ?? true) && (filter.inodes?.has(inode) ?? true);
}

/** Whether a row with these ports is wanted. */
export function wantsPorts(filter: InetFilter, localPort: number, remotePort: number): boolean {
  return (filter.localPorts?.has(localPort) ?? true) && (filter.remotePorts?.has(remotePort) ?? true);
}
