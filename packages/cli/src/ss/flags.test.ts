import { expect, it } from "vitest";
import { parseFlags } from "./flags.ts";
import { ALL, CLOSE, CONNECTED, ESTABLISHED, LISTENING } from "./selection.ts";

/** What a command line asks for, in short, with what ss fills in. */
function asked(line: string): object {
  const parsed = parseFlags(line.split(" ").filter(Boolean));
  if (!("selection" in parsed)) return parsed;
  const { selection, on, words } = parsed;
  selection.complete(undefined);
  const { tables, families, states } = selection;
  return {
    on: [...on].join(" "),
    tables: [...tables].join(" "),
    families: [...families].join(" "),
    states,
    ...(words.length > 0 && { words: words.join(" ") }),
  };
}

const BOTH = "inet inet6";
const INET = "tcp mptcp udp dccp sctp raw";

it.each([
  ["-tulpn", { on: "p n", tables: "tcp udp", families: BOTH, states: LISTENING }],
  ["-u", { on: "", tables: "udp", families: BOTH, states: ESTABLISHED }],
  ["-tu", { on: "", tables: "tcp udp", families: BOTH, states: CONNECTED }],
  ["-x", { on: "", tables: "unix_dgram unix_stream unix_seqpacket", families: "unix", states: CONNECTED }],
  ["-0", { on: "", tables: "packet_dgram packet_raw", families: "link", states: CLOSE }],
  ["-0b", { on: "o b", tables: "packet_dgram packet_raw", families: "link", states: CLOSE }],
  ["-4", { on: "", tables: INET, families: "inet", states: CONNECTED }],
  [
    "-t -x -6",
    { on: "", tables: "tcp unix_dgram unix_stream unix_seqpacket", families: "unix inet6", states: CONNECTED },
  ],
  ["-A netlink", { on: "", tables: "netlink", families: "netlink", states: CONNECTED }],
  ["-f netlink", { on: "", tables: "netlink", families: "netlink", states: CLOSE }],
  ["-t -A udp -a", { on: "", tables: "udp", families: BOTH, states: ALL }],
  ["-A inet,!tcp,!mptcp", { on: "", tables: "udp dccp sctp raw", families: BOTH, states: CONNECTED }],
  [
    "-te state established",
    { on: "o e", tables: "tcp", families: BOTH, states: CONNECTED, words: "state established" },
  ],
  ["--tcp --no-header --oneline", { on: "H O", tables: "tcp", families: BOTH, states: CONNECTED }],
  ["-t dport = :22 -n", { on: "n", tables: "tcp", families: BOTH, states: CONNECTED, words: "dport = :22" }],
])("reads %s", (line, expected) => {
  expect(asked(line)).toEqual(expected);
});

it.each([
  ["-ty", "unknown option '-y'"],
  ["--listning", "did you mean --listening?"],
  ["-f inet7", "unknown address family 'inet7' (did you mean inet?)"],
  ["-A tcp,upd", "unknown table 'upd' (did you mean udp?)"],
  ["-F", "option '-F' needs a value"],
])("says what is wrong with %s", (line, problem) => {
  expect(asked(line)).toEqual({ wrong: expect.stringContaining(problem) });
});

it.each(["-E", "-Z", "-z", "-N other", "-D file"])("says that it does not do %s", (line) => {
  expect(asked(line)).toEqual({ refused: expect.any(String) });
});
