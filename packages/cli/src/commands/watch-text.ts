import type { ChangedSocket, WatchBatch, WatchedSocket } from "procnet";
import { SOCKET_COLUMNS, stateOf } from "procnet/view";
import type { Paint } from "../output/style.ts";
import { safe } from "../text/safe.ts";
import { pad } from "../text/width.ts";

/*
 * What `procnet watch` prints for people: a line for each thing that happened.
 */

/** What can be told of, in the order in which it is. */
export const EVENTS = ["present", "opened", "closed", "changed", "traces"] as const;
export type EventName = (typeof EVENTS)[number];

/** What stands at the beginning of a line. */
const SIGNS: Readonly<Record<EventName, string>> = {
  present: "=",
  opened: "+",
  closed: "-",
  changed: "~",
  traces: "*",
};
const STYLES = { present: "dim", opened: "green", closed: "red", changed: "yellow", traces: "dim" } as const;

/** What is told of a socket, and room for it. */
const CELLS = [...[["proto", 5] as const, ["state", 22] as const, ["local", 22] as const, ["peer", 22] as const]];

/** How lines look. */
export interface LineStyle {
  /** Whether the namespace is told. */
  readonly several: boolean;
  readonly paint: Paint;
}

/** The time of a look, as each of its lines begins. */
export function timeText(at: Date): string {
  const digits = (value: number, length = 2): string => String(value).padStart(length, "0");
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((value) => digits(value)).join(":");
  return `${clock}.${digits(at.getMilliseconds(), 3)}`;
}

/** `12:00:01.250 + tcp   ESTABLISHED            127.0.0.1:4711         127.0.0.1:80           nginx[42]` */
export function eventLine(
  time: string,
  event: EventName,
  socket: WatchedSocket,
  { several, paint }: LineStyle,
): string {
  return line(time, event, socket, ownersOf(socket), several, paint);
}

/** The same with what it was before: `ESTABLISHED>CLOSE_WAIT`. */
export function changeLine(
  time: string,
  { before, after, fields }: ChangedSocket,
  { several, paint }: LineStyle,
): string {
  const held = fields.includes("owners") && !after.ownersWere ? `${ownersOf(before)} > ` : "";
  return line(time, "changed", after, `${held}${ownersOf(after)}`, several, paint, before);
}

function line(
  time: string,
  event: EventName,
  socket: WatchedSocket,
  owners: string,
  several: boolean,
  paint: Paint,
  before: WatchedSocket = socket,
): string {
  const cells = CELLS.map(([key, room]) => {
    const now = cell(key, socket);
    const was = cell(key, before);
    return pad(was === now ? now : `${was}>${now}`, room, "left");
  });
  const place = several ? ` netns ${socket.namespace ?? "?"}` : "";
  return `${time} ${paint(STYLES[event], SIGNS[event])} ${cells.join(" ")} ${owners}${place}`.trimEnd();
}

function cell(key: string, socket: WatchedSocket): string {
  if (key === "state") return safe(stateOf(socket));
  return safe(SOCKET_COLUMNS.find((column) => column.key === key)!.value(socket));
}

/** Who holds it; who did where nobody does; and whether that process is gone. */
function ownersOf(socket: WatchedSocket): string {
  const text = cell("process", socket);
  const [first] = socket.owners ?? [];
  if (first === undefined) return text;
  const was = socket.ownersWere ? "was " : "";
  return `${was}${text}${first.ended ? " (ended)" : ""}`;
}

/** What was told of from beginning to end. */
export class WatchTotals {
  rounds = 0;
  readonly told: Record<EventName, number> = { present: 0, opened: 0, closed: 0, changed: 0, traces: 0 };
  /** Connections that no look saw; absent while nothing is known of any. */
  missed: number | undefined;
  /** Why it is not known of some time. */
  unknown: string | undefined;

  take({ opened, closed, changed, traces, missed }: WatchBatch): void {
    this.rounds++;
    this.told.opened += opened.length;
    this.told.closed += closed.length;
    this.told.changed += changed.length;
    this.told.traces += traces.length;
    for (const { connections, why } of missed) {
      if (connections !== undefined) this.missed = (this.missed ?? 0) + connections;
      else if (why !== "first") this.unknown = why;
    }
  }

  text(): string {
    const { opened, closed, changed, traces } = this.told;
    const left = traces === 0 ? "" : `, ${traces} seen in time-wait only`;
    return `seen: ${opened} opened, ${closed} closed, ${changed} changed${left}; missed: ${this.missedText()}`;
  }

  private missedText(): string {
    const { missed, unknown } = this;
    const why = unknown === undefined ? "no two looks" : (REASONS.get(unknown) ?? unknown);
    if (missed === undefined) return `not known (${why})`;
    const text = `${missed} ${missed === 1 ? "connection" : "connections"}`;
    return unknown === undefined ? text : `${text} at least (${why})`;
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["restricted", "needs all of TCP, of IPv4 and IPv6, to be looked at"],
  ["unreadable", "counters could not be read"],
  ["reset", "a counter began anew"],
]);
