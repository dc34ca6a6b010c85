import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Socket } from "../sockets/types.ts";
import { stateOf } from "../view/states.ts";
import { compileFilter } from "./compile.ts";
import { asksForOwners, matches } from "./evaluate.ts";
import { FilterError } from "./filter-error.ts";
import type { FilterNames } from "./host.ts";
import { type FurtherWord, parseFilter } from "./parser.ts";
import { globOf } from "./pattern.ts";

const HOSTS: Readonly<Record<string, readonly string[]>> = {
  localhost: ["127.0.0.1", "::1"],
  six: ["2001:db8::1"],
  here: ["10.0.0.2"],
};
const names: FilterNames = {
  portOfService: (name) => ({ https: 443, ssh: 22 })[name],
  addressesOf: (name) => HOSTS[name] ?? [],
};
const parse = (text: string) => parseFilter(text, names);

const owner = {
  pid: 7,
  startTime: 1,
  comm: "MainThread",
  program: "nginx",
  cmdline: [],
  exe: undefined,
  uid: 0,
  fds: [3],
  cgroup: "/",
  unit: "nginx.service",
};
const ID = "0123456789abcdef".repeat(4);
const inet = (name: string, fields: object): [string, Socket] => [
  name,
  {
    protocol: "tcp",
    namespace: 1,
    localAddress: "10.0.0.2",
    localPort: 443,
    remoteAddress: "10.0.0.5",
    remotePort: 50000,
    state: "ESTABLISHED",
    txQueue: 0,
    rxQueue: 0,
    uid: 0,
    inode: 5,
    owners: [],
    ownerless: "kernel",
    ...fields,
  } as unknown as Socket,
];

/** Sockets by what the tests call them. */
const TABLE = new Map<string, Socket>([
  inet("listen", {
    state: "LISTEN",
    localAddress: "0.0.0.0",
    remoteAddress: "0.0.0.0",
    remotePort: 0,
    owners: [owner],
  }),
  inet("web", {
    owners: [
      { ...owner, container: { runtime: "docker", id: ID } },
      { ...owner, pid: 8 },
    ],
  }),
  inet("ssh", { localPort: 50001, remoteAddress: "192.0.2.9", remotePort: 22, uid: 1000, rxQueue: 9 }),
  inet("six", { protocol: "tcp6", localAddress: "2001:db8::1", remoteAddress: "2001:db8::2" }),
  inet("mapped", { protocol: "tcp6", localAddress: "::ffff:10.0.0.2", remoteAddress: "::ffff:10.0.0.9" }),
  inet("wait", { state: "TIME_WAIT", inode: 0 }),
  inet("udp", { protocol: "udp", state: "CLOSE", localPort: 53, remoteAddress: "0.0.0.0", remotePort: 0 }),
  [
    "unix",
    {
      protocol: "unix",
      listening: true,
      state: "UNCONNECTED",
      path: "/run/app dir/a.sock",
      inode: 9,
      owners: [],
      ownerless: "kernel",
    } as unknown as Socket,
  ],
]);

const found = (text: string): string => {
  const filter = parse(text);
  return [...TABLE].flatMap(([name, socket]) => (matches(filter, socket) ? [name] : [])).join(" ");
};

describe("what the kernel tells by netlink", () => {
  const fields = {
    state: "ESTABLISHED",
    mark: 16,
    cgroupId: 70,
    congestion: "cubic",
    tcpInfo: { rtt: 1500, min_rtt: 0xffffffff, bytes_sent: 70_000, unacked: 3 },
  };
  const [, told] = inet("told", fields);
  const [, listener] = inet("listener", { ...fields, state: "LISTEN", backlog: 7 });
  const [, untold] = inet("untold", {});
  const passes = (text: string): boolean[] => [told, listener, untold].map((socket) => matches(parse(text), socket));

  it.each([
    ["rtt = 1500", true],
    ["rtt > 1ms and rtt < 2ms", true],
    ["rtt >= 1.5ms and rtt <= 1500us", true],
    ["rtt > 0.002s", false],
    ["RTT < 1s", true],
    ["bytesSent > 68Ki", true],
    ["bytessent > 70k", false],
    ["bytesSent >= 70K", true],
    ["fwmark = 0x10", true],
    ["mark = 16", true],
    ["cgroupid != 70", false],
    ["congestion = cub*", true],
    ["congestion ~ BB", false],
    ["minrtt > 0", false], // none was measured yet
  ])("%s", (text, passed) => {
    expect(passes(text)[0]).toBe(passed);
  });

  it("is not there where nobody asked, and of a listener means other things", () => {
    expect(passes("backlog = 7")).toEqual([false, true, false]);
    expect(passes("unacked = 3")).toEqual([true, false, false]);
    expect(passes("rtt > 0")).toEqual([true, false, false]);
    expect(passes("rtt != 1500")).toEqual([false, true, true]);
    expect(asksForOwners(parse("rtt > 0 and congestion = bbr"))).toBe(false);
  });
});

