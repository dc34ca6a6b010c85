import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { allRows, inetSockets, NETLINK_SOCK_DIAG, NetlinkSocket, openDoor } from "@procnet/kernel";
import { Ajv2020 } from "ajv/dist/2020.js";
import { schemaOf } from "procnet/view";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { BIN, procnet, program } from "../support/command/run.ts";
import { Namespace } from "../support/namespace.ts";
import { readableFolder } from "../support/readable.ts";
import { missingTools, run, skipIf } from "../support/tools.ts";

/* `procnet sockets FILTER --close`, in a network namespace of its own, against what happens to the programs whose sockets these are. */

/** Does what it is told line by line, and answers each time. */
const PROGRAM = `
import os, socket, struct, sys
named = {}
def listener(name, port):
    named[name] = socket.create_server(("127.0.0.1", port))
def connection(name, port, to):
    s = named[name] = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", port)); s.connect(("127.0.0.1", to))
    named[name + ".peer"] = named["listener"].accept()[0]
def udp(name, port, to=None):
    s = named[name] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", port))
    if to: s.connect(("127.0.0.1", to))
def shared(name, kind, port):
    # Several have the same port: of TCP they listen.
    s = named[name] = socket.socket(socket.AF_INET, kind)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1); s.bind(("127.0.0.1", port))
    if kind == socket.SOCK_STREAM: s.listen(1)
def raw(name, protocol, family=socket.AF_INET):
    named[name] = socket.socket(family, socket.SOCK_RAW, protocol)
def reset(name):
    # No TIME_WAIT is left: another may have the same ends at once.
    for one in (name, name + ".peer"):
        s = named.pop(one); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); s.close()
def error(name):
    s = named[name]; s.settimeout(.05)
    try: s.recv(1); return "end"
    except TimeoutError: return "alive"
    except OSError as error: return str(error.errno)
def accepts(name):
    named[name].settimeout(.05)
    try: named[name].accept(); return "accepted"
    except TimeoutError: return "alive"
    except OSError as error: return str(error.errno)
def call(name): open("/proc/self/comm", "w").write(name)
for line in sys.stdin:
    print(eval(line), flush=True)
`;

const reason = process.getuid?.() === 0 ? missingTools("ip", "python3") : "only root may close sockets";

let namespace: Namespace;
let child: ChildProcess;
let lines: AsyncIterator<string>;
beforeAll(async () => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  child = namespace.spawn("python3", ["-IuSc", PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  await tell('listener("listener", 4711)');
});
afterAll(() => namespace?.remove());
beforeEach((context) => skipIf(context, reason));

/** What the program answers. */
async function tell(line: string): Promise<string> {
  child.stdin!.write(`${line}\n`);
  return (await lines.next()).value;
}

const yes = async (): Promise<boolean> => true;
const where = (): string[] => ["--netns", `pid:${child.pid}`];
const close = (filter: string, ask: (question: string) => Promise<boolean | undefined> = yes, ...more: string[]) =>
  procnet(["sockets", ...where(), filter, "--close", ...more], { ask });

it("closes a connection in another network namespace, which its program is told", async () => {
  await tell('connection("one", 5001, 4711)');
  await tell('connection("two", 5002, 4711)');
  const { code, out, err } = await close("sport = :5001");
  expect({ code, out }).toEqual({
    code: 0,
    out: `closed tcp ESTABLISHED 127.0.0.1:5001 127.0.0.1:4711 of python3[${child.pid}]\n`,
  });
  expect(err).toBe(`tcp ESTABLISHED 127.0.0.1:5001 127.0.0.1:4711 of python3[${child.pid}]\n`);
  expect([await tell('error("one")'), await tell('error("two")')]).toEqual(["103", "alive"]);
});

it("tells of each as a document, an object a line, or a row, with what was left alone and why", async () => {
  await tell('connection("three", 5007, 4711)');
  await tell('connection("four", 5008, 4711)');
  const { code, out, err } = await close("sport = :5007", async () => undefined, "--yes", "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const document = JSON.parse(out) as { results: object[] };
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schemaOf("close"));
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).toMatchObject({
    kind: "close",
    results: [
      {
        outcome: "closed",
        socket: { localPort: 5007, remotePort: 4711, commonState: "ESTABLISHED", owners: [{ pid: child.pid }] },
      },
    ],
  });
  expect([await tell('error("three")'), await tell('error("four")')]).toEqual(["103", "alive"]);
  const lost = await close(
    "sport = :5008",
    async () => {
      await tell('reset("four")');
      return true;
    },
    "--ndjson",
  );
  expect(JSON.parse(lost.out)).toMatchObject({ outcome: "gone", socket: { localPort: 5008 } });
  const none = await close("sport = :5008", async () => undefined, "--json");
  expect(none).toMatchObject({ code: 0, err: "procnet: nothing was closed: there is no such socket\n" });
  expect(JSON.parse(none.out)).toMatchObject({ kind: "close", results: [] });
  await tell('connection("five", 5009, 4711)');
  const { out: csv } = await close("sport = :5009", yes, "--csv");
  expect(csv).toMatch(/^outcome,proto,state,local,peer,process,netns,reason/);
  expect(csv).toMatch(/^closed,tcp,ESTABLISHED,127\.0\.0\.1:5009,127\.0\.0\.1:4711,python3\[\d+\],\d+,$/m);
  expect(await close("sport = :5009", yes, "--json", "--every", "1s")).toMatchObject({ code: 2, out: "" });
});

