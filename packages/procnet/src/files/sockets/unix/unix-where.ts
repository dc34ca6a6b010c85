import { optionNames } from "../../../check-options.ts";
import { isName, nameOf } from "../../../codes/two-way.ts";
import { SocketType, UnixFlags, UnixState } from "../../../codes/unix.ts";
import { checkConditions, listOf, numberSet, wrongValue } from "../../../option-values.ts";
import type { UnixColumns } from "./unix-columns.ts";

/** Which rows of `/proc/net/unix` are wanted. */
export interface UnixWhere {
  /** Only sockets in this state, or in one of these. */
  readonly state?: UnixState | readonly UnixState[];
  /** Only sockets of this type, or of one of these. */
  readonly type?: SocketType | readonly SocketType[];
  /** Only sockets that listen, or only those that do not. */
  readonly listening?: boolean;
  /** Only this inode, or one of these. */
  readonly inode?: number | readonly number[] | ReadonlySet<number>;
}

/** The names of the conditions of {@link UnixWhere}. */
export const UNIX_CONDITIONS: readonly string[] = optionNames<UnixWhere>({
  state: true,
  type: true,
  listening: true,
  inode: true,
});

/** A {@link UnixWhere} ready to be asked once a row; `undefined` when everything is wanted. */
export type UnixFilter = ((columns: UnixColumns) => boolean) | undefined;

/** Compiles a filter. */
export function unixFilter(where: UnixWhere | undefined): UnixFilter {
  if (where === undefined) return undefined;
  checkConditions(where, UNIX_CONDITIONS);
  const { listening } = where;
  if (listening !== undefined && typeof listening !== "boolean") {
    throw wrongValue("where.listening", "true or false", listening);
  }
  const states = listOf("where.state", where.state, isState, "names of UnixState");
  const types = listOf("where.type", where.type, isType, "names of SocketType");
  const inodes = numberSet("where.inode", where.inode);
  return (columns) =>
    (listening === undefined || listening === ((columns.flags & UnixFlags.ACCEPTCON) !== 0)) &&
    (inodes === undefined || inodes.has(columns.inode)) &&
    (states === undefined || states.includes(nameOf(UnixState, columns.state))) &&
    (types === undefined || types.includes(nameOf(SocketType, columns.type)));
}

function isState(value: unknown): value is UnixState {
  return isName(UnixState, value, 0xff);
}

function isType(value: unknown): value is SocketType {
  return isName(SocketType, value, 0xffff);
}
