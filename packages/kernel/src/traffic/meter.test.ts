import { expect, it } from "vitest";
import { inetMessage, tcpInfo } from "../../../../test/support/kernel/inet-message.ts";
import { kernelBytes } from "../netlink/bytes.ts";
import type { Moved } from "./figures.ts";
import { TrafficMeter } from "./meter.ts";

/* Figures by where include/uapi/linux/tcp.h has them. */

const SENT = 200;
const ACKED = 120;
const RECEIVED = 128;
const AGAIN = 208;
const OUT = 136;
const IN = 140;

interface Figures {
  readonly cookie: number;
  readonly sent?: number;
  readonly acked?: number;
  readonly received?: number;
  readonly again?: number;
  readonly out?: number;
  readonly in?: number;
  readonly length?: number;
}

function message(figures: Figures, littleEndian: boolean): Uint8Array {
  const { cookie, sent = 0, acked = 0, received = 0, again = 0, out = 0, in: came = 0, length = 280 } = figures;
  const info = tcpInfo(
    [
      ...([
        [SENT, 8, sent],
        [ACKED, 8, acked],
        [RECEIVED, 8, received],
        [AGAIN, 8, again],
      ] as const),
      ...([
        [OUT, 4, out],
        [IN, 4, came],
      ] as const),
    ],
    littleEndian,
    length,
  );
  return inetMessage({ cookie: [cookie, 1], attributes: [[2, info]] }, littleEndian);
}

function take(meter: TrafficMeter, figures: Figures, littleEndian = true): Moved | undefined {
  const bytes = message(figures, littleEndian);
  return meter.take(kernelBytes(bytes, littleEndian), 0, bytes.length)?.moved;
}

/** The connection has closed. */
function last(meter: TrafficMeter, figures: Figures): ReturnType<TrafficMeter["last"]> {
  const bytes = message(figures, true);
  return meter.last(kernelBytes(bytes), 0, bytes.length);
}

it.each([true, false])("tells what a connection did since the look before; the low byte first %s", (isLittle) => {
  const meter = new TrafficMeter();
  meter.begin();
  expect(take(meter, { cookie: 7, sent: 1000, received: 50, again: 100, out: 3, in: 2 }, isLittle)).toBeUndefined();
  meter.end();
  meter.begin();
  const now = { cookie: 7, sent: 5000, received: 75, again: 600, out: 13, in: 9 };
  expect(take(meter, now, isLittle)).toEqual({
    sent: 3500, // 4,000 bytes, of which 500 were sent again
    received: 25,
    retransmitted: 500,
    segmentsOut: 10,
    segmentsIn: 7,
  });
  meter.end();
  meter.begin();
  expect(take(meter, now, isLittle)).toBeUndefined();
});

it("counts all that a connection did which was opened since, and nothing of those of the first look", () => {
  const meter = new TrafficMeter();
  meter.begin();
  expect(take(meter, { cookie: 1, sent: 10, out: 1 })).toBeUndefined();
  meter.end();
  meter.begun();
  meter.begin();
  expect(take(meter, { cookie: 2, sent: 10, out: 1 })).toMatchObject({ sent: 10, segmentsOut: 1 });
  expect(meter.end()).toEqual({ closed: 1, lost: 1 });
  expect(meter.size).toBe(1);
});

it("takes counters of segments past their 32 bits, and what kernels before 4.19 tell", () => {
  const meter = new TrafficMeter();
  meter.begin();
  take(meter, { cookie: 1, out: 2 ** 32 - 1, acked: 5, length: 144 });
  meter.end();
  meter.begin();
  expect(take(meter, { cookie: 1, out: 4, acked: 25, length: 144 })).toMatchObject({ sent: 20, segmentsOut: 5 });
  expect(take(meter, { cookie: 9, length: 100 })).toBeUndefined();
});