it("closes all of several listeners that share a port, and says of other sockets that the kernel does not find them", async () => {
  const names = ["first", "second", "third"];
  for (const name of names) {
    await tell(`shared("${name}", socket.SOCK_STREAM, 5010)`);
    await tell(`shared("${name}.udp", socket.SOCK_DGRAM, 5010)`);
  }
  const listeners = await close("sport = :5010", yes, "-t");
  expect(listeners.code).toBe(0);
  expect(listeners.out.match(/^closed tcp LISTEN 127\.0\.0\.1:5010 /gm)).toHaveLength(3);
  for (const name of names) expect(await tell(`accepts("${name}")`)).not.toBe("alive");
  // One that is closed keeps its port, and is what the kernel finds: udp_abort.
  const datagrams = await close("sport = :5010", yes, "-u");
  expect(datagrams.code).toBe(4);
  expect(datagrams.out.match(/^closed udp /gm)).toHaveLength(1);
  expect(
    datagrams.out.match(/^not closed: udp .*: by its addresses and ports the kernel finds another socket/gm),
  ).toHaveLength(2);
  const states: string[] = [];
  for (const name of names) states.push(await tell(`error("${name}.udp")`));
  expect(states.sort()).toEqual(["103", "alive", "alive"]);
});

/** Why this kernel does not tell of raw sockets by netlink; `undefined` where it does. */
function noRawDiag(): string | undefined {
  const socket = new NetlinkSocket(openDoor(), NETLINK_SOCK_DIAG);
  try {
    allRows(socket, inetSockets({ protocol: "raw" }));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    socket.close();
  }
}

it.for([
  ["raw", "AF_INET", 1],
  ["raw6", "AF_INET6", 58],
] as const)("closes of %s sockets the one that is meant", async ([protocol, family, icmp], context) => {
  skipIf(context, noRawDiag());
  await tell(`raw("${protocol}.older", 253, socket.${family})`);
  await tell(`raw("${protocol}.icmp", ${icmp}, socket.${family})`);
  await tell(`raw("${protocol}.newer", 253, socket.${family})`);
  const state = async (): Promise<string[]> => {
    const all: string[] = [];
    for (const name of ["older", "icmp", "newer"]) all.push(await tell(`error("${protocol}.${name}")`));
    return all;
  };
  const inode = async (name: string): Promise<string> => tell(`os.fstat(named["${protocol}.${name}"].fileno()).st_ino`);
  const closed = async (name: string) => close(`inode = ${await inode(name)}`, yes, "-w");
  const first = await closed("older");
  expect(first.out).toMatch(/^not closed: raw/);
  expect(await state()).toEqual(["alive", "alive", "alive"]);
  expect((await closed("newer")).out).toMatch(/^closed raw/);
  expect(await state()).toEqual(["alive", "alive", "103"]);
  expect((await closed("older")).out).toMatch(/^closed raw/);
  expect(await state()).toEqual(["103", "alive", "alive"]);
});

it("meets no other that has the same ends by the time of the answer", async () => {
  await tell('connection("old", 5003, 4711)');
  const { code, out } = await close("sport = :5003", async () => {
    await tell('reset("old")');
    await tell('connection("new", 5003, 4711)');
    return true;
  });
  expect(out).toMatch(/^gone before it was closed: tcp ESTABLISHED 127\.0\.0\.1:5003 /);
  expect(code).toBe(0);
  expect(await tell('error("new")')).toBe("alive");
});

it("closes nothing where the answer is no, or nobody can be asked", async () => {
  await tell('connection("kept", 5004, 4711)');
  const no = await close("sport = :5004", async () => false);
  expect(no).toMatchObject({ code: 4, out: "", err: expect.stringMatching(/nothing was closed\n$/) });
  const nobody = await close("sport = :5004", async () => undefined);
  expect(nobody).toMatchObject({ code: 2, out: "", err: expect.stringContaining("use --yes") });
  expect(await tell('error("kept")')).toBe("alive");
  expect(await close("sport = :5004", async () => undefined, "--yes")).toMatchObject({ code: 0 });
  expect(await tell('error("kept")')).toBe("103");
});