describe("words of the caller's own", () => {
  const words = new Map<string, FurtherWord>([
    ["dev", { hasValue: true, read: (name) => (name === "lo" ? { passes: ({ inode }) => inode === 1 } : "no device") }],
    ["odd", { hasValue: false, read: () => ({ passes: ({ inode }) => inode! % 2 === 1 }) }],
  ]);
  const passes = (text: string, inode: number): boolean => {
    const [, socket] = inet("one", { inode });
    return matches(parseFilter(text, { words }), socket);
  };

  it("are asked with the others", () => {
    for (const text of ["dev lo", "dev = lo", "DEV == lo", "odd and dev lo", "not dev != lo", "inode = 1 or dev lo"])
      expect([passes(text, 1), passes(text, 2)], text).toEqual([true, false]);
    expect([passes("dev != lo", 3), passes("odd", 3), passes("not odd", 3), passes("! odd odd", 3)]).toEqual([
      ...[true, true, false, false],
    ]);
    expect(compileFilter(parseFilter("odd and sport = :7", { words })).rest).toMatchObject({ kind: "further" });
    expect(asksForOwners(parseFilter("odd", { words }))).toBe(false);
  });

  it("say what is wrong, and where", () => {
    expect(() => parseFilter("odd and dev = eth9", { words })).toThrow(expect.objectContaining({ column: 15 }));
    expect(() => parseFilter("dev > lo", { words })).toThrow("compared with = or != only");
    expect(() => parseFilter("odd = 5", { words })).toThrow();
  });
});

describe("from left to right", () => {
  const inOrder = (text: string): object => parseFilter(text, { leftToRight: true });

  it.each([
    ["sport = :1 or sport = :2 and uid = 3", "( sport = :1 or sport = :2 ) and uid = 3"],
    ["sport = :1 or sport = :2 uid = 3", "( sport = :1 or sport = :2 ) uid = 3"],
    ["sport = :1 and sport = :2 or uid = 3", "( sport = :1 and sport = :2 ) or uid = 3"],
    ["sport = :1 or sport = :2 or uid = 3", "sport = :1 or sport = :2 or uid = 3"],
    [
      "not sport = :1 or ( sport = :2 or uid = 3 and uid = 4 )",
      "not sport = :1 or ( ( sport = :2 or uid = 3 ) and uid = 4 )",
    ],
    ["state established state time-wait sport = :1", "state established state time-wait and sport = :1"],
  ])("%s means %s", (text, meant) => {
    expect(inOrder(text)).toEqual(parseFilter(meant));
  });

  it("is not how it is by default", () => {
    const text = "sport = :1 or sport = :2 and uid = 3";
    expect(inOrder(text)).not.toEqual(parseFilter(text));
  });
});

