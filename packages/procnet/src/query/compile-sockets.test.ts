import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { type Socket, type SocketProtocol, type SocketsOptions, socketsSync } from "../index.ts";
import { compileFilter, matches, parseFilter } from "../query.ts";
import { isListening } from "../view.ts";

/*
 * A filter that is compiled into options of sockets() finds what it finds when it is asked of every socket: in tables with
 * rows of every state there is and of some that there are not, through every kind of condition.
 */

const IPV4 = ["00000000", "0100007F", "0500000A", "0900000A", "090200C0"];
const IPV6 = [
  "00000000000000000000000000000000",
  "B80D0120000000000000000001000000",
  "0000000000000000FFFF00000500000A",
  "000080FE000000000000000001000000",
];
const PORTS = [0, 22, 80, 443, 1024, 65535];
const STATES = [...Array.from({ length: 14 }, (_, code) => code), 77, 255];
const TCP = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, "0");

/** The text of an internet table: rows whose values are taken in turn, so that each meets many others. */
function inetText(seed: number, addresses: readonly string[], tail: string): string {
  let text = TCP;
  for (let row = 0; row < 120; row++) {
    const pick = <Value>(from: readonly Value[], step: number): Value =>
      from[Math.floor((row * step + seed * 7) / 3 + row * row * step) % from.length]!;
    const local = `${pick(addresses, 5)}:${hex(pick(PORTS, 7), 4)}`;
    const remote = `${pick(addresses, 11)}:${hex(pick(PORTS, 13), 4)}`;
    const queues = `00000000:${hex(row % 4, 8)} 00:00000000 00000000`;
    const state = hex(pick(STATES, 1), 2);
    text += `${row}: ${local} ${remote} ${state} ${queues} ${(row % 3) * 1000} 0 ${seed * 1000 + row} 1 0000000000000000 ${tail}\n`;
  }
  return text;
}

function unixText(): string {
  let text = "Num       RefCount Protocol Flags    Type St Inode Path\n";
  for (let row = 0; row < 60; row++) {
    const flags = row % 3 === 0 ? "00010000" : "00000000";
    // One that listens is unconnected or, while it ends, disconnecting: unix_seq_show.
    const state = hex(row % 3 === 0 ? [1, 4][row % 2]! : row % 6, 2);
    const path = ["", " /run/app.sock", " @abstract", " /tmp/a b"][row % 4]!;
    text += `0000000000000000: 00000002 00000000 ${flags} 000${1 + (row % 2)} ${state} ${50_000 + row}${path}\n`;
  }
  return text;
}

/** As old kernels printed it, without inodes. */
const NETLINK =
  "sk       Eth Pid    Groups   Rmem     Wmem     Dump     Locks\n" +
  "c7f0c040 0   0      00000000 0        0        00000000 2\n" +
  "c7f0c240 4   77     00000000 3        9        00000000 2\n";
const PACKET =
  "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n" +
  "0000000000000000 3      3    0003   0     1 0      0      61001\n" +
  "0000000000000000 3      2    0800   2     1 7      1000   61002\n";

const INET = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"] as const;
const ALL: readonly SocketProtocol[] = [...INET, "unix", "netlink", "packet"];

let tree: SimulatedProc;
let everything: readonly Socket[];
beforeAll(() => {
  tree = new SimulatedProc();
  tree.tcp([]);
  for (const [at, name] of INET.entries()) {
    const tail = name.startsWith("tcp") ? "100 0 0 10 0" : "5";
    tree.write(`1/net/${name}`, inetText(at + 1, name.endsWith("6") ? IPV6 : IPV4, tail));
  }
  tree.write("1/net/unix", unixText());
  tree.write("1/net/netlink", NETLINK);
  tree.write("1/net/packet", PACKET);
  const held = (pid: number): number[] => [pid * 10, 1000 + pid, 2003 + pid, 50_000 + pid, 61_001, 1007];
  for (const pid of [7, 8, 9]) tree.process(pid, { comm: `p${pid}`, fds: Object.fromEntries(held(pid).entries()) });
  everything = socketsSync({ ...options(), protocols: ALL }).sockets;
});
afterAll(() => tree.remove());

const options = (): SocketsOptions & { procfs: SimulatedProc["procfs"] } => ({
  procfs: tree.procfs,
  onIssue: ({ message }) => expect.unreachable(message),
});

const identities = (sockets: readonly Socket[]): string[] => sockets.map((socket) => JSON.stringify(socket));

