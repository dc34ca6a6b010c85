import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, describe, expect, it } from "vitest";
import { BIN, procnet } from "../../../../test/support/command/run.ts";
import { makeTree, type Tree, usualTree } from "../../../../test/support/command/tree.ts";
import { noDoor } from "../../../../test/support/kernel/netlink-in.ts";
import { doorlessBin, readableBin, readableNode } from "../../../../test/support/readable.ts";
import { missingTools, noMounts, skipIf } from "../../../../test/support/tools.ts";
import type { Finding } from "./doctor/finding.ts";
import { has } from "./doctor/own.ts";

interface Answer {
  readonly complete: boolean;
  readonly findings: readonly Finding[];
}

const isRoot = process.getuid?.() === 0;
const NOBODY = "setpriv --reuid 65534 --regid 65534 --clear-groups";

const DOCTOR = '"$0" "$1" doctor --json';

/** What doctor says behind such a command line. */
const behind = (command: string): Answer => answerOf(`${command} ${DOCTOR}`);

/** The same in a mount namespace with procfs mounted so. */
const mounted = (options: string, command: string): Answer =>
  answerOf(`unshare -m sh -c 'mount -t proc -o ${options} proc /proc && exec ${command} ${DOCTOR}' "$0" "$1"`);

function answerOf(script: string): Answer {
  const args = ["-c", script, readableNode(), readableBin()];
  const { stdout, stderr, status } = spawnSync("sh", args, { encoding: "utf8", cwd: "/" });
  if (stdout === "") throw new Error(`${script}: ${status}: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}

const about = ({ findings }: Answer, topic: Finding["topic"]): readonly Finding[] =>
  findings.filter((one) => one.topic === topic);

/** Why namespaces of this kind cannot be made here. */
function noUnshare(...flags: string[]): string | undefined {
  const missing = missingTools("unshare", "setpriv");
  if (missing !== undefined) return missing;
  return spawnSync("unshare", [...flags, "true"]).status === 0 ? undefined : `unshare ${flags.join(" ")} is refused`;
}

const notRoot = isRoot ? undefined : "not root: nothing can be taken away";

let tree: Tree | undefined;
afterEach(() => tree?.remove());

/** A user whom no other test is, so that it sees one process of its own. */
const SOMEBODY = "setpriv --reuid 64531 --regid 64531 --clear-groups";

describe("rights", () => {
  it("of root are enough, and a process that refuses all the same is counted", async (context) => {
    const enough = isRoot && has("CAP_SYS_PTRACE") && has("CAP_DAC_READ_SEARCH");
    skipIf(context, enough ? undefined : "not root, or without its capabilities");
    const answer = behind("");
    expect(about(answer, "rights")).toEqual([
      {
        topic: "rights",
        status: "ok",
        finding: expect.stringContaining("root with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH"),
      },
    ]);
    expect(about(answer, "processes")[0]?.finding).toMatch(/^\d+ listed/);
  });

  it("of another user are told, with what would change it", (context) => {
    skipIf(context, notRoot ?? missingTools("setpriv"));
    const answer = behind(NOBODY);
    expect(answer.complete).toBe(false);
    expect(about(answer, "rights")).toMatchObject([
      {
        status: "limited",
        finding: expect.stringMatching(/^uid 65534 without CAP_SYS_PTRACE/),
        remedy: expect.stringContaining("sudo"),
      },
    ]);
    expect(about(answer, "rights")[0]?.finding).toMatch(
      /; to read takes no more, but sockets --close needs CAP_NET_ADMIN, and pin needs CAP_BPF and CAP_PERFMON$/,
    );
    const [processes] = about(answer, "processes");
    expect(processes).toMatchObject({ status: "limited", remedy: expect.stringContaining("root sees them") });
    expect(Number(/of which (\d+)/.exec(processes!.finding)?.[1])).toBeGreaterThan(0);
  });

  it("of root without capabilities, as in a container", (context) => {
    skipIf(context, notRoot ?? missingTools("setpriv"));
    const answer = behind("setpriv --bounding-set -sys_ptrace --inh-caps -sys_ptrace");
    expect(about(answer, "rights")).toMatchObject([
      {
        status: "limited",
        finding: expect.stringMatching(/^root without CAP_SYS_PTRACE:/),
        remedy: expect.stringContaining("--cap-add SYS_PTRACE"),
      },
    ]);
  });

  it("in a user namespace of its own count for nothing outside", (context) => {
    skipIf(context, noUnshare("-U", "-r"));
    expect(about(behind("unshare -U -r"), "user namespace")).toMatchObject([{ status: "limited" }]);
    if (isInitial("user")) expect(about(behind(""), "user namespace")).toEqual([]);
  });

  it("are not what kernel.yama.ptrace_scope restricts", async () => {
    const scope = yamaScope();
    const { findings } = JSON.parse((await procnet(["doctor", "--json"])).out) as Answer;
    const told = findings.filter(({ topic }) => topic === "ptrace scope");
    if (scope === undefined) expect(told).toEqual([]);
    else expect(told).toMatchObject([{ status: "ok", finding: expect.stringContaining(`is ${scope}:`) }]);
  });
});

describe("the mounted procfs", () => {
  it.for([
    [
      "hidepid=2",
      SOMEBODY,
      "limited",
      /hidepid=(2|invisible): processes of other users are hidden/,
      /remount,hidepid=0/,
    ],
    ["hidepid=1,gid=4242", SOMEBODY, "limited", /hidepid=(1|noaccess)/, /be in the group 4242/],
    [
      "hidepid=2,gid=4242",
      "setpriv --reuid 65534 --regid 65534 --groups 4242",
      "ok",
      /you are in the group 4242/,
      undefined,
    ],
    ["hidepid=0", SOMEBODY, "ok", /without hidepid/, undefined],
    ["hidepid=2", "", "ok", /hides nothing from CAP_SYS_PTRACE/, undefined],
  ] as const)("with %s, seen by %s", ([options, command, status, finding, remedy], context) => {
    skipIf(context, notRoot ?? missingTools("setpriv") ?? noMounts());
    skipIf(context, isInitial("user") ? undefined : "in a user namespace");
    const answer = mounted(options, command);
    const [hidepid, ...more] = about(answer, "hidepid");
    expect(more).toEqual([]);
    expect(hidepid).toMatchObject({ status, finding: expect.stringMatching(finding) });
    if (remedy === undefined) expect(hidepid).not.toHaveProperty("remedy");
    else expect(hidepid!.remedy).toMatch(remedy);
    if (options.startsWith("hidepid=2") && status === "limited") {
      expect(about(answer, "processes")[0]?.finding).toMatch(/^1 listed/);
    }
  });

  it("of another pid namespace is told: its numbers mean nothing here", (context) => {
    skipIf(context, notRoot ?? noUnshare("-p", "-f"));
    const [own] = about(behind("unshare -p -f"), "pid namespace");
    expect(own).toMatchObject({ status: "limited", finding: expect.stringContaining("port --kill refuses") });
  });

  it("that is none at all is what failed", (context) => {
    skipIf(context, notRoot ?? noMounts());
    const script = 'mount -t tmpfs none /proc && "$0" "$1" doctor; echo $?';
    const { stdout } = spawnSync("unshare", ["-m", "sh", "-c", script, readableNode(), readableBin()], {
      encoding: "utf8",
      cwd: "/",
    });
    expect(stdout).toMatch(/^failed +root +\/proc cannot be read, or nothing is mounted there$/m);
    expect(stdout).toContain("-> mount -t proc proc /proc");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("4");
  });
});

describe("namespaces", () => {
  it("of processes: those outside are not seen", (context) => {
    skipIf(context, notRoot ?? noUnshare("-p", "-f", "-m", "--mount-proc"));
    const answer = behind("unshare -p -f -m --mount-proc");
    expect(about(answer, "pid namespace")).toMatchObject([
      {
        status: "limited",
        finding: expect.stringContaining("processes outside are not seen"),
        remedy: expect.stringContaining("--pid=host"),
      },
    ]);
    expect(about(answer, "processes")[0]?.finding).toBe("1 listed; all show what they hold");
  });

  it("of the network: which one it is, and that it is not that of process 1", (context) => {
    skipIf(context, notRoot ?? noUnshare("-n"));
    const [own] = about(behind("unshare -n"), "network namespace");
    if (!has("CAP_SYS_PTRACE")) return;
    expect(own?.finding).toMatch(/^network namespace \d+(, not that of process 1)?; /);
    expect(own?.finding).toContain("--all-namespaces");
  });
});

describe("the kernel's source", () => {
  const told = (bin: string): readonly Finding[] => {
    const { stdout } = spawnSync(process.execPath, [bin, "doctor", "--json"], { encoding: "utf8" });
    return about(JSON.parse(stdout) as Answer, "kernel source");
  };

  it("is told with what asks the kernel", (context) => {
    skipIf(context, noDoor());
    expect(told(BIN)).toEqual([
      {
        topic: "kernel source",
        status: "ok",
        finding: expect.stringMatching(/^@procnet\/kernel is here, and asks by (koffi|node:ffi) /),
      },
    ]);
  });

  it("is told by which of the two packages is missing, and how it comes", (context) => {
    expect(told(readableBin())).toEqual([
      {
        topic: "kernel source",
        status: "absent",
        finding: expect.stringMatching(/: the package @procnet\/kernel is not installed$/),
        remedy: "npm install @procnet/kernel koffi",
      },
    ]);
    skipIf(context, isBuiltin("node:ffi") ? "this Node has node:ffi" : undefined);
    expect(told(doorlessBin())).toEqual([
      {
        topic: "kernel source",
        status: "absent",
        finding: expect.stringMatching(/ \(koffi is not installed; this Node has no node:ffi\)$/),
        remedy: "npm install koffi",
      },
    ]);
  });
});

it("a captured tree is told as what it is, and no right of the reader is blamed", async () => {
  tree = usualTree();
  rmSync(`${tree.root}/1/net/route`);
  const { code, out } = await procnet(["doctor", "--root", tree.root, "--json"]);
  const answer = JSON.parse(out) as Answer;
  expect(code).toBe(0);
  expect(about(answer, "root")).toMatchObject([
    { status: "limited", finding: expect.stringContaining("is a captured tree") },
  ]);
  expect(about(answer, "files")[1]).toMatchObject({
    status: "absent",
    finding: expect.stringMatching(/\broute\b.*not there/),
  });
  for (const topic of ["rights", "hidepid", "pid namespace"] as const) expect(about(answer, topic)).toEqual([]);
  expect(out).not.toMatch(/sudo procnet \.\.\.|CAP_/);
});

it("a directory that is neither a procfs nor a capture is what failed, beside what else is known", async () => {
  tree = makeTree({}, [{ pid: 1, comm: "init" }]);
  const { code, out } = await procnet(["doctor", "--root", tree.root, "--json"]);
  expect(code).toBe(4);
  const failed = (JSON.parse(out) as Answer).findings.filter(({ status }) => status === "failed");
  expect(failed.map(({ topic }) => topic)).toContain("files");
  expect(failed[0]?.finding).toContain("it is no procfs of a running kernel");
});

it("a file that the kernel lacks is told with what brings it", async (context) => {
  const { out } = await procnet(["doctor", "--json"]);
  const absent = (JSON.parse(out) as Answer).findings.filter(
    ({ status, topic }) => status === "absent" && topic === "files",
  );
  skipIf(context, absent.length === 0 ? "this kernel has all files" : undefined);
  for (const { remedy } of absent) expect(remedy).toMatch(/^brought by (CONFIG_|module |a )/);
});

it("prints documents that the schema knows, and its items", async () => {
  tree = makeTree({ dev: "" }, [{ pid: 1, comm: "init" }]);
  const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse((await procnet(["schema", "doctor"])).out));
  for (const place of [[], ["--root", tree.root]]) {
    const { out } = await procnet(["doctor", "--json", ...place]);
    const document = JSON.parse(out) as Answer;
    validate(document);
    expect(validate.errors).toBeNull();
    const { out: lines } = await procnet(["doctor", "--ndjson", ...place]);
    expect(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as Finding).topic),
    ).toEqual(document.findings.map(({ topic }) => topic));
  }
});

it("wraps what it says to the terminal, and shows a table where columns are chosen", async () => {
  tree = usualTree();
  const { out } = await procnet(["doctor", "--root", tree.root], { columns: 60 });
  for (const line of out.split("\n")) if (!line.includes(tree.root)) expect(line.length).toBeLessThanOrEqual(60);
  expect(out).toMatch(/^ +-> /m);
  const table = await procnet(["doctor", "--root", tree.root, "--columns", "topic,status", "--sort", "topic"]);
  const [head, ...rows] = table.out.trimEnd().split("\n");
  expect(head).toBe("TOPIC      STATUS");
  const topics = rows.map((row) => row.split(/ {2,}/)[0]);
  expect(topics).toEqual([...topics].sort());
});

it("says on another system that there is no procfs, and where to go", async () => {
  const { platform } = process;
  try {
    Object.defineProperty(process, "platform", { value: "darwin" });
    const { code, out } = await procnet(["doctor"]);
    expect(code).toBe(4);
    expect(out).toMatch(/^failed +system +this is darwin, which has no \/proc$/m);
    expect(out).toContain("-> run it on Linux");
  } finally {
    Object.defineProperty(process, "platform", { value: platform });
  }
});

function yamaScope(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/yama/ptrace_scope", "utf8").trim();
  } catch {
    return undefined;
  }
}

function isInitial(kind: "user" | "pid"): boolean {
  const initial = { user: "user:[4026531837]", pid: "pid:[4026531836]" };
  return readlinkSync(`/proc/self/ns/${kind}`) === initial[kind];
}
