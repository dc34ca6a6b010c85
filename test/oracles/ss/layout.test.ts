import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inside, sameMoment, type Wrapper } from "../../support/netstat/compare.ts";
import type { SocketScene } from "../../support/netstat/scene-sockets.ts";
import { type MaskName, masked } from "../../support/ss/masks.ts";
import { makeSsScene, noSs } from "../../support/ss/scene.ts";
import { onTerminal } from "../../support/ss/terminal.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Columns on terminals of several widths: ss spreads what is left over the columns, and breaks lines where not all fit.
 */

const skip = noSs();
let scene: SocketScene;
let here: Wrapper;
beforeAll(async () => {
  if (skip !== undefined) return;
  scene = await makeSsScene();
  here = inside(scene.scene.namespace.name);
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, skip));

const MASKS: readonly MaskName[] = ["backlog"];

describe.each([200, 120, 100, 80, 60, 40])("on a terminal of %d columns", (columns) => {
  it.each(["-tan", "-uan", "-tunH", "-0", "-tna state time-wait", "-wan"])("ss %s", (line) => {
    const run = (program: readonly string[]) => onTerminal(columns, here, program);
    const { theirs, ours } = sameMoment(here, line.split(" "), onlyOut(masked(...MASKS)), "ss", run);
    expect(ours).toEqual(theirs);
  });
});

/** There is one terminal for both: what is not known is said there too. */
function onlyOut(mask: ReturnType<typeof masked>): ReturnType<typeof masked> {
  return (printed) => mask({ ...printed, out: printed.out.replace(/^ss: procfs does not tell .*\n/m, "") });
}
