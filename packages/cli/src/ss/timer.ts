/*
 * Timers of TCP: `timer:(keepalive,119min,0)`.
 */

const TIMERS = ["off", "on", "keepalive", "timewait", "persist"] as const;

/** What a timer shows of a socket. */
export interface Timed {
  readonly timer: number;
  /** When it expires, in hundredths of a second, and parts of them where they are known. */
  readonly timerExpires: number;
  readonly retransmits: number;
  readonly probes: number;
}

/** The timer that runs; nothing where none does. */
export function timerOf({ timer, timerExpires, retransmits, probes }: Timed): string {
  if (timer === 0) return "";
  // The retransmission timer counts what was sent again, all others what was asked.
  const times = timer === 1 ? retransmits : probes;
  return ` timer:(${TIMERS[timer] ?? "unknown"},${duration(Math.round(timerExpires * 10))},${times})`;
}

/** A time as ss writes it: what no longer matters beside a larger unit is left out. */
export function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = Math.floor(milliseconds / 1000) % 60;
  const rest = milliseconds % 1000;
  const inMinutes = minutes === 0 ? "" : `${minutes}min`;
  if (minutes > 9) return inMinutes;
  const isFine = minutes === 0 && seconds < 10 && rest > 0;
  const inSeconds = seconds === 0 ? "" : `${seconds}${isFine ? "." : "sec"}`;
  return inMinutes + inSeconds + (isFine ? `${String(rest).padStart(3, "0")}ms` : "");
}
