import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, it } from "vitest";
import { ProcFs } from "../../packages/procnet/src/index.ts";
import { noScene } from "../support/scene.ts";
import { ROOT } from "../support/tools.ts";
import { useScene } from "../support/use-scene.ts";

const PROGRAM = join(ROOT, "examples", "build", "netstat.js");
/** What a server writes over its arguments, with everything behind the first word that begins with no letter, and how it is shown. */
const TITLE = "b\u001b[2J\nad) S 1";
const SHOWN = "b\\x1b[2J\\x0aad) S";
const SERVER = `
process.title = ${JSON.stringify(TITLE)};
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit());
`;

const scene = useScene();

/** The owner of a server whose title would steer a terminal, and where it listens. */
let hostile: { readonly owner: string; readonly local: string };
beforeAll(async () => {
  if (noScene() !== undefined) return;
  // The room for a title is that of the arguments.
  const child = scene().namespace.spawn(process.execPath, ["-e", SERVER, "room".repeat(9)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  hostile = { owner: `${child.pid}/${SHOWN}`, local: `127.0.0.1:${line}` };
});

interface Line {
  readonly local: string;
  readonly remote: string;
  readonly state: string;
  readonly inode: number;
  readonly owner: string;
}

/** Runs the example in the scene. */
function netstat(): { text: string; lines: Line[] } {
  if (!existsSync(PROGRAM)) throw new Error("not built: run `npm run build` first");
  const text = scene().namespace.run(process.execPath, [PROGRAM]);
  const [, ...lines] = text.split("\n").slice(0, -1);
  const parsed = lines.map((line) => {
    const [, local = "", remote = "", state = "", inode, owner = ""] = /^(\S+) +(\S+) +(\S+) +(\d+) (.*)$/.exec(line)!;
    return { local, remote, state, inode: Number(inode), owner };
  });
  return { text, lines: parsed };
}

describe("the example netstat", () => {
  it("prints each listening socket with its process", () => {
    const { lines } = netstat();
    const { pid, ports, inodes } = scene();
    // What the scene's process has as comm would steer a terminal too: it is no name of a program.
    const listening = lines.filter(({ state, local }) => state === "LISTEN" && local !== hostile.local);
    const expected = ["listen", "narrow", "waiting", "6-listen", "6-narrow", "6-waiting", "dual", "half-open"];
    const address = (name: string): string =>
      name === "dual" ? "[::]" : name.startsWith("6-") ? "[::1]" : name === "half-open" ? "192.0.2.1" : "127.0.0.1";
    expect(
      listening.map(({ local, inode, owner }) => ({ local, inode, owner })).sort((a, b) => a.inode - b.inode),
    ).toEqual(
      expected
        .map((name) => ({ local: `${address(name)}:${ports[name]}`, inode: inodes[name]!, owner: `${pid}/python3` }))
        .sort((a, b) => a.inode - b.inode),
    );
  });

  it("prints every other socket of both families once", () => {
    const { net } = new ProcFs().process(scene().pid);
    const { lines } = netstat();
    expect(new Set(lines.map(({ inode }) => inode).filter(Boolean))).toEqual(
      new Set([...net.tcp(), ...net.tcp6()].map(({ inode }) => inode).filter(Boolean)),
    );
    expect(lines.find(({ inode }) => inode === scene().inodes["syn-sent"])).toMatchObject({
      remote: "192.0.2.77:81",
      state: "SYN_SENT",
    });
  });

  it("puts a dash where nobody holds the socket", () => {
    const { lines } = netstat();
    const orphans = lines.filter(({ inode }) => inode === 0);
    expect(orphans.length).toBeGreaterThan(3); // not accepted, orphaned, and what is left of time-wait
    expect(new Set(orphans.map(({ owner }) => owner))).toEqual(new Set(["-"]));
  });

  it("lets no name steer the terminal", () => {
    const { text, lines } = netstat();
    expect(lines.filter(({ local, state }) => local === hostile.local && state === "LISTEN")).toMatchObject([
      { owner: hostile.owner },
    ]);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
