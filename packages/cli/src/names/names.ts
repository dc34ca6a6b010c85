/** What numbers are called. */
export interface Names {
  /** The port, `*` for none; in `raw` it is a protocol. */
  readonly port: (port: number, service: string) => string;
  /** The host's name; `undefined` when it has none, or names are not wanted. */
  readonly host: (address: string) => string | undefined;
  readonly user: (uid: number) => string | undefined;
  /** Looks up the names of these addresses, so that `host` knows them. Absent where nothing has to be waited for. */
  readonly prepare?: (addresses: readonly string[]) => Promise<void>;
  /** Networks and the hosts within them, as tables of routes name them; absent when names are not wanted. */
  readonly network?: (address: string) => string | undefined;
}

const PORTS: string[] = ["*"];

export function numericPort(port: number): string {
  PORTS[port] ??= String(port);
  return PORTS[port]!;
}

/** No names at all: `-n`. */
export const NUMERIC: Names = { port: numericPort, host: () => undefined, user: () => undefined };
