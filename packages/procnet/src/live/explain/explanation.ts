/** Whose turn it is: the program that holds the socket, the other side, the kernel by itself; or nothing is waited for. */
export type Actor = "us" | "peer" | "kernel" | "nobody";

/** Something that what was given proves. */
export interface Fact {
  /** One sentence. No number stands in it that was not given, or follows from one by a sum: ticks as seconds, all but one. */
  readonly statement: string;
  /** The fields it rests on. */
  readonly fields: readonly string[];
}

/** Something that cannot be told from what was given. */
export interface NotKnown {
  /** What, as the end of a sentence. */
  readonly what: string;
  /** Where it could be seen; absent where nothing known to this library tells it. */
  readonly where?: string;
}

/** What an explanation of anything has. */
export interface ExplanationBase {
  /** What is explained, in short. */
  readonly subject: string;
  /** What is proven. */
  readonly facts: readonly Fact[];
  /** What has to happen next, as the end of a sentence; absent where nothing is waited for. */
  readonly waitingFor: string | undefined;
  /** Who has to do it. */
  readonly actor: Actor;
  /** What cannot be told, and where it could be. */
  readonly unknown: readonly NotKnown[];
  /** All of it in English, made from the above and the same for the same input. Foreign names in it are as they were read. */
  readonly text: string;
}

/** The text of an explanation. */
export function textOf({ facts, waitingFor, actor, unknown }: Omit<ExplanationBase, "subject" | "text">): string {
  const waits = waitingFor === undefined ? [] : [`Waits for ${waitingFor}. ${TURN[actor]}`];
  const untold = unknown.map(({ what, where }) => (where === undefined ? what : `${what} (${where})`));
  const open = untold.length === 0 ? [] : [`Not known: ${untold.join("; ")}.`];
  return [...facts.map(({ statement }) => statement), ...waits, ...open].join(" ");
}

const TURN: Readonly<Record<Actor, string>> = {
  us: "It is this side's turn.",
  peer: "It is the other side's turn.",
  kernel: "The kernel does it by itself.",
  nobody: "It is nobody's turn.",
};
