import { COLON } from "../bytes/ascii.ts";
import { decimalSpan } from "../bytes/decimal.ts";
import { copied, isUtf8, utf8 } from "../bytes/strings.ts";
import { lineForm, parseRows, type RowForm } from "../form/forms.ts";
import { RowError } from "../form/issues.ts";
import type { Line } from "../form/line.ts";
import type { ParseOptions } from "../form/options.ts";

/*
 * /proc/<pid>/cgroup: proc_cgroup_show (kernel/cgroup/cgroup.c).
 *
 *   4:memory:/docker/3aa5ebf863c7
 *   1:name=systemd:/
 *   0::/system.slice/nginx.service
 *
 * The path may hold colons and blanks; a newline it cannot hold, since the kernel refuses to make such a group.
 */

/** A line of `/proc/<pid>/cgroup`: the group of the process in one hierarchy. */
export interface CgroupEntry {
  /** Number of the hierarchy; 0 for cgroup v2. */
  readonly hierarchy: number;
  /** Controllers of a v1 hierarchy (`cpu`, `cpuacct`, `name=systemd`); empty for v2. */
  readonly controllers: readonly string[];
  /**
   * Path from the root of the reader's cgroup namespace; begins with `/..` when the group is outside of it. A v2 group that
   * was removed has ` (deleted)` behind it. Bytes that are not UTF-8 become U+FFFD.
   */
  readonly path: string;
  /** The path exactly; present only when it is not UTF-8. */
  readonly pathBytes?: Uint8Array;
}

const cgroupForm: RowForm<CgroupEntry> = /* @__PURE__ */ lineForm([], cgroupRow);

/**
 * Parses the text of `/proc/<pid>/cgroup`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseCgroup } from "procnet/parse";
 * parseCgroup(bytes).find((entry) => entry.hierarchy === 0)?.path; // "/system.slice/nginx.service"
 * ```
 */
export function parseCgroup(text: Uint8Array, options: ParseOptions = {}): CgroupEntry[] {
  return parseRows(cgroupForm, text, options);
}

function cgroupRow(line: Line): CgroupEntry {
  const { bytes, start, end } = line;
  const first = colonAfter(line, start, "hierarchy");
  const second = colonAfter(line, first + 1, "controllers");
  const hierarchy = decimalSpan(bytes, start, first);
  if (!(hierarchy >= 0)) throw new RowError(start, "hierarchy", "expected a decimal number");
  const controllers = utf8(bytes, first + 1, second);
  const path = second + 1;
  return {
    hierarchy,
    controllers: controllers === "" ? [] : controllers.split(","),
    path: utf8(bytes, path, end),
    ...(isUtf8(bytes, path, end) ? undefined : { pathBytes: copied(bytes, path, end) }),
  };
}

function colonAfter(line: Line, at: number, field: string): number {
  const colon = line.bytes.subarray(at, line.end).indexOf(COLON);
  if (colon < 0) throw new RowError(at, field, "expected a colon behind it");
  return at + colon;
}
