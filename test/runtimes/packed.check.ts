import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DOOR_SAYS, doorSuite } from "../support/kernel/door-suite.ts";
import { readableFolder } from "../support/readable.ts";
import { makeScene, noScene, type Scene } from "../support/scene.ts";
import { asJavaScript, markdownSnippets } from "../support/snippets.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";
import { Project, type Ran, type Runtime, runWith } from "./packed.ts";

/*
 * The packed library and command on other runtimes: every answer about one scene is that of Node.
 */

const runtimes = JSON.parse(process.env.PROCNET_RUNTIMES ?? "[]") as Runtime[];
const here: Runtime = { name: "node", command: [process.execPath], env: {}, slow: false };
const reason = noScene() ?? missingTools("bash");

let project: Project;
let scene: Scene;
let odd = 0;
beforeAll(async () => {
  project = new Project();
  if (reason !== undefined) return;
  scene = await makeScene();
  odd = await listenerWithOddPath(scene);
});
afterAll(() => scene?.remove());

/** A process whose program lies in a file whose name is no UTF-8, and which listens: its port. */
async function listenerWithOddPath({ namespace }: Scene): Promise<number> {
  const code = `import socket, sys; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); sys.stdin.read()`;
  const script = `cp "$(python3 -IS -c 'import sys; print(sys.executable)')" "$1"$'/e\\xff' && exec "$1"$'/e\\xff' -ISc "$2"`;
  const options = { stdio: ["pipe", "pipe", "inherit"] } as const;
  const child = namespace.spawn("bash", ["-c", script, "bash", readableFolder(), code], {
    ...options,
    stdio: [...options.stdio],
  });
  const ended = once(child, "exit").then(() => Promise.reject(new Error("the odd listener has ended")));
  ended.catch(() => {}); // being killed at the end is no failure
  const [line] = await Promise.race([once(createInterface({ input: child.stdout! }), "line"), ended]);
  return Number(line);
}

/** Looks at everything by every way; what changes from one moment to the next is left out. */
const LOOK = (ports: readonly number[]): string => `
  import { eachSocket, isProcfsError, net, ProcFs, SocketEngine, sockets, socketsSync, whoListens } from "procnet";
  const FIELDS = ["protocol", "state", "type", "localAddress", "localPort", "remoteAddress", "remotePort", "uid", "inode",
    "path", "namespace", "suspect", "ownerless"];
  const options = { protocol: ["tcp", "tcp6", "udp", "udp6", "raw", "raw6", "unix"], onIssue() {} };
  // Deno gives no link whose target is not UTF-8.
  const withoutOddPaths = (key, value) => (key === "exe" && value?.includes("\\ufffd") ? undefined : value);
  const plain = (found) => [...found]
    .filter(({ inode, owners }) => inode > 0 && !owners?.some(({ pid }) => pid === process.pid))
    .map((socket) => ({ ...Object.fromEntries(FIELDS.map((name) => [name, socket[name]])), owners: socket.owners }))
    .map((socket) => JSON.stringify(socket, withoutOddPaths)).sort();
  const each = [];
  for await (const socket of eachSocket(options)) each.push(socket);
  const engine = new SocketEngine({ threads: 2 });
  const threaded = plain((await engine.sockets(options)).sockets);
  engine.close();
  const { sockets: found, skipped } = await sockets(options);
  const refused = (act) => { try { return act(); } catch (error) { return isProcfsError(error) && error.code; } };
  const listens = [];
  for (const port of ${JSON.stringify(ports)}) listens.push(await whoListens(port));
  const { tables } = net.readAll({ onIssue() {} });
  console.log(JSON.stringify({
    found: plain(found), skipped, sync: plain(socketsSync(options).sockets), each: plain(each), threaded,
    listens: listens.map(({ listeners, ...answer }) => ({ ...answer, listeners: plain(listeners) })),
    tables: [...tables.keys()], routes: net.route(), neighbours: net.arp().map(({ ipAddress }) => ipAddress).sort(),
    self: new ProcFs().self().pid === process.pid,
    refused: [refused(() => new ProcFs().process(2 ** 22 + 1).stat()), refused(() => net.read("no/such"))],
  }, withoutOddPaths));
`;

