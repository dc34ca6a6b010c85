/** Values for the parameters of queries. Times are those of flat rows. */
export interface Parameters {
  readonly port?: number;
  readonly address?: string;
  readonly since?: string;
  readonly host?: string;
  readonly moment?: string;
}

/** A row of an answer. */
export type Answer = Readonly<Record<string, unknown>>;

/** A database with the tables that are shipped for it, empty at first. */
export interface FleetDatabase {
  /** Loads a file of flat rows as the pages say. */
  load(file: string): Promise<void>;
  /** Asks a query that is shipped, by the name of its file. */
  ask(name: string, parameters?: Parameters): Promise<readonly Answer[]>;
}

/** An engine that can be asked. */
export interface Engine {
  open(): Promise<FleetDatabase>;
  close(): Promise<void>;
}
