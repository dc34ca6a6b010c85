/** What the processes of a scene hold: the words of `crowd.c`. */
export interface Crowd {
  readonly processes: number;
  /** Open files of each, besides the usual three. */
  readonly files?: number;
  /** Listening sockets of each. */
  readonly listeners?: number;
  /** Connections of each, both ends of them: two sockets. */
  readonly connections?: number;
  /** Whether each is in a network namespace of its own. */
  readonly namespaces?: boolean;
}

/** One state of a machine: its own processes, and a crowd. */
export interface Scene {
  readonly title: string;
  readonly crowd: Crowd;
}

/** Scenes by the name of their shape. */
export const SHAPES: Readonly<Record<string, readonly Scene[]>> = {
  idle: [{ title: "The machine as it is", crowd: { processes: 0 } }],
  "idle-1000": [{ title: "1,000 idle processes", crowd: { processes: 1000 } }],
  "idle-10000": [{ title: "10,000 idle processes", crowd: { processes: 10_000 } }],
  fds: [{ title: "1,000 processes with 103 descriptors each, no sockets", crowd: { processes: 1000, files: 100 } }],
  "few-owners": [{ title: "20,000 sockets in 2 processes", crowd: { processes: 2, connections: 5000 } }],
  "many-owners": [{ title: "60,000 sockets in 200 processes", crowd: { processes: 200, connections: 150 } }],
  namespaces: [10, 100, 400].map((processes) => ({
    title: `${processes} network namespaces with a listener each`,
    crowd: { processes, listeners: 1, namespaces: true },
  })),
  busy: [{ title: "100,000 sockets in 6 processes", crowd: { processes: 6, connections: 8333 } }],
};