/** The same questions to the kernel; owners by its iterator, sockets of another namespace through a thread, traffic of two looks. */
const LOOK_BY_KERNEL = (door: string): string => `
  import { createKernelSource, traffic } from "@procnet/kernel";
  import { sockets } from "procnet";
  const FIELDS = ["protocol", "state", "localAddress", "localPort", "remoteAddress", "remotePort", "uid", "inode", "backlog",
    "path", "peer", "v6Only", "shutdown", "mark", "congestion", "namespace"];
  const source = createKernelSource({ door: ${JSON.stringify(door)} });
  const protocol = ["tcp", "tcp6", "udp", "udp6", "unix"];
  const withoutOddPaths = (key, value) => (key === "exe" && value?.includes("\\ufffd") ? undefined : value);
  const plain = (found) => found.filter(({ inode, owners }) => inode > 0 && !owners?.some(({ pid }) => pid === process.pid))
    .map((socket) => JSON.stringify({ ...Object.fromEntries(FIELDS.map((name) => [name, socket[name]])), owners: socket.owners }, withoutOddPaths))
    .sort();
  const ask = async (options) => {
    const { sockets: found, source: by, sourceOf } = await sockets({ protocol, source, onIssue() {}, ...options });
    return { found: plain(found), by, owners: sourceOf?.owners, notes: sourceOf?.notes };
  };
  const here = await ask({});
  const everywhere = await ask({ namespaces: "all" });
  source.close();
  const looks = [];
  for await (const { connections, isInterrupted } of traffic({ every: 50, door: ${JSON.stringify(door)} })) {
    looks.push([Array.isArray(connections), isInterrupted]);
    if (looks.length === 2) break;
  }
  // Other namespaces of the machine live their own lives.
  const namespaces = new Set(here.found.map((text) => JSON.parse(text).namespace));
  const same = everywhere.found.filter((text) => namespaces.has(JSON.parse(text).namespace)).length >= here.found.length;
  console.log(JSON.stringify({ here, by: everywhere.by, owners: everywhere.owners, same, looks }));
`;

/** The ways to the kernel that a runtime has. An emulator translates calls of C, not those of programs for another processor. */
function doorsOf({ name, slow }: Runtime): { readonly wanted: string }[] {
  if (slow) return [];
  if (name.startsWith("bun")) return [{ wanted: "bun:ffi" }];
  if (name === "deno") return [{ wanted: "Deno.dlopen" }];
  return [{ wanted: "koffi" }, ...(name === "node-26" ? [{ wanted: "node:ffi" }] : [])];
}

/** The same question to Node before and after, until both say the same. */
function compared(ask: (runtime: Runtime) => Ran, runtime: Runtime): { theirs: Ran; ours: Ran } {
  let before = ask(here);
  for (let left = 5; ; left--) {
    const ours = ask(runtime);
    const after = ask(here);
    const isStill = JSON.stringify(before) === JSON.stringify(after);
    if (left === 0 || (isStill && JSON.stringify(ours) === JSON.stringify(after))) return { theirs: after, ours };
    before = after;
  }
}

describe.each(runtimes)("$name", (runtime) => {
  const inScene = (args: readonly string[]) => (one: Runtime) => runWith(one, args, project.folder, scene.namespace);

  describe("in a namespace full of sockets", () => {
    beforeEach((context) => skipIf(context, reason));

    it("finds the same sockets, owners, listeners and tables as Node, by every form", () => {
      const { listen, dual, "6-listen": listen6 } = scene.ports;
      const file = project.write("look.mjs", LOOK([listen!, dual!, listen6!, odd, 9]));
      const { theirs, ours } = compared(inScene([file]), runtime);
      expect(ours.err).toBe("");
      const [mine, nodes] = [JSON.parse(ours.out), JSON.parse(theirs.out)];
      expect(mine).toEqual(nodes);
      expect(mine.found.length).toBeGreaterThan(40);
      for (const form of ["sync", "each", "threaded"]) expect(mine[form]).toEqual(mine.found);
      expect(mine.listens.map(({ kind }: { kind: string }) => kind)).toEqual([...Array(4).fill("owned"), "free"]);
    });

    it.each(doorsOf(runtime))("reaches the kernel by $wanted", ({ wanted }) => {
      const file = project.write("door.mjs", doorSuite(wanted));
      const { out, err } = inScene([file])(runtime);
      // Node says that its own interface is an experiment.
      expect({ err: err.replaceAll(/^\(.*\n/gm, "") }).toEqual({ err: "" });
      const { sockets, ...said } = JSON.parse(out);
      expect(said).toEqual({ ...DOOR_SAYS, name: wanted });
      const listening = scene.namespace.run("ss", ["-4tlnH"]).trim().split("\n").length;
      expect(sockets.length).toBe(listening);
    });

    it.each(doorsOf(runtime))("finds sockets, owners and traffic by $wanted as Node does by koffi", ({ wanted }) => {
      const ask = (one: Runtime): Ran => {
        const door = one === here ? "koffi" : wanted;
        return inScene([project.write(`kernel-${door.replace(":", "-")}.mjs`, LOOK_BY_KERNEL(door))])(one);
      };
      const { theirs, ours } = compared(ask, runtime);
      expect({ ...ours, err: ours.err.replaceAll(/^\(.*\n/gm, "") }).toEqual(theirs);
      const { here: found, owners, same } = JSON.parse(ours.out);
      expect(found.found.length).toBeGreaterThan(40);
      expect({ by: found.by, owners, same }).toEqual({ by: "kernel", owners: "kernel", same: true });
    });

    // Without what differs: Deno has two unix sockets of its own, and gives no link whose target is not UTF-8.
    const everyday = ["netstat -tulpn", "sockets -l", "port PORT 9", "port PORT --json", "port ODD"];
    const more = [
      ...[
        "netstat -xln",
        "netstat -rn",
        "sockets -tuw --count-by state",
        "sockets -xl --ndjson",
        "routes",
        "netstat -tanp",
      ],
      "sockets -tuw --csv --columns proto,state,local,peer,process,uid,pid,fd,command,inode,reason",
    ];
    it.each(runtime.slow ? everyday : [...everyday, ...more])("procnet %s", (line) => {
      const words = line.replace("PORT", String(scene.ports.listen)).replace("ODD", String(odd)).split(" ");
      const { theirs, ours } = compared(inScene([project.bin, ...words]), runtime);
      expect(ours).toEqual(theirs);
      expect(ours.out.length).toBeGreaterThan(20);
    });
  });

  const programs = markdownSnippets("README.md").filter(({ runs }) => runs);
  it.each(runtime.slow ? programs.slice(0, 2) : programs)("$place runs", (snippet) => {
    const file = project.write(`${snippet.place.replaceAll(/\W/g, "-")}.mjs`, asJavaScript(snippet));
    const { code, out, err } = runWith(runtime, [file], project.folder);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const [, promised = ""] of snippet.code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)) {
      expect(out.split("\n")).toContain(promised);
    }
  });
});

