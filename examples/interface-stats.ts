/** Bytes per second of each interface, once a second until Ctrl-C: `npm run interface-stats`. */
import { setTimeout as wait } from "node:timers/promises";
import { type DeviceStatus, escapeText, net } from "procnet";

/** Bytes a second as people read it: `1.5 MiB/s`. */
function rate(bytes: number, seconds: number): string {
  const units = ["B/s", "KiB/s", "MiB/s", "GiB/s", "TiB/s"];
  let value = bytes / seconds;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

function line(name: string, received: string, sent: string): string {
  return `${name.padEnd(20)} ${received.padStart(14)} ${sent.padStart(14)}\n`;
}

/** One line an interface; an interface that is new, or whose counters went back, has no rate yet. */
function rates(before: Map<string, DeviceStatus>, now: Map<string, DeviceStatus>, seconds: number): string {
  let text = line("Interface", "received", "sent");
  for (const [name, status] of now) {
    const old = before.get(name);
    const known = old !== undefined && status.recvBytes >= old.recvBytes && status.sentBytes >= old.sentBytes;
    const received = known ? rate(status.recvBytes - old.recvBytes, seconds) : "-";
    const sent = known ? rate(status.sentBytes - old.sentBytes, seconds) : "-";
    text += line(escapeText(name), received, sent);
  }
  return text;
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

let before = net.devStatus();
let since = performance.now();
while (!stop.signal.aborted) {
  await wait(1000, undefined, { signal: stop.signal }).catch(() => {});
  const now = net.devStatus();
  const at = performance.now();
  if (!stop.signal.aborted) process.stdout.write(`${rates(before, now, (at - since) / 1000)}\n`);
  before = now;
  since = at;
}
