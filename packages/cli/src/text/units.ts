const UNITS = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;

/** Bytes in the largest unit of 1024 that leaves something before the point, as `free -h` has them: `117.7Mi`. */
export function humanBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  // What would be rounded to 1024 is one of the next unit.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? String(bytes) : `${value.toFixed(1)}${UNITS[unit]}`;
}
