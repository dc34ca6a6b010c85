import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** Room for the 20,000 descriptors that many machines allow a process, with what Node itself opens. */
const SOCKETS_PER_PROCESS = 18_000;
const OWN_DESCRIPTORS = 500;
const STOP_MS = 10_000;

/** Loopback TCP sockets held open by child processes until {@link Farm.stop}. */
export interface Farm extends AsyncDisposable {
  /** Ends of connections. */
  readonly connected: number;
  /** Listeners, in addition to the connected ones. */
  readonly listeners: number;
  readonly processes: number;
  /** Resets all connections and waits for the processes to end. */
  stop(): Promise<void>;
}

/** What a child tells when all its connections stand. */
export interface Ready {
  readonly connected: number;
  readonly listeners: number;
}

/**
 * Opens `sockets` connected sockets (half as many connections) and their listeners. The children watch the channel to
 * this process, so they end with it, whatever ends it.
 */
export async function startFarm(sockets: number): Promise<Farm> {
  const pairs = Math.floor(sockets / 2);
  const shares = spread(pairs, Math.ceil((2 * pairs) / Math.min(SOCKETS_PER_PROCESS, descriptors() - OWN_DESCRIPTORS)));
  // Else V8 wakes an idle process now and then to give memory back, and nothing would be "unchanged".
  const options = { execArgv: ["--no-memory-reducer"] };
  const children = shares.map((share, index) =>
    fork(new URL("./farm-child.js", import.meta.url), [String(index + 1), String(share)], options),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(end));
  };
  try {
    const ready = await Promise.all(children.map(started));
    return {
      connected: ready.reduce((sum, child) => sum + child.connected, 0),
      listeners: ready.reduce((sum, child) => sum + child.listeners, 0),
      processes: children.length,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spread(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, part) => Math.floor((total + part) / parts));
}

/** Descriptors a process may open: Node raises its own limit to the hard one. */
function descriptors(): number {
  const limit = /^Max open files +\S+ +(\d+)/m.exec(readFileSync("/proc/self/limits", "latin1"))?.[1];
  return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
}

async function started(child: ChildProcess): Promise<Ready> {
  const settled = new AbortController();
  try {
    const lost = once(child, "exit", settled).then(([code, signal]) => {
      throw new Error(`a process of the farm ended early: ${signal ?? code}`);
    });
    const [ready] = await Promise.race([once(child, "message", settled), lost]);
    return ready as Ready;
  } finally {
    settled.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  if (child.connected) child.disconnect();
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(late);
}
