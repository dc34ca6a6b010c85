import { describe, expect, it } from "vitest";
import {
  allProcesses,
  captureProcNet,
  captureProcNetAsync,
  defaultRoutes,
  eachSocket,
  interfaces,
  lanAddress,
  networkNamespaces,
  networkNamespacesAsync,
  ownSockets,
  ProcFs,
  SocketEngine,
  sockets,
  socketsSync,
  whoListens,
  whoListensSync,
} from "../index.ts";

/** Plain JavaScript, as far as types go. */
type Call = (options: never) => unknown;

const engine = new SocketEngine();

/** Below a file nothing can be made. */
const NOWHERE = "/etc/hostname/capture";

const CALLS: Readonly<Record<string, Call>> = {
  sockets: (options) => sockets(options),
  socketsSync: (options) => socketsSync(options),
  eachSocket: (options) => eachSocket(options).next(),
  whoListens: (options) => whoListens(80, options),
  whoListensSync: (options) => whoListensSync(80, options),
  ownSockets: (options) => ownSockets(options),
  networkNamespaces: (options) => networkNamespaces(options),
  networkNamespacesAsync: (options) => networkNamespacesAsync(options),
  SocketEngine: (options) => new SocketEngine(options),
  "SocketEngine.sockets": (options) => engine.sockets(options),
  "SocketEngine.socketsSync": (options) => engine.socketsSync(options),
  "SocketEngine.eachSocket": (options) => engine.eachSocket(options).next(),
  ProcFs: (options) => new ProcFs(options),
  allProcesses: (options) => allProcesses(options).next(),
  interfaces: (options) => interfaces(options),
  defaultRoutes: (options) => defaultRoutes(options),
  lanAddress: (options) => lanAddress(options),
  "Net.readAll": (options) => new ProcFs().net.readAll(options),
  "Process.stat": (options) => new ProcFs().self().stat(options),
  "Process.cgroup": (options) => new ProcFs().self().cgroup(options),
  captureProcNet: (options) => captureProcNet(NOWHERE, options),
  captureProcNetAsync: (options) => captureProcNetAsync(NOWHERE, options),
};

const refusal = async (call: Call, options: unknown): Promise<unknown> => {
  try {
    await call(options as never);
  } catch (error) {
    return error;
  }
  return "taken";
};

