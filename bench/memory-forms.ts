/** The forms of a table whose memory is measured. */
export const MEMORY_FORMS = ["net.tcp()", "net.each(), all rows", "net.each(), listeners", "net.count()"] as const;
export type MemoryForm = (typeof MEMORY_FORMS)[number];

/** Bytes of heap and of buffers outside it. */
export interface Memory {
  readonly rows: number;
  /** All that one run allocated, garbage included. */
  readonly allocated: number;
  /** What a collection leaves: with the result in hand, or in the middle of the walk. */
  readonly held: number;
}
