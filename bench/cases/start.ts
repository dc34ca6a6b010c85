import { join } from "node:path";
import type { Case, Place } from "../case.ts";
import { timed } from "../tools/program.ts";
import { packageVersion } from "../tools/version.ts";
import { COMMAND } from "./programs.ts";

/** Whole commands on a machine with its own few sockets. The first is what Node itself takes. */
export const starts: readonly Case[] = [
  start("node -e 0", ["-e", "0"]),
  start("procnet netstat -tln", [COMMAND, "netstat", "-tln"]),
  start("procnet netstat -tlnp", [COMMAND, "netstat", "-tlnp"]),
  start("procnet port 1", [COMMAND, "port", "1"]),
  start("procnet", [COMMAND]),
];

function start(name: string, args: readonly string[]): Case {
  let output = "";
  return {
    name,
    table: "start",
    covers: "nothing",
    async prepare(place: Place) {
      output = join(place.temp, `${process.pid}.txt`);
      return args[0] === COMMAND ? packageVersion("@procnet/cli") : process.version;
    },
    run: async () => ({ ms: await timed(output, process.execPath, args) }),
  };
}