const saying = (...words: readonly string[]): unknown =>
  expect.objectContaining({
    name: "ProcfsError",
    code: "ERR_INVALID_ARG",
    message: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${escaped(word)})`).join(""))),
  });

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe.each(Object.entries(CALLS))("%s refuses", (name, call) => {
  const what = name.split(".").at(-1)!;

  it.each(["x", "toString", "__proto__"])("an option that does not exist: %s", async (option) => {
    const options = JSON.parse(`{ "${option}": 1 }`);
    expect(await refusal(call, options)).toEqual(saying(what, `no option "${option}"`));
  });

  it("one whose value is undefined", async () => {
    expect(await refusal(call, { rooot: undefined })).toEqual(saying('"rooot"'));
  });

  it.each([[null], ["tcp"], [["tcp"]], [3], [true], [Symbol("x")]])(
    "what is no object of options: %s",
    async (options) => {
      expect(await refusal(call, options)).toEqual(saying(what, "must be"));
    },
  );
});

it.each([
  "sockets",
  "socketsSync",
  "eachSocket",
  "whoListens",
  "whoListensSync",
  "ownSockets",
  "SocketEngine",
  "networkNamespaces",
])("%s does not take a root for the machine's procfs, nor a path for a procfs", async (name) => {
  expect(await refusal(CALLS[name]!, { root: "/host/proc" })).toEqual(
    saying('"root"', "{ procfs: new ProcFs({ root }) }"),
  );
  for (const procfs of ["/host/proc", {}, 1]) {
    if (procfs !== null)
      expect(await refusal(CALLS[name]!, { procfs })).toEqual(saying("procfs must be a ProcFs", "new ProcFs({ root:"));
  }
});

it("a procfs is not given by its mere path", async () => {
  expect(await refusal(CALLS.ProcFs!, "/host/proc")).toEqual(saying('{ root: "/host/proc" }'));
});

it.each(["sockets", "socketsSync", "eachSocket"])("%s knows what is meant by other words", async (name) => {
  const call = CALLS[name]!;
  expect(await refusal(call, { family: ["tcp"] })).toEqual(saying('"family"', 'did you mean "protocol"'));
  expect(await refusal(call, { status: "LISTEN" })).toEqual(saying('"status"', 'did you mean "state"'));
  expect(await refusal(call, { port: 80 })).toEqual(saying('did you mean "localPort"'));
  expect(await refusal(call, { budget: { ms: 80 } })).toEqual(saying('budget has no option "ms"'));
  expect(await refusal(call, { budget: null })).toEqual(saying("budget", "must be"));
  expect(await refusal(call, { signal: "now" })).toEqual(saying("signal must be an AbortSignal"));
  expect(await refusal(call, { onIssue: true })).toEqual(saying("onIssue must be a function"));
});

it.each(["sockets", "socketsSync", "eachSocket"])("%s takes an option by one of its names only", async (name) => {
  const call = CALLS[name]!;
  const both = (former: string, today: string) =>
    saying(name, `"${today}" and "${former}" are the same option`, `leave out "${former}"`);
  expect(await refusal(call, { protocol: "tcp", protocols: ["tcp"] })).toEqual(both("protocols", "protocol"));
  expect(await refusal(call, { state: "LISTEN", states: ["LISTEN"] })).toEqual(both("states", "state"));
  expect(await refusal(call, { x: 1 })).not.toEqual(saying("protocols"));
});

it.each(["sockets", "whoListens", "whoListensSync", "networkNamespacesAsync", "captureProcNetAsync"])(
  "%s refuses what is no signal",
  async (name) => {
    for (const signal of ["now", 5, null, {}, new AbortController()]) {
      expect(await refusal(CALLS[name]!, { signal })).toEqual(saying("signal must be an AbortSignal"));
    }
  },
);

it.each([["protocol"], ["state"], ["localPort"], ["address"], ["inode"], ["owners"], ["namespaces"]])(
  "%s may be anything, also what has no text: it is told, not thrown over",
  async (name) => {
    // A hole of a list is no value, and 1n has no JSON.
    for (const value of [
      Object.create(null),
      [Object.create(null)],
      [[1n]],
      Object.assign(new Array(2), { 1: 80 }),
      Symbol("x"),
      () => {},
    ]) {
      expect(await refusal(CALLS.sockets!, { [name]: value })).toEqual(saying(name));
    }
  },
);

it("an engine looks at one procfs only", async () => {
  const other = new ProcFs();
  expect(await refusal(CALLS["SocketEngine.sockets"]!, { procfs: other })).toEqual(saying('no option "procfs"'));
  expect((await sockets({ procfs: engine.procfs, protocol: "icmp", owners: false })).skipped).toEqual([]);
});

it.each([
  ["interfaces", { net: {} }, "net must be a Net"],
  ["interfaces", { sysfs: true }, "sysfs must be a path or false"],
  ["defaultRoutes", { net: "/proc/1/net" }, "net must be a Net"],
  ["defaultRoutes", { nets: 1 }, 'did you mean "net"'],
  ["lanAddress", { family: 4 }, 'family must be "IPv4" or "IPv6"'],
  ["lanAddress", { famly: "IPv4" }, 'did you mean "family"'],
  ["Process.stat", { bigInt: true }, 'did you mean "bigint"'],
  ["captureProcNet", { anonymize: true }, 'did you mean "anonymise"'],
  ["captureProcNet", { anonymise: "yes" }, "anonymise must be true or false"],
  ["captureProcNetAsync", { processes: 0 }, "processes must be true or false"],
  ["captureProcNet", { procfs: "/host/proc" }, "procfs must be a ProcFs"],
])("%s says what is wrong with %j", async (name, options, words) => {
  expect(await refusal(CALLS[name]!, options)).toEqual(saying(words));
});

it("options that are there but undefined are as if they were not", async () => {
  const one = socketsSync({ protocol: undefined, states: undefined, procfs: undefined, owners: false } as never);
  expect(one.sockets.length).toBeGreaterThanOrEqual(0);
  const own = (where?: Parameters<typeof networkNamespaces>[0]): unknown =>
    networkNamespaces(where).find(({ pids }) => pids.includes(process.pid))?.inode;
  expect(own(new ProcFs())).toBe(own());
  expect(own({ procfs: new ProcFs() })).toBe(own());
  expect((await networkNamespacesAsync()).find(({ pids }) => pids.includes(process.pid))?.inode).toBe(own());
});
