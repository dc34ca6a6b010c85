import type { CommandIo } from "../../../packages/cli/src/terminal.ts";

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface TestIo extends CommandIo {
  readonly printed: { out: string; err: string };
}

/** A world for one command: of no terminal unless `columns` are given. */
export function testIo(given: Partial<CommandIo> = {}): TestIo {
  const printed = { out: "", err: "" };
  return {
    printed,
    out: (text) => {
      printed.out += text;
      return true;
    },
    drain: async () => true,
    err: (text) => {
      printed.err += text;
    },
    columns: undefined,
    rows: given.columns === undefined ? undefined : 24,
    env: {},
    root: undefined,
    signal: new AbortController().signal,
    ask: async () => undefined,
    ...given,
  };
}
