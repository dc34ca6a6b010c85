import { join } from "node:path";
import { Absent, type Case } from "../case.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { capture } from "../tools/program.ts";

/** The system's own Python: that is where the distribution's package goes. */
export const PYTHON = "/usr/bin/python3";

let loop: Coprocess | undefined;

export const psutil: Case = {
  name: 'psutil: net_connections("tcp"), in process',
  table: "owners",
  covers: "tcp and tcp6",
  async prepare(place) {
    const version = await psutilVersion();
    loop = new Coprocess(PYTHON, [join(place.sources, "rivals", "psutil_tcp.py")]);
    return version;
  },
  run: () => loop!.ask(),
};

export async function psutilVersion(): Promise<string> {
  try {
    const { code, text } = await capture(PYTHON, ["-c", "import psutil; print(psutil.__version__)"]);
    if (code === 0) return text.trim();
  } catch {
    // No Python either: the answer is the same.
  }
  throw new Absent(`${PYTHON} has no psutil`);
}
