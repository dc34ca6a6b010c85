import type { Place } from "../case.ts";
import { describeMachine } from "../machine.ts";
import { isMet, type Mark } from "../marks/mark.ts";
import { markdownTable, PAGE, writeBetween } from "../report.ts";
import { manyNamespaces, manyProcesses, manySockets, manyUnix, type SceneOptions } from "./scenes.ts";

const SCENES = [manySockets, manyNamespaces, manyUnix, manyProcesses] as const;

/** What the kernel's source costs beside procfs, and whether its marks are kept. */
export async function measureKernel(
  place: Place,
  { quick, write }: { readonly quick: boolean; readonly write: boolean },
): Promise<void> {
  const options: SceneOptions = { place, rounds: quick ? 3 : 15, parts: quick ? 20 : 1 };
  const marks: Mark[] = [];
  for (const scene of SCENES) marks.push(...(await scene(options)));
  const rows = marks.map((mark) => [
    mark.what,
    `${mark.value.toFixed(2)} ${mark.unit}`.trim(),
    `${mark.most} ${mark.unit}`.trim(),
    isMet(mark) ? "kept" : "NOT kept",
    mark.note ?? "",
  ]);
  const table = markdownTable(["", "measured", "at most", "", ""], rows, 2);
  const machine = describeMachine("those of each scene, made one after the other");
  console.log(`${machine}\n\n${table}`);
  if (write) writeBetween(PAGE, `${machine}\n\n${table}`, "kernel");
}
