import { expect, it } from "vitest";
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
