import { optionNames } from "../../../check-options.ts";
import { TcpState } from "../../../codes/tcp-state.ts";
import { checkConditions, listOf, numberSet } from "../../../option-values.ts";
import { type InetWhere, isStateName, stateName } from "./inet-row.ts";

/** The names of the conditions of {@link InetWhere}. */
export const INET_CONDITIONS: readonly string[] = optionNames<InetWhere>({
  state: true,
  localPort: true,
  remotePort: true,
  uid: true,
  inode: true,
});

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
  checkConditions(where, INET_CONDITIONS);
  const states = wantedStates(where.state);
  return {
    states,
    stateNames: new Set(
      Array.from(states.keys())
        .filter((code) => states[code] === 1)
        .map(stateName),
    ),
    localPorts: numberSet("where.localPort", where.localPort, 0xffff),
    remotePorts: numberSet("where.remotePort", where.remotePort, 0xffff),
    uids: numberSet("where.uid", where.uid, 0xffffffff),
    inodes: numberSet("where.inode", where.inode),
    listenOnly: states[TcpState.LISTEN] === 1 && states.reduce((sum, wanted) => sum + wanted, 0) === 1,
  };
}

function wantedStates(state: InetWhere["state"]): Uint8Array {
  const states = new Uint8Array(256);
  if (state === undefined) return states.fill(1);
  for (const name of listOf("where.state", state, isStateName, "names of TcpState")!) {
    for (let code = 0; code < 256; code++) if (stateName(code) === name) states[code] = 1;
  }
  return states;
}

/** Whether a row with these values is wanted, its state and ports aside. */
export function wantsOwner(filter: InetFilter, uid: number, inode: number): boolean {
  return (filter.uids?.has(uid) ?? true) && (filter.inodes?.has(inode) ?? true);
}

/** Whether a row with these ports is wanted. */
export function wantsPorts(filter: InetFilter, localPort: number, remotePort: number): boolean {
  return (filter.localPorts?.has(localPort) ?? true) && (filter.remotePorts?.has(remotePort) ?? true);
}
