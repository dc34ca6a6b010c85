import { eachAttribute } from "./attributes.ts";
import { type KernelBytes, text } from "./bytes.ts";
import { HEADER, NLM_F_ACK_TLVS, NLM_F_CAPPED } from "./constants.ts";

/** Names of the errors that netlink and BPF give, include/uapi/asm-generic/errno.h. */
const NAMES: ReadonlyMap<number, string> = new Map([
  ...([
    [1, "EPERM"],
    [2, "ENOENT"],
    [3, "ESRCH"],
    [4, "EINTR"],
    [5, "EIO"],
    [7, "E2BIG"],
    [9, "EBADF"],
  ] as const),
  ...([
    [11, "EAGAIN"],
    [12, "ENOMEM"],
    [13, "EACCES"],
    [14, "EFAULT"],
    [16, "EBUSY"],
    [17, "EEXIST"],
  ] as const),
  ...([
    [19, "ENODEV"],
    [20, "ENOTDIR"],
    [22, "EINVAL"],
    [23, "ENFILE"],
    [24, "EMFILE"],
    [28, "ENOSPC"],
  ] as const),
  ...([
    [34, "ERANGE"],
    [38, "ENOSYS"],
    [61, "ENODATA"],
    [90, "EMSGSIZE"],
    [91, "EPROTOTYPE"],
  ] as const),
  ...([
    [92, "ENOPROTOOPT"],
    [93, "EPROTONOSUPPORT"],
    [94, "ESOCKTNOSUPPORT"],
    [95, "EOPNOTSUPP"],
  ] as const),
  ...([
    [97, "EAFNOSUPPORT"],
    [99, "EADDRNOTAVAIL"],
    [105, "ENOBUFS"],
    [116, "ESTALE"],
    [524, "ENOTSUPP"],
  ] as const),
]);

/** `EPERM` for 1; `errno 999` for one without a name here. */
export function errnoName(errno: number): string {
  return NAMES.get(errno) ?? `errno ${errno}`;
}

/** What the kernel, or the call that asks it, said no to. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  /** `EPERM`, `ENOENT`, ... */
  readonly code: string;
  /** Number of the error. */
  readonly errno: number;

  /**
   * @param doing what was being done: `socket(AF_NETLINK)`, `sock_diag dump of tcp`
   * @param said what the kernel said besides the number
   */
  constructor(doing: string, errno: number, said?: string) {
    const code = errnoName(errno);
    super(`${doing}: ${said === undefined ? code : `${said} (${code})`}`);
    this.code = code;
    this.errno = errno;
  }
}

/** Attributes of an error: what it is in words, and by which byte of the request it came. */
const NLMSGERR_ATTR_MSG = 1;
const NLMSGERR_ATTR_OFFS = 2;

/** What an error message says; `errno` 0 is an acknowledgement. */
export interface NetlinkError {
  readonly errno: number;
  readonly said: string | undefined;
  readonly offset: number | undefined;
}

/** Reads `struct nlmsgerr`, and the kernel's own words where it has some (NETLINK_EXT_ACK, since Linux 4.12). */
export function netlinkError(of: KernelBytes, flags: number, from: number, to: number): NetlinkError {
  const { view, littleEndian } = of;
  const errno = to - from < 4 ? 5 : -view.getInt32(from, littleEndian);
  let said: string | undefined;
  let offset: number | undefined;
  if ((flags & NLM_F_ACK_TLVS) !== 0 && to - from >= 4 + HEADER) {
    const asked = (flags & NLM_F_CAPPED) === 0 ? view.getUint32(from + 4, littleEndian) : HEADER;
    eachAttribute(of, from + 4 + Math.max(HEADER, (asked + 3) & ~3), to, (type, start, end) => {
      if (type === NLMSGERR_ATTR_MSG) said = text(of, start, end);
      else if (type === NLMSGERR_ATTR_OFFS && end - start >= 4) offset = view.getUint32(start, littleEndian);
    });
  }
  return { errno, said, offset };
}
