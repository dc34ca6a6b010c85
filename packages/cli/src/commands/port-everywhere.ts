import { isProcfsError, type ProcfsError, type WhoListens, whoListens } from "procnet";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import { allPlaces, type Place } from "./places.ts";
import type { From, PortOptions } from "./port-options.ts";
import { hasEnded } from "./where.ts";

/** Who listens on a port in one of several network namespaces. */
export type PlacedAnswer = WhoListens & Place;

/** Questions at a time, one for each port in each namespace: they share a look at the processes, which is most of the work. */
const TOGETHER = 32;

/** Asks in every network namespace. Of those where nothing is on a port none is told, or one for all of them. */
export async function answersEverywhere(
  ports: readonly number[],
  options: PortOptions,
  from: From,
): Promise<{ readonly answers: PlacedAnswer[]; readonly notes: string[] }> {
  const places = allPlaces(options, from.procfs);
  const found: PlacedAnswer[] = [];
  const notes: string[] = [];
  const ask = (pids: readonly number[]): ReturnType<typeof askThrough> =>
    askThrough(pids.length === 0 ? [undefined] : pids, ports, options, from);
  const step = Math.max(1, Math.floor(TOGETHER / ports.length));
  for (let at = 0; at < places.length; at += step) {
    const some = places.slice(at, at + step);
    const told = await Promise.all(some.map(({ pids }) => ask(pids)));
    for (const [index, { pids, ...place }] of some.entries()) {
      const first = told[index];
      // Together they have more files open than this process may have: one alone has few.
      const answers = isProcfsError(first) && first.code === "EMFILE" ? await ask(pids) : first;
      if (answers === undefined) continue;
      if (isProcfsError(answers))
        notes.push(`network namespace ${place.namespace ?? "?"} is not read: ${answers.message}`);
      else found.push(...answers.map((answer) => ({ ...answer, ...place })));
    }
  }
  if (notes.length > 0 && notes.length === places.length) throw new CommandFailure(notes[0]!, EXIT.failure);
  return { answers: ports.flatMap((port) => telling(found.filter((answer) => answer.port === port))), notes };
}

/** What says something about a port; that it is free in one namespace says nothing where somebody has it in another. */
function telling(answers: readonly PlacedAnswer[]): PlacedAnswer[] {
  const held = answers.filter(({ kind }) => kind !== "free");
  if (held.length > 0) return held;
  const blocked = answers.filter(({ bindable }) => !bindable);
  if (blocked.length > 0) return blocked;
  return answers.slice(0, 1).map(({ namespace, container, ...free }) => free);
}

/** Asks through one of the processes of a namespace. What is wrong where none answers; nothing where all have ended, as it has then too. */
async function askThrough(
  pids: readonly (number | undefined)[],
  ports: readonly number[],
  { udp, ignoreTimeWait }: PortOptions,
  { procfs, source }: From,
): Promise<WhoListens[] | ProcfsError | undefined> {
  const how = {
    procfs,
    protocol: udp ? "udp" : "tcp",
    owners: "all",
    ignoreTimeWait: ignoreTimeWait === true,
    ...(source !== undefined && { source }),
  } as const;
  let problem: ProcfsError | undefined;
  for (const pid of pids) {
    try {
      return await Promise.all(ports.map((port) => whoListens(port, { ...how, ...(pid !== undefined && { pid }) })));
    } catch (error) {
      if (!isProcfsError(error)) throw error;
      if (pid === undefined || !hasEnded(pid, procfs)) problem = error;
    }
  }
  return problem;
}
