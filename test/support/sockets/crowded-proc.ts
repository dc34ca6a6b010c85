import type * as Fs from "node:fs";
import { tcpRow } from "./tcp-row.ts";

/*
 * A machine with very many processes, descriptors and rows, as node:fs would show its procfs, made up as it is asked for: as files
 * on a disk it would take longer to make than to read. All its calls are counted.
 */

export const CROWDED_ROOT = "/crowded";

/** How crowded it is. Each descriptor is a socket of its own, and the rows of TCP are those sockets, in the same order. */
export interface Crowd {
  readonly processes: number;
  /** Of each process. */
  readonly descriptors: number;
  /** Of the table of TCP; more than there are descriptors belong to nobody. */
  readonly rows: number;
  /** Whether it says to be the procfs of a kernel, which tells how many descriptors there are; else a captured tree. */
  readonly live: boolean;
  /** The first row is a listener, on port 80, and is this descriptor of all. */
  readonly listener?: number;
}

type Entry =
  | { readonly directory: () => Iterable<string>; readonly count: number; readonly links: number }
  | { readonly bytes: Bytes }
  | { readonly target: string };

/** The bytes from a place on, as many as a call of the kernel gives: none at the end. */
type Bytes = (from: number) => Buffer;

const FIRST_PID = 1000;
const FIRST_FD = 3;
const FIRST_INODE = 1_000_000; // so that all rows are equally long
const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const PAGE = 4096;

export class CrowdedProc {
  crowd: Crowd = { processes: 0, descriptors: 0, rows: 0, live: false };
  /** Calls, names listed and links read since {@link CrowdedProc.turn}; and rows. */
  private calls = 0;
  private rows = 0;
  /** The most of each between two turns, and how many turns there were. */
  mostCalls = 0;
  mostRows = 0;
  turns = 0;
  /** Turns since the last call. */
  idleTurns = 0;
  private readonly open = new Map<number, { readonly bytes: Bytes; at: number }>();
  private nextFd = 1 << 20;

  begin(crowd: Crowd): void {
    Object.assign(this, { crowd, calls: 0, rows: 0, mostCalls: 0, mostRows: 0, turns: 0, idleTurns: 0 });
  }

  /** The event loop turns. */
  turn(): void {
    this.mostCalls = Math.max(this.mostCalls, this.calls);
    this.mostRows = Math.max(this.mostRows, this.rows);
    this.calls = 0;
    this.rows = 0;
    this.turns++;
    this.idleTurns++;
  }

  /** node:fs with this machine below {@link CROWDED_ROOT}. */
  over(fs: typeof Fs): object {
    const isOurs = (path: unknown): path is string => `${path}`.startsWith(CROWDED_ROOT);
    const orOurs =
      (name: keyof typeof Fs, ours: (...args: never[]) => unknown) =>
      (...args: unknown[]): unknown => {
        const isMine = typeof args[0] === "number" ? this.open.has(args[0]) : isOurs(args[0]);
        return ((isMine ? ours : fs[name]) as (...args: unknown[]) => unknown)(...args);
      };
    const calls: Partial<Record<keyof typeof Fs, (...args: never[]) => unknown>> = {
      statSync: (path: string) => this.stat(this.entry(path, "stat")),
      lstatSync: (path: string) => this.stat(this.entry(path, "lstat")),
      fstatSync: () => this.stat({ bytes: () => Buffer.alloc(0) }),
      statfsSync: () => ({ type: this.crowd.live ? 0x9fa0 : 0 }),
      readlinkSync: (path: string) => this.link(path),
      readdirSync: (path: string) => this.names(path),
      opendirSync: (path: string) => this.directory(path),
      openSync: (path: string) => this.openFile(path),
      readSync: (fd: number, buffer: Uint8Array, offset: number, length: number) =>
        this.read(fd, buffer, offset, length),
      closeSync: (fd: number) => this.open.delete(fd),
      read: (
        fd: number,
        buffer: Uint8Array,
        offset: number,
        length: number,
        _at: null,
        done: (error: null, got: number) => void,
      ) => {
        setImmediate(() => {
          done(null, this.read(fd, buffer, offset, length));
        });
      },
    };
    return {
      ...fs,
      ...Object.fromEntries(Object.entries(calls).map(([name, ours]) => [name, orOurs(name as never, ours)])),
    };
  }

  private count(calls: number): void {
    this.calls += calls;
    this.idleTurns = 0;
  }

  private entry(path: string, call: string): Entry {
    this.count(1);
    const found = this.find(path.slice(CROWDED_ROOT.length).split("/").slice(1));
    if (found !== undefined) return found;
    throw Object.assign(new Error(`ENOENT: no such file or directory, ${call} '${path}'`), {
      code: "ENOENT",
      errno: -2,
      syscall: call,
    });
  }

