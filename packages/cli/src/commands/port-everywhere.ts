import { isProcfsError, type WhoListens, whoListens } from "procnet";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import { allPlaces, type Place } from "./places.ts";
import type { From, PortOptions } from "./port-options.ts";
import { hasEnded } from "./where.ts";

/** Who listens on a port in one of several network namespaces. */
export type PlacedAnswer = WhoListens & Place;

/** Namespaces that are asked at a time: those that are share a look at the processes, which is most of the work. */
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
  for (let at = 0; at < places.length; at += TOGETHER) {
    const some = places.slice(at, at + TOGETHER);
    const told = await Promise.all(
      some.map(({ pids }) => askThrough(pids.length === 0 ? [undefined] : pids, ports, options, from)),
    );
    for (const [index, { pids, ...place }] of some.entries()) {
      const answers = told[index];
      if (answers === undefined) continue;
      if (typeof answers === "string")
        notes.push(`network namespace ${place.namespace ?? "?"} is not read: ${answers}`);
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
): Promise<WhoListens[] | string | undefined> {
  const how = {
    procfs,
    protocol: udp ? "udp" : "tcp",
    owners: "all",
    ignoreTimeWait: ignoreTimeWait === true,
    ...(source !== undefined && { source }),
  } as const;
  let problem: string | undefined;
  for (const pid of pids) {
    try {
      return await Promise.all(ports.map((port) => whoListens(port, { ...how, ...(pid !== undefined && { pid }) })));
    } catch (error) {
      if (!isProcfsError(error)) throw error;
      if (pid === undefined || !hasEnded(pid, procfs)) problem = error.message;
    }
  }
  return problem;
}
