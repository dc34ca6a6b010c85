import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { Btf, BtfError } from "./btf.ts";
import { inTurns } from "./turns.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

/** Reads between two pauses: sysfs gives a page each time, whatever there is room for. */
const READS = 64;

/** Where in the kernel's structures lies what is read of a process and its files. */
export interface Offsets {
  readonly tgid: number;
  readonly leader: number;
  readonly files: number;
  readonly start: number;
  readonly comm: number;
  readonly execs: number;
  readonly cred: number;
  readonly euid: number;
  readonly cgroups: number;
  readonly group: number;
  readonly node: number;
  readonly nodeId: number;
  readonly inode: number;
  readonly mode: number;
  readonly number: number;
  /** Number of the type of the iterator's function, to which the program is attached. */
  readonly attachTo: number;
}

const ITERATOR = "bpf_iter_task_file";
const NAMES = ["task_struct", "cred", "css_set", "cgroup", "kernfs_node", "file", "inode", ITERATOR];

let known: Promise<Offsets> | undefined;

/**
 * Those of the kernel that runs, read once. Its description is some megabytes: the event loop goes on meanwhile.
 *
 * @throws BtfError where this kernel lacks one of them, or the system's own error where it does not describe its types
 */
export function offsetsHere(): Promise<Offsets> {
  known ??= inTurns(readOffsets()).catch((error: unknown) => {
    known = undefined; // there may have been no descriptor left for it
    throw error;
  });
  return known;
}

function* readOffsets(): Generator<undefined, Offsets, undefined> {
  return offsetsIn(yield* Btf.read(yield* bytesOf(VMLINUX), NAMES));
}

/** Of a file that is as long as it says. */
function* bytesOf(path: string): Generator<undefined, Uint8Array, undefined> {
  const fd = openSync(path, "r");
  try {
    const bytes = new Uint8Array(fstatSync(fd).size);
    for (let at = 0, reads = 1; at < bytes.length; reads++) {
      const length = readSync(fd, bytes, at, bytes.length - at, at);
      if (length === 0) throw new BtfError("BTF: it is shorter than it says");
      at += length;
      if (reads % READS === 0) yield;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

/** `start_boottime` is there since Linux 5.5, the iterator since 5.8. */
function offsetsIn(btf: Btf): Offsets {
  return {
    tgid: btf.offset("task_struct", "tgid"),
    leader: btf.offset("task_struct", "group_leader"),
    files: btf.offset("task_struct", "files"),
    start: btf.offset("task_struct", "start_boottime"),
    comm: btf.offset("task_struct", "comm"),
    execs: btf.offset("task_struct", "self_exec_id"),
    cred: btf.offset("task_struct", "real_cred"),
    euid: btf.offset("cred", "euid"),
    cgroups: btf.offset("task_struct", "cgroups"),
    group: btf.offset("css_set", "dfl_cgrp"),
    node: btf.offset("cgroup", "kn"),
    nodeId: btf.offset("kernfs_node", "id"),
    inode: btf.offset("file", "f_inode"),
    mode: btf.offset("inode", "i_mode"),
    number: btf.offset("inode", "i_ino"),
    attachTo: btf.id("func", ITERATOR),
  };
}