  private find([pid = "", name, ...rest]: string[]): Entry | undefined {
    const { processes, descriptors } = this.crowd;
    if (pid === "") return { directory: () => numbers([1], FIRST_PID, processes), count: processes + 1, links: 3 };
    const at = pid === "self" ? -1 : Number(pid) - FIRST_PID;
    if (pid !== "self" && pid !== "1" && !(at >= 0 && at < processes)) return undefined;
    const fds = pid === "1" ? 0 : descriptors;
    const path = [name, ...rest].join("/");
    if (name === "fd" && rest.length > 0) return this.descriptor(at, Number(rest[0]), fds);
    switch (path) {
      case "":
        return { directory: () => ["fd", "net", "stat"], count: 3, links: 9 };
      case "stat":
        return text(`${pid} (server) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1000${" 0".repeat(30)}\n`);
      case "status":
      case `task/${pid}/status`:
        return text(
          "Name:\tserver\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t0\n",
        );
      case "task":
        return { directory: () => [pid], count: 1, links: 3 };
      case "cmdline":
        return text("server\0--flag\0");
      case "cgroup":
        return text("0::/system.slice/server.service\n");
      case "exe":
        return { target: "/usr/bin/server" };
      case "ns/net":
        return { target: "net:[4026531840]" };
      case "fd":
        return { directory: () => numbers([], FIRST_FD, fds), count: fds, links: 2 };
      case "net":
        return { directory: () => ["tcp"], count: 1, links: 2 };
      case "net/tcp":
        return { bytes: (from) => this.table(from) };
    }
    return undefined;
  }

  private descriptor(at: number, fd: number, fds: number): Entry | undefined {
    if (!(fd >= FIRST_FD && fd < FIRST_FD + fds)) return undefined;
    return { target: `socket:[${FIRST_INODE + at * fds + fd - FIRST_FD}]` };
  }

  private table(from: number): Buffer {
    if (from === 0) return Buffer.from(HEADER);
    const width = tcpRow(80, FIRST_INODE, { state: "01" }).length;
    const first = (from - HEADER.length) / width;
    const count = Math.min(Math.floor(PAGE / width), this.crowd.rows - first);
    this.rows += Math.max(0, count);
    const rows = Array.from({ length: Math.max(0, count) }, (_, at) => this.row(first + at));
    return Buffer.from(rows.join(""));
  }

  private row(at: number): string {
    const { listener } = this.crowd;
    if (listener !== undefined && at === 0) return tcpRow(80, FIRST_INODE + listener);
    return tcpRow(listener === undefined ? 80 : 81, FIRST_INODE + at, { state: "01" });
  }

  private stat(entry: Entry): object {
    const isDirectory = "directory" in entry;
    return {
      uid: 0,
      dev: 1,
      ino: 7,
      nlink: isDirectory ? entry.links : 1,
      size: isDirectory && this.crowd.live ? entry.count : 0,
      isDirectory: () => isDirectory,
      isFile: () => "bytes" in entry,
      isSymbolicLink: () => "target" in entry,
      isFIFO: () => false,
      isSocket: () => false,
    };
  }

  private link(path: string): string {
    const entry = this.entry(path, "readlink");
    if ("target" in entry) return entry.target;
    throw Object.assign(new Error("EINVAL: invalid argument, readlink"), {
      code: "EINVAL",
      errno: -22,
      syscall: "readlink",
    });
  }

  private names(path: string): string[] {
    const entry = this.entry(path, "scandir");
    if (!("directory" in entry)) throw new Error("not a directory");
    const names = [...entry.directory()];
    this.count(names.length);
    return names;
  }

  private directory(path: string): object {
    const entry = this.entry(path, "opendir");
    if (!("directory" in entry)) throw new Error("not a directory");
    const names = entry.directory()[Symbol.iterator]();
    return {
      readSync: () => {
        this.count(1);
        const { done, value } = names.next();
        return done ? null : { name: value };
      },
      closeSync: () => {},
    };
  }

  private openFile(path: string): number {
    const entry = this.entry(path, "open");
    if (!("bytes" in entry)) throw new Error("not a file");
    this.open.set(++this.nextFd, { bytes: entry.bytes, at: 0 });
    return this.nextFd;
  }

  private read(fd: number, buffer: Uint8Array, offset: number, length: number): number {
    this.count(1);
    const file = this.open.get(fd)!;
    const bytes = file.bytes(file.at);
    if (bytes.length > length) throw new Error(`no room for a page: ${length}`);
    buffer.set(bytes, offset);
    file.at += bytes.length;
    return bytes.length;
  }
}

function text(content: string): Entry {
  const bytes = Buffer.from(content);
  return { bytes: (from) => bytes.subarray(from) };
}

function* numbers(before: readonly number[], first: number, count: number): Generator<string, void, undefined> {
  for (const number of before) yield `${number}`;
  for (let at = 0; at < count; at++) yield `${first + at}`;
}

/** The one that stands in for node:fs. */
export const crowded: CrowdedProc = new CrowdedProc();
