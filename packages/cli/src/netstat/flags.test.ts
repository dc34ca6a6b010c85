import { beforeEach, describe, expect, it } from "vitest";
import { netstat, ours } from "../../../../test/support/netstat/compare.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../test/support/tools.ts";
import { type Flags, parseFlags } from "./flags.ts";

/** What a command line asks for, in short. */
function asked(line: string): object {
  const parsed = parseFlags(line.split(" ").filter((word) => word !== ""));
  if ("wrong" in parsed || "show" in parsed) return parsed;
  const { on, protocols, families, gone, extended, numericHosts, numericPorts, numericUsers } = parsed as Flags;
  const numeric = [numericHosts && "hosts", numericPorts && "ports", numericUsers && "users"].filter(Boolean).join(" ");
  return {
    on: [...on].join(""),
    ...(protocols.size > 0 && { protocols: [...protocols].join(" ") }),
    ...(families.length > 0 && { families: families.join(" ") }),
    ...(gone.length > 0 && { gone: gone.join(" ") }),
    ...(extended > 0 && { extended }),
    ...(numeric !== "" && { numeric }),
  };
}

it.each([
  ["", { on: "" }],
  ["-tulpen", { on: "lp", protocols: "tcp udp", extended: 1, numeric: "hosts ports users" }],
  ["-eeU -Sw", { on: "", protocols: "udplite sctp raw", extended: 2 }],
  ["--list --prog --numeric", { on: "lp", numeric: "hosts ports users" }],
  ["--numeric-h --numeric-p", { on: "", numeric: "hosts ports" }],
  ["-Ainet6 -A unix,ip", { on: "", families: "inet6 unix inet" }],
  ["--protocol=inet,inet6 --protocol unix", { on: "", families: "inet inet6 unix" }],
  ["-4 -6 -x --tcpip", { on: "", families: "inet inet6 unix" }],
  ["--ax25 -A ipx,x25,ddp", { on: "", gone: "AX25 IPX X25" }],
  ["-t words -- -u", { on: "", protocols: "tcp" }],
  ["-tV", { show: "version" }],
  ["--he", { show: "help" }],
])("reads %s", (line, expected) => {
  expect(asked(line)).toEqual(expected);
});

it.each([
  ["-tq", "unknown option '-q'"],
  ["-T", "unknown option '-T' (did you mean -t?)"],
  ["--listning", "unknown option '--listning' (did you mean --listening?)"],
  ["--tcp=1", "option '--tcp' takes no value"],
  ["-A", "option '-A' needs a value"],
  ["-A inet7", "unknown address family 'inet7' (did you mean inet6?)"],
  ["-rs", "-r and -s cannot be shown at once"],
])("refuses %s", (line, wrong) => {
  expect(asked(line)).toMatchObject({ wrong: expect.stringContaining(wrong.split(" (")[0]!) });
});

it("names the options that a name cut short can be", () => {
  expect(asked("--r")).toMatchObject({ wrong: expect.stringMatching(/--route.*--raw|--raw.*--route/) });
});

describe("as netstat has it, in a namespace with nothing in it", () => {
  beforeEach((context) => skipIf(context, noNamespaces() ?? missingTools("netstat", "unshare")));
  const empty = ["unshare", "--net"] as const;
  const same = (flags: string): void => {
    const words = flags.split(" ");
    expect(ours(empty, words)).toEqual(netstat(empty, words));
  };

  it.each([
    ..."-n -an -ln -anv -v -nv -lv -4anv -6av -Sav -Suv -S -Sa -Sl -S6 -S6av -tanv -xv -xan -tx -tanp -anee".split(" "),
    ...["--ax25", "--ipx --netrom", "--ax25 -tn", "-A ax25,inet -n", "-A rose,x25,netrom,ax25,ipx", "-A ddp -n"],
    ...["-S -u", "-A inet,unix -nv", "-4 --ax25 -n", "-4 -A unix -n", "-x -6n", "-t words -n", "-tn -- -u", "-M"],
    ...[
      "--li --numeric",
      "--numeric --tcp",
      "--numeric-h --numeric-p -t",
      "-Ainet6 -n",
      "--protocol=unix",
      "-sx",
      "-s --ax25",
      "-s --inet6 --ipx",
    ],
  ])("netstat %s", same);
});