it("does not take a connection for new that one look missed", () => {
  const meter = new TrafficMeter();
  meter.begin();
  take(meter, { cookie: 1, sent: 1000, out: 5 });
  meter.end();
  meter.begin();
  expect(meter.end()).toEqual({ closed: 1, lost: 1 });
  meter.begin();
  expect(take(meter, { cookie: 1, sent: 1010, out: 6 })).toMatchObject({ sent: 10, segmentsOut: 1 });
  expect(meter.end()).toEqual({ closed: 0, lost: 0 });
});

it("takes the last figures of connections that closed, whether a look found them missing or not", () => {
  const meter = new TrafficMeter<string>({ isHeard: true });
  meter.begin();
  for (const cookie of [1, 2, 3]) take(meter, { cookie, sent: 100, out: 2 });
  // What closed before the first look was over may have been there long.
  expect(last(meter, { cookie: 9, sent: 100, out: 2 })).toBeUndefined();
  meter.end();
  meter.begun();
  expect(last(meter, { cookie: 1, sent: 150, out: 3 })).toMatchObject({ moved: { sent: 50 }, isCounted: false });
  meter.begin();
  take(meter, { cookie: 2, sent: 100, out: 2 });
  expect(meter.end()).toEqual({ closed: 1, lost: 0 });
  expect(last(meter, { cookie: 3, sent: 107, out: 3 })).toMatchObject({ moved: { sent: 7 }, isCounted: true });
  // No look saw it: all of it is new.
  expect(last(meter, { cookie: 4, sent: 40, received: 4, out: 3 })).toMatchObject({ moved: { sent: 40, received: 4 } });
  // A listener, or a socket that never was connected.
  expect(last(meter, { cookie: 5 })).toBeUndefined();
  meter.begin();
  expect(meter.end()).toEqual({ closed: 1, lost: 0 });
});

it("waits for the end of a connection that is in no table any more, however many looks long", () => {
  const meter = new TrafficMeter({ isHeard: true });
  meter.begin();
  take(meter, { cookie: 1, sent: 1000, out: 5 });
  meter.end();
  meter.begun();
  for (let look = 0; look < 500; look++) {
    meter.begin();
    meter.end();
  }
  expect(last(meter, { cookie: 1, sent: 1000, out: 5 })).toMatchObject({
    moved: { sent: 0, segmentsOut: 0 },
    isCounted: true,
  });
});

it("tells that figures are lost where the word of ends was lost", () => {
  const meter = new TrafficMeter({ isHeard: true });
  meter.begin();
  take(meter, { cookie: 1, sent: 1000, out: 5 });
  meter.end();
  meter.begun();
  meter.overrun();
  meter.begin();
  expect(meter.end()).toEqual({ closed: 1, lost: 0 });
  meter.begin();
  expect(meter.end()).toEqual({ closed: 0, lost: 1 });
});

it("takes counters that went back for those of a socket that was connected anew, and other ports too", () => {
  const meter = new TrafficMeter();
  meter.begin();
  take(meter, { cookie: 1, sent: 1000, received: 1000, out: 2 ** 32 - 1, in: 5 });
  take(meter, { cookie: 2, sent: 10, out: 9, in: 9 });
  meter.end();
  meter.begun();
  meter.begin();
  expect(take(meter, { cookie: 1, sent: 400, received: 1100, out: 3, in: 6 })).toMatchObject({
    sent: 400,
    received: 1100,
  });
  expect(take(meter, { cookie: 2, sent: 10, out: 4, in: 3 })).toMatchObject({
    sent: 10,
    segmentsOut: 4,
    segmentsIn: 3,
  });
});

it("does not take for closed what a look that was cut short did not find", () => {
  const meter = new TrafficMeter();
  meter.begin();
  take(meter, { cookie: 1, sent: 1000, out: 5 });
  meter.end();
  meter.begun();
  meter.begin();
  meter.endCut();
  expect(meter.size).toBe(1);
  meter.begin();
  expect(take(meter, { cookie: 1, sent: 1010, out: 6 })).toMatchObject({ sent: 10 });
  expect(meter.end()).toEqual({ closed: 0, lost: 0 });
});
