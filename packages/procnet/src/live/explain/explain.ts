import { invalidArgument, shown } from "../../errors.ts";
import type { Socket } from "../../sockets/types.ts";
import type { Finding } from "../health/finding.ts";
import { type CounterExplanation, explainCounter } from "./counter.ts";
import { explainFinding, type FindingExplanation } from "./finding.ts";
import { explainSocket, type SocketExplanation } from "./socket.ts";

/** What {@link explain} says; `kind` tells of what. */
export type Explanation = SocketExplanation | CounterExplanation | FindingExplanation;

/**
 * What a socket, a counter or a finding means: what is proven, what is waited for, whose turn it is, what cannot be told, and all of it
 * as English text that is the same for the same input. A text is the name of a counter, `TcpExt.ListenDrops`, or the id of a finding.
 * Programs that are bundled and explain sockets alone are smaller with {@link explainSocket}.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` when it is none of them
 * @example
 * ```ts
 * import { explain } from "procnet/live";
 * console.log(explain("TcpExt.ListenOverflows").text);
 * ```
 */
export function explain(subject: Socket): SocketExplanation;
export function explain(subject: Finding): FindingExplanation;
export function explain(subject: Socket | Finding | string): Explanation;
export function explain(subject: Socket | Finding | string): Explanation {
  if (typeof subject === "string") {
    const found = explainCounter(subject) ?? explainFinding(subject);
    if (found !== undefined) return found;
    throw invalidArgument(`explain: no counter and no finding is called "${shown(subject, 80)}"`);
  }
  if (typeof subject === "object" && subject !== null) {
    if ("protocol" in subject) return explainSocket(subject);
    if ("evidence" in subject) return explainFinding(subject)!;
  }
  throw invalidArgument("explain: expected a socket, a finding, or the name of a counter or finding");
}
