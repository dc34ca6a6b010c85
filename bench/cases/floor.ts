import { Absent, type Case } from "../case.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { built, capture, find } from "../tools/program.ts";
import { readThrough } from "../tools/reading.ts";

const PATH = "/proc/net/tcp";
let loop: Coprocess | undefined;

/** What the kernel itself takes to write the table: no reader of the file can be faster. */
export const floor: Case = {
  name: "kernel alone: read the file, throw it away",
  table: "reading",
  covers: "nothing",

  async prepare(place) {
    try {
      loop = new Coprocess(await built("floor", place), [PATH]);
      return `C, cc ${(await capture(find("cc"), ["-dumpfullversion"])).text.trim()}`;
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      return `Node loop: ${error.message}`;
    }
  },

  async run() {
    if (loop === undefined) {
      readThrough(PATH);
      return {};
    }
    return { ms: (await loop.ask()).ms };
  },
};
