import { OWNER_MARK, OWNER_RECORD as RECORD } from "procnet";
import { Assembler, type Width } from "./assembler.ts";
import type { Offsets } from "./offsets.ts";

/*
 * A program for the iterator `task_file` (kernel/bpf/task_iter.c): the kernel calls it with each open file of each process, and it writes
 * a record of those that are sockets. It reads, and writes nothing but its own output.
 */

/** Fields of `struct bpf_iter__task_file`, which are the same everywhere. */
const CONTEXT = { meta: 0, task: 8, fd: 16, file: 24 } as const;

/** Of a mode, what kind of file it is, and that it is a socket. */
const S_IFMT = 0xf000;
const S_IFSOCK = 0xc000;

const SEQ_WRITE = 127;

/** Bytes of `comm`, with its NUL. */
const COMM = 16;

/** The program, for a kernel in which these fields lie there. No helper that reads memory is called: lockdown may forbid those. */
export function ownersProgram(at: Offsets): Uint8Array {
  const record = (place: number): number => place - RECORD.length;
  const program = new Assembler()
    .move(6, 1)
    .load(8, 7, 6, CONTEXT.file)
    .leaveIfEqual(7, 0)
    .load(8, 8, 6, CONTEXT.task)
    .leaveIfEqual(8, 0)
    // A thread with the descriptors of its process: Linux 5.8 and 5.9 tell them once for each. Those of the first thread are not its own.
    .load(8, 9, 8, at.leader)
    .skipIfSame(8, 9, 3)
    .load(8, 2, 8, at.files)
    .load(8, 3, 9, at.files)
    .leaveIfSame(2, 3)
    .load(8, 2, 7, at.inode)
    .load(2, 3, 2, at.mode)
    .and(3, S_IFMT)
    .leaveUnlessEqual(3, S_IFSOCK)
    .load(8, 4, 2, at.number)
    .store(8, 10, record(RECORD.inode), 4)
    .set(4, OWNER_MARK)
    .store(4, 10, record(RECORD.mark), 4)
    .load(4, 4, 8, at.tgid)
    .store(4, 10, record(RECORD.pid), 4)
    .load(4, 4, 6, CONTEXT.fd)
    .store(4, 10, record(RECORD.fd), 4)
    // A process is what its first thread is: when it began, what it executes, whose it is.
    .load(8, 4, 9, at.start)
    .store(8, 10, record(RECORD.start), 4)
    .load(8, 4, 9, at.execs)
    .store(8, 10, record(RECORD.execs), 4)
    .load(8, 4, 9, at.cred)
    .load(4, 4, 4, at.euid)
    .store(4, 10, record(RECORD.uid), 4)
    .load(8, 4, 8, at.cgroups)
    .load(8, 4, 4, at.group)
    .load(8, 4, 4, at.node)
    .load(8, 4, 4, at.nodeId)
    .store(8, 10, record(RECORD.cgroup), 4);
  const width = widthAt(at.comm);
  for (let byte = 0; byte < COMM; byte += width)
    program.load(width, 4, 9, at.comm + byte).store(width, 10, record(RECORD.comm + byte), 4);
  return program
    .load(8, 1, 6, CONTEXT.meta)
    .load(8, 1, 1, 0)
    .move(2, 10)
    .addTo(2, -RECORD.length)
    .set(3, RECORD.length)
    .call(SEQ_WRITE)
    .program();
}

/** As much as can be read at once of what lies there: some processors read only what is aligned. */
function widthAt(offset: number): Width {
  if (offset % 8 === 0) return 8;
  return offset % 4 === 0 ? 4 : 1;
}
