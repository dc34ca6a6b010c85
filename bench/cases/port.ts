import { join } from "node:path";
import { net, whoListens } from "procnet";
import type { Case, Place } from "../case.ts";
import { countLines } from "../tools/lines.ts";
import { find, timed } from "../tools/program.ts";
import { packageVersion } from "../tools/version.ts";
import { COMMAND } from "./programs.ts";

/** The last listener of the farm: the one that is found last. */
function port(): number {
  return net.tcp({ where: { state: "LISTEN" } }).at(-1)?.localPort ?? 0;
}

/** Who listens on one port. */
export const portCases: readonly Case[] = [
  {
    name: "procnet: whoListens(port)",
    table: "port",
    covers: "one listener",
    ours: true,
    prepare: async () => packageVersion("procnet"),
    async run() {
      const wanted = port();
      const begin = performance.now();
      const answer = await whoListens(wanted);
      const ms = performance.now() - begin;
      return { ms, sockets: answer.kind === "owned" ? answer.listeners.length : 0 };
    },
  },
  program("procnet", (wanted) => ["port", String(wanted)], /\bowned\b/g),
  program("ss", (wanted) => ["-tlnpH", `sport = :${wanted}`], /users:/g),
  program("lsof", (wanted) => ["-nP", `-iTCP:${wanted}`, "-sTCP:LISTEN"], /\(LISTEN\)/g),
];

function program(name: string, args: (port: number) => readonly string[], listener: RegExp): Case {
  let path = name;
  let output = "";
  return {
    name: `${name} ${args(0).join(" ").replace("0", "PORT")}`,
    table: "port",
    covers: "one listener",
    async prepare(place: Place) {
      path = name === "procnet" ? COMMAND : find(name);
      output = join(place.temp, `${name}-port.txt`);
      return name === "procnet" ? packageVersion("@procnet/cli") : "";
    },
    async run() {
      const ms = await timed(output, path, args(port()));
      return { ms, sockets: countLines(output, listener) };
    },
  };
}
