import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Case, Place } from "./case.ts";
import { cases, starts } from "./cases/index.ts";
import { type Farm, startFarm } from "./farm.ts";
import { measureHolds } from "./holds.ts";
import { measureKernel } from "./kernel/kernel.ts";
import { measureLive } from "./live/live.ts";
import { describeMachine } from "./machine.ts";
import { measureMemory } from "./memory.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { measurePage } from "./page/page.ts";
import { answersTable, holdsTable, memoryTable, PAGE, startTable, timesTable, writeBetween } from "./report.ts";
import { type Measured, measure } from "./rounds.ts";
import { measureServer } from "./server/server.ts";
import { measureShapes } from "./shapes/shapes.ts";
import { measureTop } from "./top/top.ts";
import { measureTraffic } from "./traffic/traffic.ts";

/** Everything started here (farm, cases) ends when its channel to this process closes. */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

async function main(options: Options): Promise<void> {
  const place: Place = {
    temp: mkdtempSync(join(tmpdir(), "procnet-bench-")),
    sources: fileURLToPath(new URL("..", import.meta.url)),
  };
  process.once("exit", () => rmSync(place.temp, { recursive: true, force: true }));
  if (options.shapes !== undefined) return measureShapes(place, options.shapes, options);
  if (options.minutes !== undefined) return measureLive(place, { ...options, minutes: options.minutes });
  if (options.server) return measureServer(place, options);
  if (options.page !== undefined) return measurePage({ ...options, minutes: options.page });
  if (options.top) return measureTop(place, options);
  if (options.kernel) return measureKernel(place, options);
  if (options.traffic) return measureTraffic(options);
  const start = await measure(
    starts.filter((subject, index) => index === 0 || subject.name.includes(options.only)),
    place,
    options.rounds + 5,
    2,
  );
  const holds = "the event loop".includes(options.only) ? await measureHolds(place, options.quick ? 100 : 1) : [];
  await using farm = options.sockets === 0 ? undefined : await startFarm(options.sockets);
  console.log(`${describeMachine(describeFarm(farm))}\n`);

  const reading = await measure(chosen("reading", options), place, options.rounds, 3);
  if (!right(reading)) return;
  const owners = await measure(chosen("owners", options), place, slowRounds(options), 1);
  if (!right(owners)) return;
  const port = await measure(chosen("port", options), place, options.rounds, 3);
  if (!right(port)) return;
  const sections = [
    describeMachine(describeFarm(farm)),
    `### Starting a command, before there are many sockets (rounds: ${options.rounds + 5})\n\n${startTable(start)}`,
    `### Reading the TCP table (rounds: ${options.rounds})\n\n${timesTable(reading)}`,
    `### TCP sockets with their owners (rounds: ${slowRounds(options)})\n\n${timesTable(owners)}`,
    `### Who listens on one port (rounds: ${options.rounds})\n\n${timesTable(port)}`,
    `### How long sockets() holds the event loop at a time, before there are many sockets\n\n${holdsTable(holds)}`,
    `### Memory\n\n${memoryTable(await measureMemory())}`,
  ];
  console.log(sections.slice(1).join("\n\n"));
  if (options.write) writeBetween(PAGE, sections.join("\n\n"), "bench");
}

/** The floor and the cases of a table. */
function chosen(table: Case["table"], { only }: Options): Case[] {
  return cases.filter((subject, index) => index === 0 || (subject.table === table && subject.name.includes(only)));
}

function slowRounds({ rounds }: Options): number {
  return Math.ceil(rounds / 3);
}

/** Whether all answers of ours were right; when not, shows the answers and no times. */
function right(measured: readonly Measured[]): boolean {
  const wrong = measured.some(({ case: { ours }, mistakes, absent }) => {
    return ours === true && (mistakes.size > 0 || absent?.startsWith("failed"));
  });
  if (wrong) {
    console.error(`An answer of ours is wrong, so there are no times.\n\n${answersTable(measured)}`);
    process.exitCode = 1;
  }
  return !wrong;
}

function describeFarm(farm: Farm | undefined): string {
  if (farm === undefined) return "what the machine had";
  const { connected, listeners, processes } = farm;
  return `${connected.toLocaleString("en")} connected over loopback, ${listeners} listening, processes: ${processes}`;
}

const options = parsed();
if (options !== undefined) await main(options);

function parsed(): Options | undefined {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== "help") return options;
    console.log(USAGE);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exitCode = 2;
  }
  return undefined;
}
