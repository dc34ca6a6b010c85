import { readFileSync } from "node:fs";
import { endianness } from "node:os";

/** `AT_PAGESZ` of include/uapi/linux/auxvec.h. */
const PAGE_SIZE = 6n;

/** Words of a process of 32 bits; all other machines that Node runs on have 64. */
const NARROW: ReadonlySet<string> = new Set(["arm", "ia32", "mips", "mipsel", "ppc", "s390"]);

/**
 * Bytes of a page of memory, from what the kernel told this process when it began: pairs of words in `/proc/self/auxv`. `undefined` where
 * procfs does not know this process, as in a captured tree: its machine may have others.
 */
export function pageSize(root: string): number | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(`${root}/self/auxv`);
  } catch {
    return undefined;
  }
  const width = NARROW.has(process.arch) ? 4 : 8;
  for (let at = 0; at + 2 * width <= bytes.length; at += 2 * width) {
    if (wordAt(bytes, at, width) === PAGE_SIZE) return Number(wordAt(bytes, at + width, width));
  }
  return undefined;
}

function wordAt(bytes: Buffer, at: number, width: number): bigint {
  const isLittle = endianness() === "LE";
  if (width === 4) return BigInt(isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  return isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
}