it("closes listeners and UDP sockets, connected or not", async () => {
  await tell('listener("other", 4712)');
  await tell('udp("plain", 4713)');
  await tell('udp("connected", 4714, 4713)');
  const { code, out } = await close("sport = :4712 or sport = :4713 or sport = :4714");
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => line.split(" of ")[0])
      .sort(),
  ).toEqual([
    "closed tcp LISTEN 127.0.0.1:4712 0.0.0.0:*",
    "closed udp ESTABLISHED 127.0.0.1:4714 127.0.0.1:4713",
    "closed udp UNCONN 127.0.0.1:4713 0.0.0.0:*",
  ]);
  expect(code).toBe(0);
  expect(await tell('accepts("other")')).toBe("22");
  expect(await tell('error("plain")')).toBe("103");
});

it("shows names that steer a terminal as what they are", async () => {
  const script = `import socket, time
s = socket.create_connection(("127.0.0.1", 4711), source_address=("127.0.0.1", 5005)); print("up", flush=True); time.sleep(600)`;
  const folder = readableFolder();
  const path = join(folder, "\u001b[2J\nclosed");
  copyFileSync(run("python3", ["-c", "import os, sys; print(os.path.realpath(sys.executable), end='')"]), path);
  chmodSync(path, 0o755);
  const home = { PYTHONHOME: run("python3", ["-c", "import sys; print(sys.base_prefix, end='')"]) };
  const hostile = namespace.spawn(path, ["-Suc", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...home },
  });
  await once(hostile.stdout!, "data");
  const { err, out } = await close("sport = :5005");
  const shown = `tcp ESTABLISHED 127.0.0.1:5005 127.0.0.1:4711 of \\x1b[2J\\x0aclosed[${hostile.pid}]\n`;
  expect({ err, out }).toEqual({ err: shown, out: `closed ${shown}` });
});

it("leaves alone what holds ports for containers, unless that is asked for", async () => {
  await tell('connection("published", 5006, 4711)');
  await tell('call("docker-proxy")');
  const { code, out, err } = await close("sport = :5006", yes, "--yes");
  expect({ code, out, err }).toEqual({
    code: 4,
    out: "",
    err: expect.stringContaining("--container-ports closes it too: it is left alone"),
  });
  expect(await tell('error("published")')).toBe("alive");
  expect(await close("sport = :5006", yes, "--yes", "--container-ports")).toMatchObject({ code: 0 });
  expect(await tell('error("published")')).toBe("103");
  await tell('call("python3")');
});

it("leaves alone what procnet itself or an ancestor holds", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const { code, err } = await procnet(["sockets", `sport = :${port}`, "--close", "--yes"]);
  expect({ code, err }).toEqual({ code: 4, err: expect.stringContaining("is held by procnet or an ancestor of it") });
  const closed = new Promise((resolve) => server.close(resolve));
  expect(await closed).toBe(undefined);
});

it("is refused where the kernel refuses it, with the right that it takes", async () => {
  await tell('connection("far", 5007, 4711)');
  const words = ["sockets", ...where(), "sport = :5007", "--close", "--yes"];
  // Without CAP_NET_ADMIN, and with that which lets it into the namespace.
  const { status, stdout } = spawnSync(
    "setpriv",
    ["--bounding-set", "-net_admin", "--inh-caps", "-net_admin", process.execPath, BIN, ...words],
    { encoding: "utf8" },
  );
  expect({ status, stdout }).toEqual({
    status: 4,
    stdout: expect.stringMatching(/^not closed: tcp .*: that takes the right CAP_NET_ADMIN/),
  });
  expect(await tell('error("far")')).toBe("alive");
});

it.each(["sport = :", "dst :", "not ( src inet: ) or sport = :5011"])(
  "closes nothing by '%s', which any passes",
  async (filter) => {
    await tell('connection("any", 5011, 4711)');
    const { code, out, err } = await close(filter, yes, "--yes", "-t");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("an address or a port is missing");
    expect(await tell('error("any")')).toBe("alive");
    await tell('reset("any")');
  },
);

it("is asked of the kernel, of this machine and about something", async () => {
  for (const [args, problem] of [
    [["--close"], /^procnet: --close needs a filter/],
    [["--close", "--source", "procfs", "sport = 1"], /--source procfs cannot be used with it/],
    [["--close", "--root", "/proc", "sport = 1"], /--root cannot be used with it/],
    [["--close", "-x", "path ~ a"], /the kernel closes none of unix/],
    [["--close", "--flat", "sport = 1"], /--flat/],
    [["--yes", "sport = 1"], /--yes belongs to --close/],
  ] as const) {
    const { code, err } = await procnet(["sockets", ...args]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(problem) });
  }
  const alone = program(["sockets", "sport = :1", "--close", "--yes"], { uid: 65534 });
  expect(alone).toMatchObject({ code: 4, err: expect.stringContaining("npm install @procnet/kernel koffi") });
  expect(await close("sport = :1")).toMatchObject({
    code: 0,
    err: "procnet: nothing was closed: there is no such socket\n",
  });
});