describe("finds", () => {
  it.each([
    ["state established", "web ssh six mapped"],
    ["state estab and ( dport = :22 or src 2001:db8::/32 )", "ssh six"],
    ["state established ( dport = :22 or src 2001:db8::/32 )", "ssh six"],
    ["state established and (dport=22 or src 10.0.0.0/8)", "web ssh mapped"],
    ["state listening", "listen unix"],
    ["state LISTEN,time-wait", "listen wait unix"],
    ["state unconnected", "udp"],
    ["state connected", "web ssh six mapped wait"],
    ["exclude connected", "listen udp unix"],
    ["sport = :https", "listen web six mapped wait"],
    ["sport https", "listen web six mapped wait"],
    ["sport >= :50000", "ssh"],
    ["dport != :50000", "listen ssh udp unix"],
    ["dport gt 1024 and dport lt 65535", "web six mapped wait"],
    ["port = 53", "udp"],
    ["dst 192.0.2.9:22", "ssh"],
    ["dst 192.0.2.9:23", ""],
    ["dst = [2001:db8::2]:50000", "six"],
    ["dst :22", "ssh"],
    ["dst *:22", "ssh"],
    ["src != 10.0.0.0/8", "listen six unix"],
    ["dst ::1", ""],
    ["host 2001:db8::2", "six"],
    ["pid = 8", "web"],
    ["pid != 7", "ssh six mapped wait udp unix"],
    ["process ~ NGI", "listen web"],
    ["process = MainThread", "listen web"],
    ["comm = MainThread", "listen web"],
    ["comm = nginx", ""],
    ["state big", "listen web ssh six mapped udp unix"],
    ["state bucket", "wait"],
    ["state closed", "udp"],
    ["state established state listening", "listen web ssh six mapped unix"],
    ["state all exclude established excl listening", "wait udp"],
    ["exclude established state established exclude connected", "listen udp unix"],
    ["state listening sport = 443 state time-wait", "listen wait"],
    ["state big and state connected", "web ssh six mapped"],
    ["( state listening ) ( sport = 443 )", "listen"],
    ["src ::/0", "six mapped"],
    ["src ::/80", "mapped"],
    // ss(8): an address of IPv4 is that of mapped sockets too, and a mapped one is of these alone.
    ["src ::ffff:0:0/96", "mapped"],
    ["src ::ffff:10.0.0.0/104", "mapped"],
    ["src inet6:[::ffff:10.0.0.0]/104", "mapped"],
    ["src != ::ffff:0:0/96", "listen web ssh six wait udp unix"],
    ["src ::ffff:0:0/95", "mapped"],
    ["src 0.0.0.0/0", "listen web ssh mapped wait udp"],
    ["not src ::/0", "listen web ssh wait udp unix"],
    ["src 10/8", "web ssh mapped wait udp"],
    ["src 10.0/255.255.0.0", "web ssh mapped wait udp"],
    ["src inet:10/8", "web ssh wait udp"],
    ["src inet:*", "listen web ssh wait udp"],
    ["src inet6:*:443", "six mapped"],
    ["src inet6:[2001:db8::1]:443", "six"],
    ["src [2001:db8::]/32", "six"],
    ["dst any", "listen web ssh six mapped wait udp"],
    ["dst all:22", "ssh"],
    ["src here:https", "web mapped wait"],
    ["src six", "six"],
    ["src inet6:localhost", ""],
    ["sport = :*", "listen web ssh six mapped wait udp"],
    ["sport != *", "unix"],
    ["src unix:/RUN/*", "unix"],
    ["process = ng*", "listen web"],
    ["process = ngi", ""],
    ["container = docker:*", "web"],
    [`container = ${ID.slice(0, 12)}`, "web"],
    ["unit = nginx.service and not container ~ 0123", "listen"],
    ["proto = tcp6", "six mapped"],
    ["uid = 1000 | uid = 1001", "ssh"],
    ["recvq > 0", "ssh"],
    ["inode = 0", "wait"],
    ["netns = 1 && state listen", "listen"],
    ["src /run/*", "unix"],
    ["path ~ 'app dir'", "unix"],
    ['path = "/run/app dir/a.sock"', "unix"],
    ["! ( state established or state time-wait ) and not path ~ a", "listen udp"],
    ["not not state time-wait", "wait"],
    ["state time-wait or state listening and sport = 443", "listen wait"],
  ])("%s", (text, names) => {
    expect(found(text)).toBe(names);
  });
});

