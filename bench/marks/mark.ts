/** A line of the table of marks: a promise of the packages, and what was measured. */
export interface Mark {
  readonly what: string;
  /** What was measured, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** The most that is promised; absent where a figure is only reported. */
  readonly most?: number;
  /** What helps to understand the figure. */
  readonly note?: string;
}

/** Whether a promise is kept. */
export function isMet({ value, most }: Mark): boolean {
  return most === undefined || value <= most;
}
