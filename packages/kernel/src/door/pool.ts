import { read, readv, write } from "node:fs";
import type { KernelDoor } from "./door.ts";

/** What a call gave, or the negative number of its error, which some runtimes give as a positive one. */
function settle(resolve: (outcome: number) => void): (error: NodeJS.ErrnoException | null, count: number) => void {
  return (error, count) => resolve(error === null ? count : -Math.abs(error.errno ?? EIO));
}

const EIO = 5;

/** read(2) and write(2) by the threads in which the runtime reads files: a descriptor is all that these ask for. */
export const FILE_CALLS: Pick<KernelDoor, "readApart" | "readManyApart" | "writeApart"> = {
  readApart: (fd, into) => new Promise((resolve) => read(fd, into, 0, into.length, null, settle(resolve))),
  readManyApart: (fd, into) => new Promise((resolve) => readv(fd, into, null, settle(resolve))),
  writeApart: (fd, bytes) => new Promise((resolve) => write(fd, bytes, 0, bytes.length, null, settle(resolve))),
};
