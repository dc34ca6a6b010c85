import { traffic } from "@procnet/kernel";
import { startFarm } from "../farm.ts";
import { describeMachine } from "../machine.ts";

/** Sockets that do nothing, and the share of a core that looking at them once a second may take. */
const SOCKETS = 10_000;
const MARK = 5;

/** Looks before it is measured: the first one asks whose all sockets are. */
const FIRST = 3;

/** What `traffic()` costs at one look a second beside 10,000 connections that do nothing, by the processor's own clock. */
export async function measureTraffic({
  quick,
  sockets,
}: {
  readonly quick: boolean;
  readonly sockets: number;
}): Promise<void> {
  await using farm = await startFarm(quick ? sockets : SOCKETS);
  console.log(`${describeMachine(`${farm.connected} sockets that do nothing`)}\n`);
  const looks = quick ? 3 : 30;
  console.log("| looks a second | hears of what closes | % of a core | of that the kernel |");
  console.log("| --- | --- | --- | --- |");
  for (const closings of [true, false]) {
    const { all, kernel } = await share(looks, closings);
    console.log(`| 1 | ${closings ? "yes" : "no"} | ${all.toFixed(1)} | ${kernel.toFixed(1)} |`);
    if (!quick && all > MARK) process.exitCode = 1;
  }
  console.log(`\nThe mark is ${MARK} %.`);
}

async function share(looks: number, closings: boolean): Promise<{ readonly all: number; readonly kernel: number }> {
  let seen = 0;
  let began = performance.now();
  let used = process.cpuUsage();
  for await (const _ of traffic({ every: 1000, closings })) {
    seen++;
    if (seen === FIRST) {
      began = performance.now();
      used = process.cpuUsage();
    }
    if (seen === FIRST + looks) break;
  }
  const { user, system } = process.cpuUsage(used);
  const microseconds = (performance.now() - began) * 1000;
  return { all: (100 * (user + system)) / microseconds, kernel: (100 * system) / microseconds };
}
