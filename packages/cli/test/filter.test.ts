import fc from "fast-check";
import type { Socket } from "procnet";
import { describe, expect, it } from "vitest";
import { asksForOwners, matches, stateOf } from "../src/filter/evaluate.ts";
import { FilterError } from "../src/filter/filter-error.ts";
import { impliedStates } from "../src/filter/implied-states.ts";
import { parseFilter, type Services } from "../src/filter/parser.ts";
import { globOf } from "../src/filter/pattern.ts";
import { procnet } from "./support/run.ts";
import { makeTree, tcp } from "./support/tree.ts";

const NETLINK =
  "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n" +
  "0000000000000000 0   0          00000000 0        0        0     2        0        4\n";
const PACKET =
  "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n" +
  "0000000000000000 3      3    0003   0     1 0      0      5\n";

const services: Services = { portOfService: (name) => ({ https: 443, ssh: 22 })[name] };
const parse = (text: string) => parseFilter(text, services);

const owner = {
  pid: 7,
  startTime: 1,
  comm: "nginx",
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

  it("shows the text with a mark below it, control characters made visible", async () => {
    const shown = async (text: string): Promise<string> => (await procnet(["sockets", text])).err;
    expect(await shown("\u001b[2J dport = x\u202e")).toBe(
      'procnet: filter, column 1: "\\x1b[2J" begins no condition\n  \\x1b[2J dport = x\\u{202e}\n  ^\n',
    );
    expect(await shown("'a\nb' = 1")).toBe(
      "procnet: filter, column 1: \"a\\x0ab\" begins no condition\n  'a\\x0ab' = 1\n  ^\n",
    );
    expect(await shown("uid = 漢 ")).toMatch("\n  uid = 漢 \n        ^\n");
    expect(await shown("process = 漢 and foo = 1")).toMatch(`\n  process = 漢 and foo = 1\n  ${" ".repeat(17)}^\n`);
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
      expect(impliedStates(filter)).toEqual(word === "and" ? new Set(["TIME_WAIT"]) : undefined);
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

it("shows sockets of tables without states where their state is asked for", async () => {
  const tree = makeTree({ netlink: NETLINK, packet: PACKET, tcp: tcp() }, [{ pid: 1, comm: "init" }]);
  try {
    for (const args of [["-l"], ["state unconnected"], ["state all"]]) {
      const { out } = await procnet(["sockets", "--netlink", "-0", "-t", "--csv", "--root", tree.root, ...args]);
      expect(out.trimEnd().split("\n").slice(1)).toEqual([
        expect.stringMatching(/^netlink,UNCONN,/),
        expect.stringMatching(/^packet,UNCONN,/),
      ]);
    }
    const { out } = await procnet(["sockets", "--netlink", "--csv", "--root", tree.root, "state established"]);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
  } finally {
    tree.remove();
  }
});

it("knows when owners are needed", () => {
  expect(asksForOwners(parse("state listen and dport = 1"))).toBe(false);
  expect(asksForOwners(parse("state listen or not process = a"))).toBe(true);
  expect(asksForOwners(parse("proto = tcp"))).toBe(false);
});

/** Filters as text, with what they mean. */
type Meant = [text: string, passes: (socket: Socket) => boolean];
const leaf = fc.constantFrom<Meant[]>(
  ["state established", (socket) => ["ESTABLISHED", "CONNECTED"].includes(stateOf(socket))],
  ["state listening", (socket) => stateOf(socket) === "LISTEN"],
  ["sport = :443", (socket) => "localPort" in socket && socket.localPort === 443],
  ["dport > :1024", (socket) => "remotePort" in socket && socket.remotePort > 1024],
  ["src 2001:db8::/32", (socket) => "localAddress" in socket && socket.localAddress.startsWith("2001:db8:")],
  ["uid = 1000", (socket) => "uid" in socket && socket.uid === 1000],
  ["process ~ ngin", (socket) => (socket.owners ?? []).some(({ comm }) => comm === "nginx")],
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

it("means what its parts mean, and passes no state but those it implies", () => {
  fc.assert(
    fc.property(tree, ([text, expected]) => {
      const filter = parse(text);
      const states = impliedStates(filter);
      for (const socket of TABLE.values()) {
        expect(matches(filter, socket)).toBe(expected(socket));
        if (states !== undefined && expected(socket)) expect(states).toContain(stateOf(socket));
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