/** Both ways to the sockets of these tables that pass. */
function expectSame(text: string, protocols: readonly SocketProtocol[]): ReturnType<typeof compileFilter> {
  const filter = parseFilter(text);
  const asked = everything.filter((socket) => protocols.includes(socket.protocol) && matches(filter, socket));
  const compiled = compileFilter(filter, { protocol: protocols });
  const read = socketsSync({ ...options(), ...compiled.options }).sockets;
  const { rest } = compiled;
  const passing = rest === undefined ? read : read.filter((socket) => matches(rest, socket));
  expect(identities(passing), text).toEqual(identities(asked));
  return compiled;
}

const CONDITIONS = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("sport", "dport", "port"),
      fc.constantFrom("=", "!=", "<", "<=", ">", ">="),
      fc.constantFrom(...PORTS),
    )
    .map(([side, comparison, port]) => `${side} ${comparison} :${port}`),
  fc
    .tuple(fc.constantFrom("state", "exclude"), fc.constantFrom("established", "listening", "unconnected", "closed"))
    .map((pair) => pair.join(" ")),
  fc
    .tuple(
      fc.constantFrom("state", "exclude"),
      fc.constantFrom("big", "connected", "synchronized", "bucket", "syn-sent"),
    )
    .map((pair) => pair.join(" ")),
  fc
    .tuple(
      fc.constantFrom("src", "dst", "host"),
      fc.constantFrom("=", "!="),
      fc.constantFrom(
        "127/8",
        "10.0.0.5",
        "10/8",
        "::/0",
        "[2001:db8::1]",
        "inet:*",
        "inet6:*",
        "::ffff:10.0.0.0/104",
        "*",
      ),
      fc.constantFrom("", ":22", ":80"),
    )
    .filter(([, , address, port]) => port === "" || !/^::|\*$/.test(address))
    .map(([side, comparison, address, port]) => `${side} ${comparison} ${address}${port}`),
  fc
    .tuple(
      fc.constantFrom("uid", "pid", "recvq", "sendq", "inode"),
      fc.constantFrom("=", "!=", "<", "<=", ">", ">="),
      fc.constantFrom(0, 2, 7, 8, 1000, 2000, 50_007),
    )
    .map((parts) => parts.join(" ")),
  fc.constantFrom("sport = :*", "dport != :*", "dst :22", "host *:443", "src inet6:*:80", "src /run/*", "src != @*"),
  fc.constantFrom(
    "proto = tcp*",
    "proto != udp",
    "proto ~ 6",
    "path ~ run",
    "path = *",
    "process = p7",
    "process != p8",
  ),
);
const { filters } = fc.letrec<{ filters: string }>((tie) => ({
  filters: fc.oneof(
    { maxDepth: 4 },
    { weight: 2, arbitrary: CONDITIONS },
    fc
      .tuple(fc.array(tie("filters"), { minLength: 2, maxLength: 4 }), fc.constantFrom(" and ", " or ", " "))
      .map(([parts, word]) => parts.map((part) => `( ${part} )`).join(word)),
    tie("filters").map((part) => `not ( ${part} )`),
  ),
}));
const TABLES = fc.oneof(
  fc.constantFrom<(readonly SocketProtocol[])[]>(
    ["tcp"],
    ["tcp", "tcp6"],
    ["tcp", "tcp6", "udp", "udp6"],
    ["unix"],
    ALL,
  ),
  fc.subarray([...ALL], { minLength: 1 }),
);

describe("a compiled filter", () => {
  it("finds what the whole filter finds", () => {
    let options = 0;
    let rests = 0;
    fc.assert(
      fc.property(filters, TABLES, (text, protocols) => {
        const { options: said, rest } = expectSame(text, protocols);
        if (Object.keys(said).length > 1) options++;
        if (rest !== undefined) rests++;
      }),
      { numRuns: 600 },
    );
    expect(Math.min(options, rests)).toBeGreaterThan(60);
  });
});

describe("the option listening", () => {
  const found = (more: SocketsOptions): string[] => identities(socketsSync({ ...options(), ...more }).sockets);

  it("is what isListening says of each socket, and its contrary", () => {
    for (const protocol of [...ALL, ALL].map((one) => [one].flat())) {
      for (const listening of [true, false]) {
        const wanted = everything.filter((one) => protocol.includes(one.protocol) && isListening(one) === listening);
        expect(found({ protocol, listening }), `${protocol.join()} ${listening}`).toEqual(identities(wanted));
      }
    }
    expect(everything.filter(isListening).length).toBeGreaterThan(50);
  });

  it("goes with other options", () => {
    const state = ["LISTEN", "ESTABLISHED", "CLOSE"] as const;
    for (const listening of [true, false]) {
      const wanted = everything.filter(
        (one) => isListening(one) === listening && "localPort" in one && state.some((name) => name === one.state),
      );
      expect(wanted.length).toBeGreaterThan(5);
      expect(found({ protocol: ALL, state, listening })).toEqual(identities(wanted));
    }
  });
});
