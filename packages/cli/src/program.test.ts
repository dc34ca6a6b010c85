import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readlinkSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BIN, procnet, program } from "../../../test/support/command/run.ts";
import { makeTree, type Tree, tcp, tcpRow, usualTree } from "../../../test/support/command/tree.ts";
import { scaled } from "../../../test/support/time.ts";
import { missingTools, skipIf } from "../../../test/support/tools.ts";

let tree: Tree;
let large: Tree;
beforeAll(() => {
  tree = usualTree();
  const rows = Array.from({ length: 20_000 }, (_, index) =>
    tcpRow(
      index,
      "0200000A:01BB",
      `0500000A:${(index + 1024).toString(16).toUpperCase().padStart(4, "0")}`,
      "01",
      0,
      index + 1,
    ),
  );
  large = makeTree({ tcp: tcp(...rows) }, [{ pid: 1, comm: "init" }]);
});
afterAll(() => {
  tree.remove();
  large.remove();
});

describe("a name that nothing has is one line, no table, and exit code 4:", () => {
  it.each([
    ["show tpc", 'there is no file "tpc" (did you mean tcp?)'],
    ["show igmpp", 'there is no file "igmpp" (did you mean igmp?)'],
    ["show ../1/stat", 'there is no file "../1/stat"'],
    ["stats RetransSeg", 'no counter is called "RetransSeg" (did you mean RetransSegs?)'],
    ["stats nosuch", 'no counter is called "nosuch"; procnet stats --zeros lists all there are'],
    ["rates RetransSeg", 'no counter or interface is called "RetransSeg" (did you mean RetransSegs?)'],
    ["interfaces loo", 'no interface is called "loo" (did you mean lo?)'],
    ["explain TcpExt.ListenDrop", "(did you mean TcpExt.ListenDrops?)"],
  ])("%s", async (line, problem) => {
    const { code, out, err } = await procnet(line.split(" "));
    expect({ code, out, err }).toEqual({ code: 4, out: "", err: expect.stringContaining(problem) });
    expect(err).toMatch(/^procnet: [^\n]*\n$/);
  });

  it("beside those that there are", async () => {
    const { code, out, err } = await procnet(["stats", "Tcp.InSegs", "nosuch", "--no-header"]);
    expect({ code, out }).toEqual({ code: 4, out: expect.stringMatching(/^Tcp\.InSegs +\d+ +snmp\n$/) });
    expect(err).toContain('"nosuch"');
  });
});

