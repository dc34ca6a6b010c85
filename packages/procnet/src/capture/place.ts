import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, parse, resolve, sep } from "node:path";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { ProcfsError } from "../errors.ts";
import { MACHINE_ROOT } from "../read/context.ts";
import { type FailureContext, isSystemError, refusal } from "../read/failure.ts";

/*
 * Where a capture goes. It is often written by root, into places that other users may change meanwhile: /tmp, or their home.
 * A path that is followed twice need not lead to the same place twice, so that a directory is opened once and what is in it
 * is then reached through its descriptor: `<procfs>/self/fd/7/name` is to Linux what `openat` is in C, which Node lacks.
 */

/** A descriptor that stands for a place and needs no right to read it (fcntl.h of Linux, all but three old architectures). */
const O_PATH = 0o10000000;
const DIRECTORY: number = /* @__PURE__ */ directoryFlags();

function directoryFlags(): number {
  return (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);
}
const STICKY = 0o1000;
const WRITE_OTHERS = 0o002;
const WRITE_GROUP = 0o020;

/** As many links as Linux follows in a path: MAXSYMLINKS, include/linux/namei.h. */
const MOST_LINKS = 40;

/** What is said when the system refuses. */
export const WRITING: FailureContext = { action: "write", right: "the right to write there" };

/** A directory held by its descriptor. */
export class Place {
  /** What people call it. */
  readonly name: string;
  readonly fd: number;
  /** A path that leads to this directory and no other, wherever it is moved to. */
  readonly path: string;

  constructor(name: string, fd: number) {
    this.name = name;
    this.fd = fd;
    const anchor = `${MACHINE_ROOT}/self/fd/${fd}`;
    this.path = leadsTo(anchor, fstatSync(fd)) ? anchor : name;
  }

  /** Whether {@link Place.path} leads here whatever others do. */
  get isAnchored(): boolean {
    return this.path !== this.name;
  }

  /** The path of what is in it, as people write it. */
  called(name: string): string {
    return this.name.endsWith(sep) ? this.name + name : `${this.name}/${name}`;
  }

  /** Opens a directory in it, and no link. */
  open(name: string, flags: number): Place {
    return new Place(this.called(name), openSync(`${this.path}/${name}`, flags | DIRECTORY));
  }

  close(): void {
    closeSync(this.fd);
  }
}

function leadsTo(path: string, { dev, ino }: Stats): boolean {
  try {
    const found = statSync(path);
    return found.dev === dev && found.ino === ino;
  } catch {
    return false; // no procfs here, or another system
  }
}

/**
 * The directory that holds `target`, made with those above it where it is not there, and the target's name in it. Links on
 * the way are followed where root or the caller made them: another user's could lead anywhere, and elsewhere each time.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for such a link, and for a directory in which anybody may replace anything
 */
export function placeOf(target: string): { above: Place; name: string } {
  const path = resolve(target);
  const name = basename(path);
  if (name === "") throw refused(`${escapeHidden(target)} cannot be the directory of a capture`, target);
  const above = walk(dirname(path));
  try {
    checkWritable(above);
    return { above, name };
  } catch (error) {
    above.close();
    throw error;
  }
}

function walk(path: string): Place {
  const names = parts(path);
  let place = top(path);
  let links = 0;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    let next: Place | undefined;
    try {
      const link = linkIn(place, name);
      if (link === undefined) next = step(place, name);
      else {
        if (++links > MOST_LINKS) throw refused(`there are too many links in ${escapeHidden(path)}`, path);
        names.unshift(...parts(link));
        next = link.startsWith("/") ? top(link) : place;
      }
    } catch (error) {
      throw refusal(error, place.called(name), WRITING);
    } finally {
      if (next !== place) place.close();
    }
    place = next;
  }
  return place;
}

function parts(path: string): string[] {
  return path
    .slice(parse(path).root.length)
    .split(sep)
    .filter((part) => part !== "" && part !== ".");
}

function top(path: string): Place {
  const { root } = parse(path);
  return new Place(root, openSync(root, walking()));
}

function walking(): number {
  return process.platform === "linux" || process.platform === "android" ? O_PATH : constants.O_RDONLY;
}

function step(place: Place, name: string): Place {
  try {
    return place.open(name, walking());
  } catch (error) {
    if (!isSystemError(error) || error.code !== "ENOENT") throw error;
    mkdirSync(`${place.path}/${name}`, 0o700);
    return place.open(name, walking());
  }
}

/** The text of a link in a directory; `undefined` for anything else. */
function linkIn(place: Place, name: string): string | undefined {
  const path = `${place.path}/${name}`;
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (!before?.isSymbolicLink()) return undefined;
  const link = readlinkSync(path);
  const after = lstatSync(path, { throwIfNoEntry: false });
  const isTrusted = isOwn(before) || before.uid === 0;
  if (isTrusted && after?.ino === before.ino && after.uid === before.uid) return link;
  const called = escapeHidden(place.called(name));
  throw refused(
    `${called} is a link of user ${before.uid}, who could let it lead elsewhere meanwhile: name the directory itself`,
    place.called(name),
  );
}

/** Whether somebody else could put a directory of theirs in place of a finished capture. */
function checkWritable(above: Place): void {
  const stat = fstatSync(above.fd);
  const called = escapeHidden(above.name);
  if ((stat.mode & WRITE_OTHERS) !== 0 && (stat.mode & STICKY) === 0 && hasUsers()) {
    const help = `choose another directory, or set its sticky bit (chmod +t ${called})`;
    throw refused(`everybody may replace what is in ${called}, so a capture is not safe there: ${help}`, above.name);
  }
  if (above.isAnchored || !hasUsers()) return;
  // Without procfs every path is followed anew: then nobody else may change one.
  for (let path = above.name; ; path = dirname(path)) {
    const { uid, mode } = statSync(path);
    const isShared = (mode & (WRITE_OTHERS | WRITE_GROUP)) !== 0 && (mode & STICKY) === 0;
    if ((uid !== 0 && uid !== ownUid()) || isShared) {
      const help = "without procfs a capture is written only below directories of root and your own";
      throw refused(`others may change ${escapeHidden(path)}: ${help}`, path);
    }
    if (path === dirname(path)) return;
  }
}

/** Windows has no user ids. */
function hasUsers(): boolean {
  return process.geteuid !== undefined;
}

function ownUid(): number | undefined {
  return process.geteuid?.();
}

export function isOwn({ uid }: Stats): boolean {
  return !hasUsers() || uid === ownUid();
}

/** Whether nobody but its owner may put anything into a directory. */
export function isClosedToOthers({ mode }: Stats): boolean {
  return !hasUsers() || (mode & (WRITE_OTHERS | WRITE_GROUP)) === 0;
}

export function refused(message: string, path: string): ProcfsError {
  return new ProcfsError({ code: "ERR_INVALID_ARG", message, path });
}
