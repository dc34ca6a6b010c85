import { checkOptions, optionNames } from "../check-options.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { engineWith, type SocketEngine } from "./engine.ts";
import { type Known, newKnown } from "./known.ts";
import type { EachSocketOptions, SocketsOptions, UsualProtocol } from "./options.ts";
import { type OwnSockets, ownSocketsOf } from "./own-sockets.ts";
import type { WhoListens, WhoListensOptions } from "./port-types.ts";
import type { Skipped, Socket, SocketOf, SocketProtocol, SocketsResult } from "./types.ts";
import { whoListensOf, whoListensSyncOf } from "./who-listens.ts";

/** Where to look, besides the options of an engine's methods. */
export interface ProcfsChoice {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
}

/**
 * Where to look.
 *
 * @deprecated It is called {@link ProcfsChoice} now.
 */
export type Where = ProcfsChoice;

const CHOICE = optionNames<ProcfsChoice>({ procfs: true });
const WHO_LISTENS = optionNames<WhoListensOptions & ProcfsChoice>({
  protocol: true,
  pid: true,
  owners: true,
  ignoreTimeWait: true,
  source: true,
  signal: true,
  procfs: true,
});

/** What is known of each procfs, so that calls share what they learn. */
const memory = /* @__PURE__ */ new WeakMap<BaseProcFs, Known>();
const engines = /* @__PURE__ */ new WeakMap<Known, SocketEngine>();
let machine: BaseProcFs | undefined;

function knownOf(what: string, options: ProcfsChoice): Known {
  machine ??= baseProcFs();
  // What else is wrong with the options is said where they are read.
  const key = (options as ProcfsChoice | null)?.procfs ?? machine;
  checkProcfs(what, key);
  const known = memory.get(key) ?? newKnown(key);
  memory.set(key, known);
  return known;
}

function engineOf(what: string, options: ProcfsChoice): SocketEngine {
  const known = knownOf(what, options);
  const engine = engines.get(known) ?? engineWith(known);
  engines.set(known, engine);
  return engine;
}

/**
 * All sockets with their owners: TCP and UDP of both families unless `protocol` says otherwise. A socket without an owner
 * has the reason in `ownerless`; nothing is left out in silence, see `skipped` and `rights` of the result.
 *
 * The kinds of sockets that are asked for are those of the answer, for the compiler too: `protocol: "tcp"` gives sockets with
 * ports. Of several kinds, `protocol` tells each from the others.
 *
 * The event loop is held for a few milliseconds at a time. On a host with very many descriptors threads take part.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for a wrong option, `ERR_PARSE` for a bad row unless `onIssue` is given
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * const result = await sockets({ protocol: ["tcp", "tcp6"], state: "LISTEN" });
 * for (const socket of result.sockets) {
 *   console.log(socket.localPort, socket.owners?.[0]?.comm ?? socket.ownerless);
 * }
 * ```
 */
export function sockets<Asked extends SocketProtocol | "all" = UsualProtocol>(
  options?: SocketsOptions<Asked> & ProcfsChoice,
): Promise<SocketsResult<SocketOf<Asked>>>;
export async function sockets(options: SocketsOptions & ProcfsChoice = {}): Promise<SocketsResult> {
  return engineOf("sockets", options).sockets(options);
}

/** Like {@link sockets}, at once and on this thread. */
export function socketsSync<Asked extends SocketProtocol | "all" = UsualProtocol>(
  options?: SocketsOptions<Asked> & ProcfsChoice,
): SocketsResult<SocketOf<Asked>>;
export function socketsSync(options: SocketsOptions & ProcfsChoice = {}): SocketsResult {
  return engineOf("socketsSync", options).socketsSync(options);
}

/**
 * Like {@link sockets}, one by one: some thousand are read ahead, so that owners are looked for once for many. Without owners,
 * memory stays the same however many there are; with them, what is known of the processes is kept, but no list of sockets.
 * What could not be looked at is the value that the generator returns; `onEnd` is told all that is known besides.
 *
 * @example
 * ```ts
 * import { eachSocket } from "procnet";
 * let closing = 0;
 * for await (const socket of eachSocket({ protocol: "tcp", owners: false })) {
 *   if (socket.state === "CLOSE_WAIT") closing++;
 * }
 * ```
 */
export function eachSocket<Asked extends SocketProtocol | "all" = UsualProtocol>(
  options?: EachSocketOptions<Asked> & ProcfsChoice,
): AsyncGenerator<SocketOf<Asked>, readonly Skipped[], undefined>;
export function eachSocket(
  options: EachSocketOptions & ProcfsChoice = {},
): AsyncGenerator<Socket, readonly Skipped[], undefined> {
  return engineOf("eachSocket", options).eachSocket(options);
}

/**
 * Who listens on a port: an answer in three kinds, so that "nobody" is never mistaken for "could not look", and whether a
 * server could be bound there. Reads the head of the tables and the low descriptors of all processes before anything else;
 * `complete` says whether every owner was looked for, which `owners: "all"` asks for.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for a port that is none or a wrong option, `ESRCH` for a `pid` that has ended
 * @example
 * ```ts
 * import { whoListens } from "procnet";
 * const answer = await whoListens(3000);
 * if (answer.kind === "free") console.log("nobody");
 * if (answer.kind === "owned") console.log(answer.listeners.flatMap((listener) => listener.owners));
 * if (answer.kind === "unknown") console.log("somebody, but", answer.reasons);
 * if (!answer.bindable) console.log("taken by", answer.blockedBy);
 * ```
 */
export async function whoListens(port: number, options: WhoListensOptions & ProcfsChoice = {}): Promise<WhoListens> {
  checkOptions("whoListens", options, WHO_LISTENS, { bare: "protocol" });
  return whoListensOf(knownOf("whoListens", options), port, options);
}

/** Like {@link whoListens}, at once. */
export function whoListensSync(port: number, options: WhoListensOptions & ProcfsChoice = {}): WhoListens {
  checkOptions("whoListensSync", options, WHO_LISTENS, { bare: "protocol" });
  return whoListensSyncOf(knownOf("whoListensSync", options), port, options);
}

/**
 * The sockets of this process, counted by state and by peer: a connection that is never closed shows here. Needs no right.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for an unknown option, `ENOENT` where the procfs does not show this process
 * @example
 * ```ts
 * import { ownSockets } from "procnet";
 * ownSockets().byState.get("CLOSE_WAIT") ?? 0;
 * ```
 */
export function ownSockets(options: ProcfsChoice = {}): OwnSockets {
  checkOptions("ownSockets", options, CHOICE);
  return ownSocketsOf(knownOf("ownSockets", options).procfs);
}
