import { Absent, type Place } from "../case.ts";
import { describeMachine } from "../machine.ts";
import type { Options } from "../options.ts";
import { PAGE } from "../report.ts";
import { callsTable } from "./calls.ts";
import { Differs, measureScene } from "./measure.ts";
import { SHAPES } from "./scenes.ts";
import { sceneSection, writeSections } from "./table.ts";

/** So long a shape takes at most, if one round does not take longer. */
const SECONDS = 100;

/** Measures shapes one after the other, and prints each as it is done. */
export async function measureShapes(
  place: Place,
  names: readonly string[],
  { quick, write, calls }: Options,
): Promise<void> {
  for (const name of names) {
    const scenes = SHAPES[name]!;
    for (const scene of scenes) {
      try {
        if (calls) {
          console.log(`${await callsTable(place, scene)}\n`);
          continue;
        }
        const times = await measureScene(place, scene, quick ? 0 : SECONDS / scenes.length);
        const section = sceneSection(times, describeMachine(`those of the machine, and: ${scene.title}`));
        console.log(`${section}\n`);
        if (write) writeSections(PAGE, [section]);
      } catch (error) {
        if (error instanceof Differs) process.exitCode = 1;
        else if (!(error instanceof Absent)) throw error;
        console.error(`${scene.title}: ${error.message}\n`);
      }
    }
  }
}