describe("points at the column of what is wrong:", () => {
  it.each([
    ["", 1, "the filter is empty"],
    ["state", 6, "expected a state"],
    ["state establishd", 7, 'there is no state "establishd" (did you mean established?)'],
    ["state listen,foo", 14, 'there is no state "foo"'],
    ["billing", 1, '"billing" begins no condition: write process = billing'],
    ["/web", 1, '"/web" begins no condition: write path ~ /web'],
    [":8080", 1, '":8080" begins no condition: write port = :8080'],
    ["10.0.0.1", 1, '"10.0.0.1" begins no condition: write host 10.0.0.1'],
    ["billing = 1", 1, '"billing" begins no condition'],
    ["stat established", 1, '"stat" begins no condition (did you mean state?)'],
    ["established", 1, '"established" begins no condition (did you mean state established?)'],
    ["state established adn dport = 1", 19, '"adn" begins no condition (did you mean and?)'],
    ["state established and", 22, "a condition is missing"],
    ["( state established", 1, "this parenthesis is not closed"],
    ["state established )", 19, "this parenthesis closes nothing"],
    ["dport = :99999", 9, "a port is 0 to 65535, not 99999"],
    ["dport = :htps", 9, '"htps" is no port, and no service of /etc/services'],
    ["dport ~ 5", 7, "expected a comparison: = != < <= > >="],
    ["src 10.0.0.0/33", 5, '"/33" is no length of a prefix: 0 to 32'],
    ["src > 10.0.0.1", 5, "an address is compared with = or != only"],
    ["src example.org", 5, '"example.org" is no address'],
    ["state established exclude established", 19, "no state is left"],
    ["exclude all", 1, "no state is left"],
    ["state established and state listening", 23, "no socket is in two states at once"],
    ["and sport = :22", 1, '"and" joins conditions: one is missing before it'],
    ["( or sport = :22 )", 3, '"or" joins conditions: one is missing before it'],
    ["sport = :22 and and dport = :1", 17, '"and" joins conditions: one is missing before it'],
    ["dst /run/docker.sock", 5, "procfs does not tell the peer of a unix socket"],
    ["dst != unix:/run/a", 8, "procfs does not tell the peer of a unix socket"],
    ["host @abstract", 6, "procfs does not tell the peer of a unix socket"],
    ["dev lo", 1, "the device to which a socket is bound is asked for by its number: ifindex = 2"],
    ["dev != lo", 1, "the device to which a socket is bound is asked for by its number: ifindex = 2"],
    ["fwmark = 0x1/0x1", 10, '"0x1/0x1" is no number'],
    ["cgroup = /user.slice", 1, "the control group of a socket is asked for by its number, cgroupid"],
    ["rtt > 5m", 7, '"5m" is no number of microseconds, nor as 100ms or 2s'],
    ["bytesSent > 5ms", 13, '"5ms" is no number of bytes, nor as 10k or 64Ki'],
    ["backlog > 5k", 11, '"5k" is no number'],
    ["uid = 0x10", 7, '"0x10" is no number'],
    ["not autobound", 5, "procfs does not tell who chose a port"],
    ["src link:eth0", 5, '"link:" is no family whose addresses procfs tells'],
    ["src inet:::1", 5, '"::1" is no address of IPv4'],
    ["src inet6:10/8", 5, '"10/8" is no address of IPv6'],
    ["src 10", 5, '"10" is no address: write it whole, or as a range: 10/8'],
    ["src 10.1", 5, '"10.1" is no address: write it whole, or as a range: 10.1/16'],
    ["src 010.0.0.1", 5, '"010.0.0.1" is no address'],
    ["src 010/8", 5, '"010/8" is no address'],
    ["src 10/255.0.255.0", 5, '"/255.0.255.0" is no length of a prefix'],
    ["src [::1", 5, '"[::1" is no address: a bracket is not closed'],
    ["sport > *", 9, "expected a port"],
    ["state constructor", 7, 'there is no state "constructor"'],
    ["src fe80::1%eth0", 5, '"fe80::1%eth0": procfs does not tell the interface of an address'],
    ["src [fe80::1%2]:80", 5, '"fe80::1%2": procfs does not tell the interface of an address'],
    ["src 10.0.0.1 or = 5", 17, 'a condition cannot begin with "="'],
    ["pid = abc", 7, '"abc" is no number'],
    ["path = 'a", 8, "this quote is not closed"],
    ["process < a", 9, "expected a comparison: = != ~"],
    ["漢字 = 1", 1, '"漢字" begins no condition'],
  ])("%s", (text, column, problem) => {
    expect(() => parse(text)).toThrow(`filter, column ${column}: ${problem}`);
  });

  it("says that names are not known where nobody was handed in who knows them", () => {
    expect(() => parseFilter("dport = :https")).toThrow('"https" is no port; services are not known by name here');
    expect(() => parseFilter("dst localhost")).toThrow("hosts are not known by name here");
    expect(() => parse("dst nowhere")).toThrow("names are looked up in /etc/hosts only");
  });

  it.each([5, null, undefined, ["a"]])("refuses what is no text: %j", (text) => {
    // @ts-expect-error: a filter is a text
    expect(() => parseFilter(text)).toThrow("a filter must be a text");
  });

  it("refuses nesting without end", () => {
    expect(() => parse("(".repeat(100_000))).toThrow("nested too deeply");
    expect(() => parse("not ".repeat(100_000))).toThrow("nested too deeply");
  });

  it("takes any number of conditions side by side", () => {
    const [listen] = [...TABLE.values()];
    for (const [word, expected] of [
      ["and", false],
      ["or", true],
    ] as const) {
      const filter = parse(`sport = 443 ${word} ${Array(50_000).fill("state time-wait").join(` ${word} `)}`);
      expect(matches(filter, listen!)).toBe(expected);
      expect(asksForOwners(filter)).toBe(false);
      const { options, rest } = compileFilter(filter);
      expect(options.state).toEqual(word === "and" ? ["TIME_WAIT"] : undefined);
      expect(options.localPort).toEqual(word === "and" ? [443] : undefined);
      expect(rest === undefined).toBe(word === "and");
    }
  });
});

