import {
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { isSystemError, refusal } from "../read/failure.ts";
import { fsPath } from "../read/fs-path.ts";
import { isClosedToOthers, isOwn, type Place, placeOf, refused, WRITING } from "./place.ts";

/** What a capture is called until it is whole. */
const UNFINISHED = ".procnet-capture-";

/**
 * A directory that a capture is written into. Names are relative to it.
 *
 * A new one is made under another name beside it, which nobody else may enter, and gets its own when it is whole. One that is
 * there must be empty and such that nobody else can put anything into it. Nothing is given to other users before the end.
 */
export class CaptureTree {
  /** Regular files written. */
  files = 0;
  private readonly target: string;
  private readonly above: Place;
  private readonly name: string;
  /** The name that it has until it is whole; absent for a directory that was there. */
  private readonly unfinished: string | undefined;
  private readonly root: Place;
  private readonly owners: { readonly name: string; readonly uid: number; readonly gid: number }[] = [];

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for a place that is not empty, or in which others could interfere */
  constructor(target: string) {
    this.target = target;
    ({ above: this.above, name: this.name } = placeOf(target));
    try {
      const path = `${this.above.path}/${this.name}`;
      const there = this.attempt(target, () => lstatSync(path, { throwIfNoEntry: false }));
      if (there !== undefined && !there.isDirectory()) {
        const kind = there.isSymbolicLink() ? "a link: name the directory itself" : "no directory";
        throw refused(`${escapeHidden(target)} is ${kind}`, target);
      }
      this.unfinished = there === undefined ? this.attempt(target, () => unfinishedIn(this.above)) : undefined;
      this.root = this.attempt(target, () => this.above.open(this.unfinished ?? this.name, constants.O_RDONLY));
    } catch (error) {
      this.forgetUnfinished();
      this.above.close();
      throw error;
    }
    try {
      this.check();
    } catch (error) {
      this.forgetUnfinished();
      this.close();
      throw error;
    }
  }

  /** Makes a directory, which may stay empty. */
  directory(name: string): void {
    this.attempt(this.called(name), () => this.makeDirectory(name));
  }

  write(name: string, bytes: Uint8Array): void {
    this.attempt(this.called(name), () => {
      this.makeDirectory(dirname(name));
      writeFileSync(this.path(name), bytes, { flag: "wx", mode: 0o644 });
    });
    this.files++;
  }

  /** Writes a link, which need not lead anywhere. `target` has one character for each byte. */
  link(name: string, target: string): void {
    this.attempt(this.called(name), () => {
      this.makeDirectory(dirname(name));
      symlinkSync(Buffer.from(target, "latin1"), this.path(name));
    });
  }

  /** Says which user a directory will belong to, as far as this process may give it away. */
  own(name: string, uid: number, gid: number): void {
    this.owners.push({ name, uid, gid });
  }

  remove(name: string): void {
    this.attempt(this.called(name), () => rmSync(this.path(name), { recursive: true, force: true }));
  }

  /** Gives away what belongs to others, and the whole its name. */
  finish(): void {
    for (const { name, uid, gid } of this.owners) this.attempt(this.called(name), () => this.give(name, uid, gid));
    if (this.unfinished !== undefined) this.attempt(this.target, () => this.rename());
    this.close();
  }

  /** Removes what was written. */
  abandon(): void {
    try {
      for (const name of readdirSync(this.root.path)) {
        rmSync(`${this.root.path}/${name}`, { recursive: true, force: true });
      }
      this.forgetUnfinished();
    } catch (error) {
      if (!isSystemError(error)) throw error; // why it was given up is what matters
    } finally {
      this.close();
    }
  }

  /** The name that it had; the directory itself is empty. */
  private forgetUnfinished(): void {
    try {
      if (this.unfinished !== undefined) rmdirSync(`${this.above.path}/${this.unfinished}`);
    } catch (error) {
      if (!isSystemError(error)) throw error; // why it was given up is what matters
    }
  }

  private check(): void {
    const { root, target } = this;
    const called = escapeHidden(target);
    const stat = fstatSync(root.fd);
    const help = "name one that does not exist yet";
    if (!isOwn(stat))
      throw refused(`${called} belongs to user ${stat.uid}, who could change it meanwhile: ${help}`, target);
    if (!isClosedToOthers(stat))
      throw refused(`others may write into ${called}: ${help}, or take that right away`, target);
    if (this.attempt(target, () => readdirSync(root.path)).length > 0) {
      throw refused(`${called} is not empty: a capture is written into a new or empty directory`, target);
    }
    // Others may not look: a capture holds what only root can read.
    this.attempt(target, () => fchmodSync(root.fd, 0o700));
  }

  private give(name: string, uid: number, gid: number): void {
    const directory = this.root.open(name, constants.O_RDONLY);
    try {
      fchmodSync(directory.fd, 0o755);
      fchownSync(directory.fd, uid, gid);
    } catch (error) {
      if (!isSystemError(error)) throw error; // only root may give something away
    } finally {
      directory.close();
    }
  }

  private rename(): void {
    const path = `${this.above.path}/${this.name}`;
    const isThere = (): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    if (isThere()) throw refused(`${escapeHidden(this.target)} was made by somebody else meanwhile`, this.target);
    renameSync(`${this.above.path}/${this.unfinished}`, path);
    const { dev, ino } = fstatSync(this.root.fd);
    const now = lstatSync(path);
    if (now.dev === dev && now.ino === ino) return;
    throw refused(`${escapeHidden(this.target)} was replaced by somebody else: it is no capture`, this.target);
  }

  /** In a directory that nobody else can enter, none but this process makes or changes anything. */
  private makeDirectory(name: string): void {
    try {
      mkdirSync(this.path(name), 0o755);
    } catch (error) {
      if (!isSystemError(error) || (error.code !== "EEXIST" && error.code !== "ENOENT")) throw error;
      if (error.code === "EEXIST") return;
      const above = dirname(name);
      if (above === name) throw error;
      this.makeDirectory(above);
      mkdirSync(this.path(name), 0o755);
    }
  }

  private path(name: string): string | Buffer {
    return fsPath(`${this.root.path}/${name}`);
  }

  private called(name: string): string {
    return `${this.target}/${name}`;
  }

  private close(): void {
    this.root.close();
    this.above.close();
  }

  private attempt<Value>(path: string, act: () => Value): Value {
    try {
      return act();
    } catch (error) {
      throw refusal(error, path, WRITING);
    }
  }
}

function unfinishedIn(above: Place): string {
  return basename(mkdtempSync(`${above.path}/${UNFINISHED}`));
}