describe("a wrong command line is one line and exit code 2:", () => {
  it.each([
    ["--lisening", "unknown option '--lisening' (did you mean --listening?)"],
    ["scokets", "unknown command 'scokets' (did you mean sockets?)"],
    ["sockets --sort loacl", '--sort: no column is called "loacl" (did you mean local?)'],
    ["sockets --columns a,b", '--columns: no column is called "a"'],
    ["sockets -A tpc", '--protocol: no protocol is called "tpc" (did you mean tcp?)'],
    ["sockets --count-by sate", "(did you mean state?)"],
    ["sockets --color sometimes", "it must be one of auto, always, never"],
    ["sockets --json --csv", "option '--json' cannot be used with option '--csv'"],
    ["sockets --every soon", "write it like 500ms, 2s or 1m"],
    ["sockets --every 1s --csv", "--csv cannot be used with --every"],
    ["sockets --rounds 2", "--rounds belongs to --every"],
    ["sockets --pid 0", "it must be a whole number from 1"],
    ["sockets --every soon", "--every: 'soon' cannot be used: write it like"],
    ["port abc", "port: 'abc' cannot be used: it must be a whole number from 1 to 65535"],
    ["port 1 --timeout x", "--timeout: 'x' cannot be used: write it like"],
    ["3000", "unknown command '3000'; procnet port 3000 shows who listens there"],
    ["sockets --root /nonexistent", '--root: there is no directory "/nonexistent"'],
    ["sockets --netns nowhere", '--netns: "nowhere" is no number of a namespace'],
    ["sockets --every 1constructor", "write it like 500ms, 2s or 1m"],
    ["sockets --netns /etc/passwd", '--netns: "/etc/passwd" is no network namespace'],
    ["sockets --netns 1 --all-namespaces", "--netns cannot be used with --all-namespaces"],
    ["routes --netns 1 --pid 1", "--pid and --netns both say"],
    ["port 1 --netns 1 --pid 1", "--pid and --netns both say"],
    [
      "sockets --count-by state --sort local",
      "option '--count-by <what>' cannot be used with option '--sort <column>'",
    ],
    ["help --json", "unknown command '--json'"],
    ["help scokets", "unknown command 'scokets' (did you mean sockets?)"],
    ["sockets --sort a\nb", '--sort: no column is called "a\\x0ab"'],
    ["port 1 --signal KILL", "--signal belongs to --kill"],
    ["port 1 --wait-free --rounds 2", "--rounds belongs to --every"],
    ["port", "missing required argument 'port'"],
    ["port 99999", "it must be a whole number from 1 to 65535"],
    ["port 1 --yes", "--yes belongs to --kill"],
    ["port 1 --timeout 1s", "--timeout belongs to"],
    ["port 1 --wait-free --wait-listening", "cannot be used with"],
    ["port 1 --kill --udp", "--kill ends listeners only"],
    ["port 1 --kill --root /proc", "--kill cannot be used with --root"],
    ["schema socket", "(did you mean sockets?)"],
    ["completion csh", "did you mean"],
    ["--json netstat", "write it first"],
    ["--json ss", "write it first"],
  ])("%s", async (line, problem) => {
    const { code, out, err } = await procnet(line.split(" "));
    expect(err).toContain(problem);
    expect(err).toMatch(/^procnet: [^\n]*\n$/);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  it.each([
    ["doctor --source kernel", "procnet: unknown option '--source'\n"],
    ["traffic --root /proc", "procnet: unknown option '--root'\n"],
    ["health --for 1s", "procnet: unknown option '--for' (did you mean --window?)\n"],
    ["traffic --window 1s", "procnet: unknown option '--window' (did you mean --for?)\n"],
    ["doctor --rot /x", "procnet: unknown option '--rot' (did you mean --root?)\n"],
  ])("%s: what is far from it is not offered", async (line, err) => {
    expect(await procnet(line.split(" "))).toMatchObject({ code: 2, out: "", err });
  });

  it("also when it holds control characters", async () => {
    const { err } = await procnet(["\u001b[2J"]);
    expect(err).toContain("unknown command '\\x1b[2J'");
  });
});

it("a filter alone is one of sockets; a word that is a command is that command", async () => {
  for (const filter of ["state listening", "( sport = :443 )", "not dport = :1"]) {
    const alone = await procnet([...filter.split(" "), "--root", tree.root]);
    expect(alone).toEqual(await procnet(["sockets", ...filter.split(" "), "--root", tree.root]));
    expect(alone.out).toContain("0.0.0.0:443");
  }
  expect((await procnet(["port", "443", "--root", tree.root])).out).toMatch(/^PORT /);
});

it("without a command shows sockets; options may stand before the command", async () => {
  const { out } = await procnet(["sockets", "--root", tree.root]);
  expect((await procnet(["--root", tree.root])).out).toBe(out);
  expect((await procnet(["--root", tree.root, "sockets"])).out).toBe(out);
  const port = await procnet(["port", "443", "--json", "--root", tree.root]);
  expect(await procnet(["--json", "--root", tree.root, "port", "443"])).toEqual(port);
  const routes = await procnet(["routes", "--root", tree.root]);
  expect(await procnet(["--root", tree.root, "route"])).toEqual(routes);
  expect((await procnet(["-tulpen", "-a", "--root", tree.root])).code).toBe(0);
});

it("fails with 4 when something cannot be read", async () => {
  expect(await procnet(["sockets", "--pid", "999999999"])).toMatchObject({ code: 4, out: "" });
  const empty = makeTree({}, [{ pid: 1, comm: "init" }]);
  expect(await procnet(["interfaces", "--root", empty.root])).toMatchObject({ code: 4, out: "" });
  empty.remove();
});

it("takes no directory for a procfs that is none, and says why one cannot be looked at", async () => {
  const empty = mkdtempSync(join(tmpdir(), "procnet-empty-"));
  const { code, out, err } = await procnet(["sockets", "--root", empty]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toBe(`procnet: --root: there is neither a process nor a directory net in "${empty}", so no procfs\n`);
  rmdirSync(empty);
  for (const option of ["--root", "--netns"]) {
    const long = await procnet(["sockets", option, "a".repeat(5000)]);
    expect(long).toMatchObject({ code: 4, out: "" });
    expect(long.err).toMatch(/^procnet: --(root|netns): ENAMETOOLONG: .*\n$/);
  }
});

it("fails with 4, not with the code for a free port, when something unexpected happens", async () => {
  const { code, err } = await procnet(["port", "1", "--root", tree.root], {
    out: () => {
      throw new TypeError("\u001b[2J");
    },
  });
  expect(code).toBe(4);
  expect(err).toMatch(/^procnet: unexpected: TypeError: \\x1b\[2J\n {4}at /);
});

it("ends with 0 when nobody reads on in the middle of a round", async () => {
  const controller = new AbortController();
  const out = (): boolean => {
    setTimeout(() => controller.abort(), 8); // the next round takes longer
    return true;
  };
  const ran = await procnet(["--every", "1ms", "--root", large.root], { signal: controller.signal, out });
  expect(ran).toMatchObject({ code: 0, err: "" });
});

it("takes what stands behind -- for a filter, not for a command", async () => {
  const { out } = await procnet(["--root", tree.root, "--csv", "--", "port", "53"]);
  expect(out.trimEnd().split("\n").slice(1)).toEqual([expect.stringMatching(/^udp,UNCONN,.*0\.0\.0\.0:53/)]);
});

it("leaves out rows that cannot be read, and says so", async () => {
  const broken = makeTree({ tcp: tcp(tcpRow(0, "0100007F:0016", "00000000:0000", "0A", 0, 5), "nonsense\n") }, [
    { pid: 1, comm: "init" },
  ]);
  const { out, err, code } = await procnet(["--root", broken.root]);
  expect(out).toContain("127.0.0.1:22");
  expect(err).toContain("1 row could not be read and is left out");
  expect(code).toBe(0);
  broken.remove();
});

describe("the whole program", () => {
  it("prints help on stdout", () => {
    const help = program(["--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    for (const name of ["sockets", "port", "interfaces", "netstat", "ss", "completion"])
      expect(help.out).toContain(`  ${name}`);
    for (const words of [["help"], ["help", "--help"], ["help", "help"]]) expect(program(words)).toEqual(help);
    for (const name of ["port", "if", "netstat", "ss"]) {
      expect(program(["help", name])).toEqual(program([name, "--help"]));
      expect(program(["help", name])).toMatchObject({ code: 0, err: "" });
    }
    expect(program(["--version"]).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("puts data on stdout and the rest on stderr", () => {
    const { out, err, code } = program(["--root", tree.root, "--csv"]);
    expect(code).toBe(0);
    expect(out.startsWith("proto,state,")).toBe(true);
    expect(err).toBe("");
    expect(program(["sockets", "stat x"]).out).toBe("");
  });

  it.each(["", "--json", "--csv", "--ndjson", "--every 10ms"])("ends quietly when nobody reads on: %s", (form) => {
    const command = `${process.execPath} ${BIN} --root ${large.root} ${form} | head -c 100; exit \${PIPESTATUS[0]}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
      encoding: "utf8",
      timeout: scaled(60_000),
    });
    expect(stderr).toBe("");
    expect(stdout).toHaveLength(100);
    expect(status).toBe(0);
  });

  it("prints one document a round when it repeats into a pipe", () => {
    const { out, err, code } = program(["--root", tree.root, "--every", "1ms", "--rounds", "3"]);
    expect(err).toBe(""); // a round that took longer than its time is nothing to warn of
    const documents = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string });
    expect(documents.map(({ kind }) => kind)).toEqual(["sockets", "sockets", "sockets"]);
    expect(code).toBe(0);
  });

  it("dies of the signal that ends a repetition", async () => {
    const file = join(tree.root, "printed");
    const command = `${process.execPath} ${BIN} --root ${tree.root} --every 50ms > ${file} & pid=$!; until [ -s ${file} ]; do sleep 0.05; done; kill -TERM $pid; wait $pid; echo "code $?"`;
    const { stdout } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("code 143");
  });

  it("shows an unprivileged user what is visible, and says what is not", (context) => {
    skipIf(context, process.getuid?.() === 0 ? undefined : "only root can become somebody else");
    const { out, err, code } = program(["-t", "-u", "-A", "unix", "--columns", "proto,local,process"], { uid: 65534 });
    expect(code).toBe(0);
    expect(out).toContain("PROTO");
    expect(err).toMatch(
      /^procnet: the owners of \d+ of \d+ sockets are not known: .*root sees them \(sudo procnet \.\.\.\).*\n$/,
    );
  });
});

it("says when a process that was asked for may not be looked into", (context) => {
  skipIf(context, process.getuid?.() === 0 ? undefined : "only root can become somebody else");
  const { code, err } = program(["sockets", "--pid", String(process.pid)], { uid: 65534 });
  expect(code).toBe(0);
  expect(err).toMatch(/^procnet: not all sockets of the process are known: cannot \w+ \/proc\/\d+\/fd.*\n$/m);
});

it("says that rights are missing where they may be why a namespace is not seen", async (context) => {
  skipIf(context, process.getuid?.() === 0 ? missingTools("unshare") : "only root can make a namespace");
  const child = spawn("unshare", ["-n", "sh", "-c", "echo up; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    await once(child.stdout!, "data");
    const { err, ...others } = program(["routes", "--netns", readlinkSync(`/proc/${child.pid}/ns/net`)], {
      uid: 65534,
    });
    expect(others).toEqual({ code: 4, out: "" });
    expect(err).toContain("some may not be looked into; root sees them");
  } finally {
    child.kill();
  }
});