describe("a glob", () => {
  it("means what a regular expression means", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "\n", "漢", "\u{1f600}"), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (glob, text) => {
        const source = [...glob].map((letter) => (letter === "*" ? ".*" : letter === "?" ? "." : letter));
        expect(globOf(glob).test(text)).toBe(new RegExp(`^${source.join("")}$`, "su").test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("is soon compared, whatever is in it", () => {
    expect(globOf(`${"*a".repeat(50)}b`).test("a".repeat(100))).toBe(false);
  });
});

it("knows when owners are needed", () => {
  expect(asksForOwners(parse("state listen and dport = 1"))).toBe(false);
  expect(asksForOwners(parse("state listen or not process = a"))).toBe(true);
  expect(asksForOwners(parse("proto = tcp"))).toBe(false);
});

/** Filters as text, with what they mean. */
type Meant = [text: string, passes: (socket: Socket) => boolean];
const leaf = fc.constantFrom<Meant[]>(
  ["state big", (socket) => stateOf(socket) !== "TIME_WAIT"],
  ["exclude listening", (socket) => stateOf(socket) !== "LISTEN"],
  ["state established", (socket) => ["ESTABLISHED", "CONNECTED"].includes(stateOf(socket))],
  ["state listening", (socket) => stateOf(socket) === "LISTEN"],
  ["sport = :443", (socket) => "localPort" in socket && socket.localPort === 443],
  ["dport > :1024", (socket) => "remotePort" in socket && socket.remotePort > 1024],
  ["src 2001:db8::/32", (socket) => "localAddress" in socket && socket.localAddress.startsWith("2001:db8:")],
  ["uid = 1000", (socket) => "uid" in socket && socket.uid === 1000],
  ["process ~ ngin", (socket) => (socket.owners ?? []).some(({ program }) => program === "nginx")],
);
const { tree } = fc.letrec<{ tree: Meant }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc
      .tuple(tie("tree"), tie("tree"), fc.constantFrom("and", "&&", "&", ""))
      .map(
        ([[a, isA], [b, isB], word]): Meant => [`( ${a} ) ${word} ( ${b} )`, (socket) => isA(socket) && isB(socket)],
      ),
    fc
      .tuple(tie("tree"), tie("tree"), fc.constantFrom("or", "||", "|"))
      .map(
        ([[a, isA], [b, isB], word]): Meant => [`( ${a} ) ${word} ( ${b} )`, (socket) => isA(socket) || isB(socket)],
      ),
    fc
      .tuple(tie("tree"), fc.constantFrom("not", "!"))
      .map(([[a, isA], word]): Meant => [`${word} ( ${a} )`, (socket) => !isA(socket)]),
  ),
}));

it("means what its parts mean, and passes nothing but what it compiles to", () => {
  fc.assert(
    fc.property(tree, ([text, expected]) => {
      const filter = parse(text);
      const { options, rest } = compileFilter(filter, { protocol: "all" });
      for (const socket of TABLE.values()) {
        expect(matches(filter, socket)).toBe(expected(socket));
        if (!expected(socket)) continue;
        expect(options.protocol).toContain(socket.protocol);
        if (options.state !== undefined) expect(options.state).toContain("state" in socket ? socket.state : "");
        if (rest !== undefined) expect(matches(rest, socket)).toBe(true);
      }
    }),
  );
});

it("answers any text with a filter or an error that points into it", () => {
  const word = fc.oneof(
    fc.constantFrom("state", "(", ")", "and", "src", "=", "!", "'", "established", ":1", "\u{1f600}"),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(word).map((words) => words.join(" ")),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterError);
          expect((error as FilterError).at).toBeGreaterThanOrEqual(0);
          expect((error as FilterError).at).toBeLessThanOrEqual(text.length);
        }
      },
    ),
  );
});
