import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { Namespace } from "../../../../../test/support/namespace.ts";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../../test/support/tools.ts";
import { ProcFs, ProcfsError, type Socket, SocketEngine } from "../../index.ts";
import { runSync } from "../drive.ts";
import { UNLIMITED } from "./budget.ts";
import { Holders } from "./holders.ts";
import { SecondLook } from "./second-look.ts";

/*
 * Sockets of the running kernel that are closed and made anew, with the same addresses, after their tables were read and
 * before anybody could look whose they were. The kernel gives each socket the next number for its inode (sock_alloc,
 * net/socket.c), so that a socket whose inode a table has no more was closed, whatever has its address now.
 */

const PORT = 1999;
const SCRIPT = `
import signal, socket
def kept(kind, address):
    sock = socket.socket(*kind)
    if kind[0] != socket.AF_UNIX: sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(address)
    if kind[1] == socket.SOCK_STREAM: sock.listen()
    return sock
TCP, UDP, UNIX = (socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_UNIX, socket.SOCK_STREAM)
def pair(kind, one, other): return kind, one, kept(kind, one), kept(kind, other)
socks = [
    pair(TCP, ("127.0.0.1", ${PORT}), ("127.0.0.1", ${PORT + 1})),
    pair(UDP, ("127.0.0.1", ${PORT}), ("127.0.0.1", ${PORT + 1})),
    pair(UNIX, "\\0made-anew", "\\0kept"),
]
def anew(*_):
    for at, (kind, address, sock, other) in enumerate(socks):
        sock.close()
        socks[at] = kind, address, kept(kind, address), other
signal.signal(signal.SIGUSR1, anew)
print("ready", flush=True)
while True: signal.pause()
`;

const reason = noNamespaces() ?? missingTools("python3");
const procfs = new ProcFs();
let namespace: Namespace;
let child: ChildProcess;
let inode: number;
beforeAll(async () => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  child = namespace.spawn("python3", ["-ISc", SCRIPT], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  inode = procfs.process(child.pid!).networkNamespace();
});
afterAll(() => namespace?.remove());

let engine: SocketEngine;
beforeEach((context) => {
  skipIf(context, reason);
  engine = new SocketEngine();
});
afterEach(() => engine?.close());

const PROTOCOLS = ["tcp", "udp", "unix"] as const;
type Protocol = (typeof PROTOCOLS)[number];

const isAnew = (socket: Socket): boolean =>
  "path" in socket ? socket.path === "@made-anew" : "localPort" in socket && socket.localPort === PORT;
const isKept = (socket: Socket): boolean =>
  "path" in socket ? socket.path === "@kept" : "localPort" in socket && socket.localPort === PORT + 1;

/** The inodes of the sockets that are made anew, as the kernel has them now. */
function inodes(): Map<Protocol, number> {
  const { net } = procfs.process(child.pid!);
  const rows = PROTOCOLS.flatMap((protocol) => net.read(protocol).map((row) => ({ ...row, protocol }) as Socket));
  return new Map(rows.filter(isAnew).map(({ protocol, inode: own }) => [protocol as Protocol, own!]));
}

/** Has all of them closed and made anew, and comes back when the kernel's tables say so. */
function makeAnew(): void {
  const before = inodes();
  expect(before.size).toBe(PROTOCOLS.length);
  process.kill(child.pid!, "SIGUSR1");
  const isDone = (now: Map<Protocol, number>): boolean =>
    now.size === before.size && [...now].every(([protocol, own]) => own !== before.get(protocol));
  while (!isDone(inodes()));
}

/** Has them made anew as soon as the processes are listed for the `count`-th time. */
function makeAnewAt(count: number): void {
  let calls = 0;
  const list = engine.holders.list.bind(engine.holders);
  vi.spyOn(engine.holders, "list").mockImplementation(function* listed() {
    if (++calls === count) makeAnew();
    return yield* list();
  });
}

/** A process that refuses to be looked at, and may so hold any socket. */
function refuse(pid: number): void {
  const changed = engine.holders.changed.bind(engine.holders);
  vi.spyOn(engine.holders, "changed").mockImplementation((one) => {
    if (one.pid === pid) throw new ProcfsError({ code: "EACCES", message: "cannot read: permission denied" });
    return changed(one);
  });
}

const FORMS = {
  async sockets(): Promise<Socket[]> {
    return (await engine.sockets({ protocol: PROTOCOLS, namespaces: [inode] })).sockets;
  },
  socketsSync(): Socket[] {
    return engine.socketsSync({ protocol: PROTOCOLS, namespaces: [inode] }).sockets;
  },
  async eachSocket(): Promise<Socket[]> {
    const sockets: Socket[] = [];
    for await (const socket of engine.eachSocket({ protocol: PROTOCOLS, namespaces: [inode] })) sockets.push(socket);
    return sockets;
  },
};

const reasonsOf = (sockets: readonly Socket[], isMeant: (socket: Socket) => boolean): unknown[] =>
  sockets.filter(isMeant).map(({ protocol, owners, ownerless }) => [protocol, owners?.length, ownerless]);

it.each(Object.entries(FORMS))(
  "%s: what its holder made anew is gone, what it kept is perhaps its own",
  async (_name, form) => {
    refuse(child.pid!);
    makeAnewAt(2); // by then the tables were read in every form, and the processes were looked at once
    const before = inodes();
    const sockets = await form();
    expect(new Map(sockets.filter(isAnew).map((one) => [one.protocol, one.inode]))).toEqual(before);
    expect(reasonsOf(sockets, isAnew)).toEqual(PROTOCOLS.map((protocol) => [protocol, 0, "gone"]));
    expect(reasonsOf(sockets, isKept)).toEqual(PROTOCOLS.map((protocol) => [protocol, 0, "no-permission"]));
  },
);

it("nobody else is blamed for what a holder made anew that can be seen", () => {
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  try {
    refuse(other.pid!);
    makeAnewAt(1); // the tables are read before
    const sockets = FORMS.socketsSync();
    expect(reasonsOf(sockets, isAnew)).toEqual(PROTOCOLS.map((protocol) => [protocol, 0, "gone"]));
    expect(reasonsOf(sockets, isKept)).toEqual(PROTOCOLS.map((protocol) => [protocol, 1, undefined]));
  } finally {
    other.kill("SIGKILL");
  }
});

it.each(["sockets", "socketsSync"] as const)(
  "%s: asked again, it says the same of those that came in their place",
  async (name) => {
    refuse(child.pid!);
    makeAnewAt(2);
    await FORMS[name]();
    vi.mocked(engine.holders.list).mockRestore();
    expect(reasonsOf(await FORMS[name](), isAnew)).toEqual(PROTOCOLS.map((protocol) => [protocol, 0, "no-permission"]));
  },
);

it("a process that ended during the first look may still have held what the second one did not find", () => {
  const proc = new SimulatedProc();
  try {
    const look = new SecondLook(new Holders(proc.procfs));
    const socket = { protocol: "udp", inode: 77, state: "CLOSE" } as Socket;
    const unseen = { skipped: [], denied: false, exited: true, overBudget: false };
    const [found, vain] = runSync(look.at([socket], { owners: () => undefined, unseen, whole: true }, UNLIMITED));
    expect(found.unseen.exited).toBe(true);
    expect(vain).toEqual([socket]);
  } finally {
    proc.remove();
  }
});
