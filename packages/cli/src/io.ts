/** What a command knows of the world: handed in, so that tests hand in their own. */
export interface Io {
  /** Writes data; false once nobody reads any more (`| head`): the command then ends quietly. */
  readonly out: (text: string) => boolean;
  /** Waits until what was written is taken, so that a slow reader costs no memory; false once nobody reads any more. */
  readonly drain: () => Promise<boolean>;
  /** Writes everything that is not data. */
  readonly err: (text: string) => void;
  /** Columns of the terminal; `undefined` when the output is none. */
  readonly columns: number | undefined;
  /** Rows of the terminal; `undefined` when the output is none. */
  readonly rows: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Root of the procfs to read; that of this machine by default. */
  readonly root: string | undefined;
  /** Aborted when the user or the system ends the command. */
  readonly signal: AbortSignal;
}

/** Exit codes, documented in docs/cli.md. */
export const EXIT = { ok: 0, free: 1, usage: 2, unknown: 3, failure: 4, warning: 5, critical: 6 } as const;
