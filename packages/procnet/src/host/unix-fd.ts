import { latin1 } from "../bytes/strings.ts";
import { readAll, readLink } from "../read/file.ts";
import { liveThread } from "./live-thread.ts";

/** The least length of a row of `unix` in front of its inode: a pointer of eight digits, and the columns. */
const ROW = 45;

/** The longest name that the kernel prints: `sun_path` of sockaddr_un, the `@` of an abstract one included. */
const LONGEST_NAME = 108;

/** A row of `unix`, as far as its length goes. */
interface NamedRow {
  readonly inode: number;
  readonly path: string | undefined;
}

/**
 * Tells which rows of `unix`, in the order of the table, may be no rows but a part of the name before them: those that
 * would fit into it. All others are surely the kernel's.
 *
 * For the command `procnet`: it may change with any release.
 *
 * @example
 * ```ts
 * import { each, NamesBefore } from "procnet";
 * import { unix } from "procnet/tables";
 * const names = new NamesBefore();
 * for (const row of each(unix)) console.log(row.path, names.mayHold(row));
 * ```
 */
export class NamesBefore {
  /** How many bytes more the last name may have. */
  private room = 0;

  /** Whether what follows a row may belong to its name. Rows are asked in their order. */
  mayHold({ inode, path }: NamedRow): boolean {
    // A name has no fewer bytes than characters.
    this.room -= 1 + ROW + String(inode).length + (path === undefined ? 0 : 1 + path.length);
    const holds = this.room >= 0;
    if (path !== undefined) this.room = LONGEST_NAME - path.length;
    return holds;
  }
}

/**
 * Whether a descriptor is a unix socket: since Linux 5.6 their `fdinfo`, and no other, has a line `scm_fds`. So `false` means
 * nothing where no descriptor is known to have it. `undefined` when it cannot be told, or is not that socket any more.
 *
 * For the command `procnet`: it may change with any release.
 *
 * @example
 * ```ts
 * import { isUnixFd } from "procnet";
 * isUnixFd("/proc/self", 3, 4026); // whether descriptor 3 is the unix socket with that inode
 * ```
 */
export function isUnixFd(directory: string, fd: number, inode: number): boolean | undefined {
  for (const place of placesOf(directory)) {
    try {
      const text = textOf(`${place}/fdinfo/${fd}`);
      const [, own] = /^ino:\t(\d+)$/m.exec(text) ?? [];
      if (own !== undefined && Number(own) !== inode) return undefined;
      if (/^scm_fds: \d+$/m.test(text)) return true;
      return readLink(`${place}/fd/${fd}`) === `socket:[${inode}]` ? false : undefined;
    } catch {
      // Closed meanwhile, or a copy that has no such file.
    }
  }
  return undefined;
}

/** A descriptor that would be a unix socket by the row that has its inode. */
export interface HeldByRow {
  /** Number of the inode in the row of `unix`. */
  readonly inode: number;
  /** The directory of the process in procfs, and its descriptor. */
  readonly directory: string;
  /** The descriptor whose link has that number. */
  readonly fd: number;
  /** Whether the row may be no row at all: see {@link NamesBefore}. Others are looked at as witnesses only. */
  readonly mayBeName: boolean;
}

/**
 * The inodes of those that are another kind of socket: their rows are forged. None where this kernel tells the kind of no
 * descriptor, as older ones do.
 *
 * For the command `procnet`: it may change with any release.
 *
 * @example
 * ```ts
 * import { otherKinds } from "procnet";
 * otherKinds([{ inode: 4026, directory: "/proc/self", fd: 3, mayBeName: true }]); // empty where that is a unix socket
 * ```
 */
export function otherKinds(held: Iterable<HeldByRow>): Set<number> {
  const others = new Set<number>();
  let tells = false;
  for (const { inode, directory, fd, mayBeName } of held) {
    if (tells && !mayBeName) continue;
    const isUnix = isUnixFd(directory, fd, inode);
    tells ||= isUnix === true;
    if (isUnix === false) others.add(inode);
  }
  return tells ? others : new Set();
}

/** A process's own files, and those of another thread if its main one has ended. */
function* placesOf(directory: string): Generator<string> {
  yield directory;
  const other = liveThread(directory);
  if (other !== directory) yield other;
}

function textOf(path: string): string {
  const bytes = readAll(path);
  return latin1(bytes, 0, bytes.length);
}