/*
 * Deno asks for --allow-all where a path lies in /proc, whatever --allow-read names: files there are as good as any permission
 * (its security advisory GHSA-23rx-c3g5-hv9w, CVE-2024-34346).
 */
describe.runIf(runtimes.some(({ name }) => name === "deno"))("what Deno allows", () => {
  const deno = (...flags: string[]): Runtime => {
    const { command, ...rest } = runtimes.find(({ name }) => name === "deno")!;
    return { ...rest, command: [command[0]!, "run", "--no-prompt", ...flags] };
  };
  const ask = (code: string, ...flags: string[]): Ran =>
    runWith(deno(...flags), [project.write("allowed.mjs", code)], project.folder);

  it("parsers without any permission", () => {
    const code = `import { parseTcp } from "procnet/parse";
      const text = "  sl  local_address\\n   0: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1 00000000979a9b83 100 0 0 10 0\\n";
      console.log(parseTcp(new TextEncoder().encode(text), { byteOrder: "LE" })[0].localAddress);`;
    expect(ask(code)).toEqual({ code: 0, out: "127.0.0.1\n", err: "" });
  });

  it("captured trees with --allow-read of the tree", () => {
    const tree = `${ROOT}/test/fixtures/6.18`;
    const code = `import { ProcFs } from "procnet";
      console.log(new ProcFs({ root: ${JSON.stringify(tree)} }).net.tcp().length > 0);`;
    expect(ask(code, `--allow-read=${tree}`)).toEqual({ code: 0, out: "true\n", err: "" });
  });

  it("nothing of the machine with less than --allow-all, which is a typed error that says so", () => {
    const code = `import { net, isProcfsError, sockets, whoListens } from "procnet";
      for (const act of [async () => net.tcp(), () => sockets(), () => whoListens(80)]) {
        const error = await act().then(() => undefined, (reason) => reason);
        console.log(isProcfsError(error), /--allow-all/.test(error?.message));
      }`;
    const { out, err } = ask(code, "--allow-read", "--allow-sys", "--allow-env");
    expect({ out, err }).toEqual({ out: "true true\n".repeat(3), err: "" });
  });

  it.each(["netstat -tln", "netstat -i", "sockets", "port 9", "routes"])(
    "and procnet %s says so in one line",
    (line) => {
      const flags = deno("--allow-read", "--allow-sys", "--allow-env");
      const { code, out, err } = runWith(flags, [project.bin, ...line.split(" ")], project.folder);
      expect({ code, out }).toEqual({ code: 4, out: "" });
      // netstat is told in its own name.
      expect(err).toMatch(/^(procnet|netstat)[^\n]*--allow-all[^\n]*\n$/);
    },
  );
});
