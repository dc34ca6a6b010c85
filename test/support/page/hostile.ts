import type { PlayedScene } from "./burdened.ts";
import { Machine } from "./machine.ts";
import type { Program } from "./program.ts";

/** What runs where a name is taken for markup: a window that has this was taken over. */
const RUN = "window.taken=1";

const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** Names that a page must show as text, by what they try; one character for each byte. */
export const HOSTILE_NAMES: ReadonlyMap<string, string> = new Map([
  ["markup", `<img src=x onerror=${RUN}>`],
  ["script", `<script>${RUN}<\\script>`],
  ["an attribute", `" onmouseover="${RUN}" x="`],
  ["an entity", "&lt;b&gt;&amp;"],
  ["a template", `\${${RUN}}{{constructor.constructor('${RUN}')()}}`],
  ["a prototype", "__proto__"],
  ["a link", `javascript:${RUN}`],
]);

/** Names of which not every character shows itself. */
export const HIDING_NAMES: ReadonlyMap<string, string> = new Map([
  ["a terminal", "\x1b[2J\x1b]0;x\x07"],
  ["direction", bytes("invoice\u202egpj.exe")],
  ["nothing", bytes("post\u200bgres")],
  ["bytes", "caf\xe9\xff\xfe"],
  ["lines", "a\nb\r\nc"],
]);

/** A name of a thousand characters; as a command line, no name of a unix socket is so long. */
export const LONG_NAME: string = "long".repeat(250);

/** Local ports of the programs with such names, in their order. */
export const FIRST_PORT = 6001;

/** Names of interfaces have 15 bytes at most. */
export const HOSTILE_DEVICES: readonly string[] = ["<b>bold", `"'&lt;`, "__proto__", "\u202ednuob"];

/** A machine in which everything is called so. */
export async function hostile(): Promise<PlayedScene> {
  const machine = await Machine.start("hostile");
  try {
    const programs = new Map<string, Program>();
    for (const [what, name] of [...HOSTILE_NAMES, ...HIDING_NAMES, ["length", LONG_NAME] as const]) {
      const program = await machine.program(name, `--password=${name}`);
      const port = FIRST_PORT + programs.size;
      await program.do({ do: "listen", key: "tcp", address: "127.0.0.1", port });
      await program.do({ do: "become", comm: name.slice(0, 15) });
      await program.do({ do: "unix", key: "abstract", path: `\0${name.slice(0, 100)}` });
      const path = `/run/${name.replaceAll("/", "").slice(0, 90)}`;
      await program.do({ do: "unix", key: "path", path });
      programs.set(what, program);
    }
    for (const [at, name] of HOSTILE_DEVICES.entries())
      machine.run("ip", ["link", "add", name, "type", "veth", "peer", "name", `p${at}`]);
    return { machine, programs, far: programs.get("length")!, remove: () => machine.remove() };
  } catch (error) {
    machine.remove();
    throw error;
  }
}
