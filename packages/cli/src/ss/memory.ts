import type { SkMemInfo } from "procnet";
import type { View } from "./view.ts";

/** ` skmem:(r0,rb131072,t0,tb87040,f0,w0,o0,bl0,d0)` */
export function memoryOf(memory: SkMemInfo | undefined, { notes }: Pick<View, "notes">): string {
  if (memory === undefined) {
    notes.lacks("memory");
    return "";
  }
  const { rmem_alloc, rcvbuf, wmem_alloc, sndbuf, fwd_alloc, wmem_queued, optmem, backlog, drops } = memory;
  const most = `r${rmem_alloc},rb${rcvbuf},t${wmem_alloc},tb${sndbuf},f${fwd_alloc},w${wmem_queued},o${optmem}`;
  return ` skmem:(${most},bl${backlog}${drops === undefined ? "" : `,d${drops}`})`;
}
