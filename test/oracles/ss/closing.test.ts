import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { firstLine } from "../../support/first-line.ts";
import { Namespace } from "../../support/namespace.ts";
import { inside, type Printed, runIn, type Wrapper } from "../../support/netstat/compare.ts";
import { noDropIn, PROCNET_SS } from "../../support/ss/everyday.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * `-K` beside that of ss: each closes in a namespace of its own, with the same sockets in both; what is printed and what is left is the same.
 */

const WITHOUT_RIGHT = ["setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin"];

let namespaces: Namespace[];
beforeEach(async (context) => {
  namespaces = [];
  skipIf(context, noDropIn());
  namespaces = [new Namespace(), new Namespace()];
  await Promise.all(namespaces.map(fill));
});
afterEach(() => {
  for (const namespace of namespaces) namespace.remove();
});

async function fill(namespace: Namespace): Promise<void> {
  const script = fileURLToPath(new URL("../../support/ss/closable.py", import.meta.url));
  const child = namespace.spawn("python3", ["-IuS", script], { stdio: ["pipe", "pipe", "inherit"] });
  await firstLine(child, "closable.py");
}

const theirs = (): Wrapper => inside(namespaces[0]!.name);
const ours = (): Wrapper => inside(namespaces[1]!.name);

/** The order of rows is that of hashes, in which each namespace has its own part; inodes of unix sockets are not the same twice. */
function rows({ out }: Printed): string[] {
  return out
    .replace(/ \d{4,} +(\*)/g, " INODE $1")
    .split("\n")
    .sort();
}

/** What is there, and what ss and procnet print where they close. */
function close(line: string) {
  const words = line.split(" ");
  const ss = runIn(theirs(), ["ss", ...words]);
  const procnet = runIn(ours(), [...PROCNET_SS, ...words]);
  expect(rows(procnet)).toEqual(rows(ss));
  expect(left(ours())).toEqual(left(theirs()));
  return procnet;
}

const left = (where: Wrapper): string[] => rows(runIn(where, ["ss", "-tuanH"]));

it.each([
  ["-tnK sport = :5001", 1],
  ["-tK -n dst 127.0.0.1:7001", 3],
  ["-tanK dport = :5002", 1],
  ["-tnK dst [::1]:7003", 1],
  ["-tanK src [::ffff:127.0.0.1]", 1],
  ["-tn --kill state time-wait", 1],
  ["-tlnK sport = :7005", 1],
  ["-tlK sport = :7003", 1],
  ["-uanK sport = :7002", 1],
  ["-unK dst 127.0.0.1", 1],
  ["-tuanHK sport >= :5003 and sport <= :6001", 5],
  ["-tnOK state established dst 127.0.0.9", 0],
] as const)("ss %s", (line, count) => {
  const before = left(ours());
  const { out, err, code } = close(line);
  expect({ err, code }).toEqual({ err: "", code: 0 });
  expect(out.split("\n").filter((row) => /\d/.test(row)).length).toBe(count);
  // A UDP socket that is bound stays so: its program has the error.
  if (line.startsWith("-t") && !line.startsWith("-tu"))
    expect(before.length - left(ours()).length).toBeGreaterThanOrEqual(count);
});

it("closes no unix socket, which is shown as it is without -K", () => {
  expect(close("-xlnK src @closable").out).toContain("@closable");
  expect(runIn(ours(), ["ss", "-xlnH"]).out).toContain("@closable");
});

it("says once that it takes a right, and shows none as closed", () => {
  const line = ["-tnK", "dst", "127.0.0.1"];
  const before = left(ours());
  const ss = runIn(theirs(), [...WITHOUT_RIGHT, "ss", ...line]);
  const procnet = runIn(ours(), [...WITHOUT_RIGHT, ...PROCNET_SS, ...line]);
  expect(procnet.out).toBe(ss.out);
  expect(ss.err).toBe("SOCK_DESTROY answers: Operation not permitted\n");
  expect(procnet.err).toMatch(/^ss: -K: SOCK_DESTROY of a tcp socket: EPERM[^\n]*CAP_NET_ADMIN[^\n]*\n$/);
  expect(procnet.code).toBe(4);
  expect(left(ours())).toEqual(before);
});

it("closes what else is meant where the kernel ends one of them not, which any program may make", async (context) => {
  skipIf(context, left(ours()).some((row) => row.includes(":7009")) ? undefined : "no MPTCP here");
  const line = ["-tanK", "sport", ">=", ":7001", "sport", "<=", ":7009"];
  const { out, err, code } = runIn(ours(), [...PROCNET_SS, ...line]);
  expect({ err, code }).toEqual({ err: expect.stringMatching(/^ss: -K: [^\n]*EINVAL[^\n]*MPTCP\n$/), code: 4 });
  expect(out).toContain("*:7003");
  const tcp = runIn(ours(), ["ss", "-tanH", "state", "all", "exclude", "time-wait", ...line.slice(1)]).out;
  expect(tcp.trim().split("\n")).toEqual([expect.stringContaining("127.0.0.1:7009")]);
});

it.each([
  ["-K", 1, "say which"],
  ["-tK", 1, "say which"],
  ["-tuanK", 1, "say which"],
  ["-tuanK ", 1, "say which"],
  ["-tuanK -F /dev/null", 1, "say which"],
  ["-tuanK -s -F /dev/null", 1, "say which"],
  ["-tuanK sport = :", 1, "an address or a port is missing"],
  ["-tuanK dst : or sport = :5001", 1, "an address or a port is missing"],
  ["-tuanK state established dport = :*", 1, "an address or a port is missing"],
  ["-tuanK not ( dst inet: )", 1, "an address or a port is missing"],
  ["--source procfs -tK dst 127.0.0.1", 2, "--source procfs cannot be used with it"],
  ["--root /proc -tK dst 127.0.0.1", 4, "the kernel cannot be asked: it tells of this machine"],
] as const)("ss %s closes nothing", (line, code, sentence) => {
  const before = left(ours());
  expect(runIn(ours(), [...PROCNET_SS, ...line.split(" ")])).toEqual({
    out: "",
    err: expect.stringContaining(sentence),
    code,
  });
  expect(left(ours())).toEqual(before);
});
