import type { Socket } from "procnet";
import type { Names } from "../names/names.ts";
import type { Closing } from "./closing.ts";
import type { Columns } from "./columns.ts";
import type { Switch } from "./flags.ts";
import type { Notes } from "./notes.ts";
import type { Selection } from "./selection.ts";

/** What the lists of all kinds of sockets need to know. */
export interface View {
  readonly on: ReadonlySet<Switch>;
  readonly selection: Selection;
  readonly columns: Columns;
  readonly names: Names;
  /** Who holds the socket with this inode: `users:(("sshd",pid=7,fd=3))`; `undefined` where nobody is known. */
  readonly users: (inode: number) => string | undefined;
  /** Name of an interface. */
  readonly device: (index: number) => string;
  /** Path of a control group. */
  readonly cgroup: (id: number) => string;
  /** Whether a socket passes the conditions; absent where there are none. */
  readonly passes: ((socket: Socket) => boolean) | undefined;
  /** Closes a socket and tells whether it is closed now, of which only such are shown; absent where none is to be closed. */
  readonly closes: Closing["closes"] | undefined;
  readonly notes: Notes;
}

/** The owners, where they are asked for and known. */
export function usersOf(inode: number, { users }: View): string {
  const found = inode === 0 ? undefined : users(inode);
  return found === undefined ? "" : ` ${found}`;
}
