/** Which sockets a right answer holds; "nothing" for a case that only reads. */
export type Covers = "nothing" | "tcp" | "tcp listeners" | "tcp by state" | "tcp and tcp6" | "one listener";

/** Where a case finds things. */
export interface Place {
  /** Directory for what is built; removed when the bench ends. */
  readonly temp: string;
  /** Directory of this workspace's sources. */
  readonly sources: string;
}

/** What one round answered. */
export interface Round {
  readonly sockets?: number;
  readonly states?: Readonly<Record<string, number>>;
  /** Milliseconds, where the case times itself; otherwise `run` is timed. */
  readonly ms?: number;
}

/** One thing to measure. Each runs in a Node process of its own, so no case pays for the garbage of another. */
export interface Case {
  readonly name: string;
  /**
   * The table it stands in: how long a command takes to start, reading the sockets, finding who owns them, or who listens
   * on one port.
   */
  readonly table: "start" | "reading" | "owners" | "port";
  readonly covers: Covers;
  /** Ours: a wrong answer ends the bench. */
  readonly ours?: boolean;
  /** Builds and loads what `run` needs. Returns its version; throws {@link Absent} when this machine lacks it. */
  prepare(place: Place): Promise<string>;
  run(): Round | Promise<Round>;
}

/** This machine cannot run the case, and why. */
export class Absent extends Error {}
