import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ProcfsError } from "../errors.ts";
import { escapeText } from "../text/escape.ts";
import { failure, isSystemError } from "./failure.ts";

/** A directory that a capture is written into. Names are relative to it. */
export class CaptureTree {
  /** Regular files written. */
  files = 0;
  private readonly root: string;

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for a directory with something in it */
  constructor(root: string) {
    this.root = root;
    // Others may not look: a capture holds what only root can read.
    this.attempt(root, () => makeDirectory(root, 0o700));
    const entries = this.attempt(root, () => readdirSync(root));
    if (entries.length === 0) return;
    const message = `${escapeText(root)} is not empty: a capture is written into a new or empty directory`;
    throw new ProcfsError({ code: "ERR_INVALID_ARG", message, path: root });
  }

  /** Makes a directory, which may stay empty. */
  directory(name: string): void {
    const path = `${this.root}/${name}`;
    this.attempt(path, () => makeDirectory(path));
  }

  write(name: string, bytes: Uint8Array): void {
    const path = `${this.root}/${name}`;
    this.attempt(path, () => {
      makeDirectory(dirname(path));
      writeFileSync(path, bytes, { flag: "wx" });
    });
    this.files++;
  }

  /** Writes a link, which need not lead anywhere. `target` has one character for each byte. */
  link(name: string, target: string): void {
    const path = `${this.root}/${name}`;
    this.attempt(path, () => {
      makeDirectory(dirname(path));
      symlinkSync(Buffer.from(target, "latin1"), path);
    });
  }

  /** Gives a directory to the user that a process belongs to, as far as this process may. */
  own(name: string, uid: number, gid: number): void {
    const path = `${this.root}/${name}`;
    try {
      chmodSync(path, 0o755);
      chownSync(path, uid, gid);
    } catch (error) {
      if (!isSystemError(error)) throw error; // only root may give something away
    }
  }

  remove(name: string): void {
    const path = `${this.root}/${name}`;
    this.attempt(path, () => rmSync(path, { recursive: true, force: true }));
  }

  private attempt<Value>(path: string, act: () => Value): Value {
    try {
      return act();
    } catch (error) {
      throw failure(error, path, { action: "write", right: "the right to write there" });
    }
  }
}

/** Makes a directory and those above it. Node's own way to do so never ends where the system denies it as procfs does. */
function makeDirectory(path: string, mode?: number): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") return;
    const above = dirname(path);
    if (!isSystemError(error) || error.code !== "ENOENT" || existsSync(above)) throw error;
    makeDirectory(above, mode);
    mkdirSync(path, mode);
  }
}
