import type { PlayedScene } from "./burdened.ts";
import { Machine } from "./machine.ts";
import type { Program } from "./program.ts";

const PROGRAMS = 10;
const PORTS = 4;
const PAIRS = 1250;

/** How many sockets a crowded machine has: both ends of all connections, and the listeners. */
export const CROWD: number = PROGRAMS * PORTS * (2 * PAIRS + 1);

/** A machine with more than 100,000 sockets, each of them real. */
export async function crowded(): Promise<PlayedScene> {
  const machine = await Machine.start("crowd");
  try {
    const programs = new Map<string, Program>();
    for (let at = 0; at < PROGRAMS; at++) {
      const program = await machine.program(`farm-${at}`);
      await program.do({
        do: "pairs",
        key: "pairs",
        address: `127.0.1.${at + 1}`,
        first: 20_000,
        ports: PORTS,
        count: PAIRS,
      });
      programs.set(`farm-${at}`, program);
    }
    return { machine, programs, far: programs.get("farm-0")!, remove: () => machine.remove() };
  } catch (error) {
    machine.remove();
    throw error;
  }
}
