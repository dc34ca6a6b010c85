import type { Socket } from "../sockets/types.ts";
import type { Cell, Column } from "./column.ts";
import { KERNEL_VALUES, type KernelUnit, type KernelValue } from "./kernel-values.ts";
import { bytesText, rttText } from "./number-texts.ts";

/**
 * Columns of what the kernel tells of sockets by netlink and not in procfs: empty on what was read from there. For programs numbers are as in
 * `Socket`: microseconds, bytes.
 *
 * @example
 * ```ts
 * import { columnNamed, KERNEL_COLUMNS } from "procnet/view";
 * columnNamed(KERNEL_COLUMNS, "BYTES-SENT")?.key; // "bytessent"
 * ```
 */
export const KERNEL_COLUMNS: readonly Column<Socket>[] = [
  .../* @__PURE__ */ KERNEL_VALUES.map(numberColumn),
  {
    key: "congestion",
    title: "CONGESTION",
    value: (socket) => ("congestion" in socket ? socket.congestion : undefined),
    extra: true,
  },
  {
    key: "cookie",
    title: "COOKIE",
    value: (socket) => ("cookie" in socket ? socket.cookie : undefined),
    extra: true,
  },
];

function numberColumn({ name, title, unit, of }: KernelValue): Column<Socket> {
  const column = { key: name, title, align: "right", extra: true } as const;
  if (unit === "") return { ...column, value: of };
  return { ...column, value: (socket) => withUnit(of(socket), unit), raw: of, order: of };
}

function withUnit(value: number | undefined, unit: KernelUnit): Cell {
  if (value === undefined) return undefined;
  if (unit === "bytes") return bytesText(value);
  if (unit === "bytes a second") return `${bytesText(value)}/s`;
  return rttText(value);
}
