import { spawnSync } from "node:child_process";
import { beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import { missingTools, noMounts, noNamespaces, skipIf } from "../../support/tools.ts";

/* Interfaces of a network namespace that the sysfs here does not show, against Debian's netstat, which asks by ioctl(2). */

const reason = noNamespaces() ?? noMounts() ?? missingTools("netstat", "ip", "unshare", "mount");
beforeEach((context) => skipIf(context, reason));

/** Two interfaces of the same names and indexes as those of every other namespace here, with an address that has a broadcast address of its own. */
const devices = (mtu: number): string => `
  ip link set lo up
  ip link add eth0 index 20 mtu ${mtu} type veth peer name eth1 index 21
  ip link set eth0 up; ip link set eth1 up mtu ${mtu + 1}
  ip address add 192.0.2.9/24 brd 192.0.2.77 dev eth0
  ip address add 192.0.2.10/32 peer 192.0.2.11 dev eth1
  ip address add 198.51.100.1/25 brd + dev eth0 label eth0:more
`;

/** What is printed, with what was said of it; counters may have grown meanwhile. */
interface Printed {
  readonly out: string;
  readonly err: string;
}

/** Runs both in a namespace made by `inner`, in which /sys is what `outer` made of it in another. */
function both(outer: string, inner: string, flags: string, more = ""): { ours: Printed; theirs: Printed } {
  const say = (command: string): string => `${command} 2>&1 >$d/out; echo "@"; cat $d/out; echo "@"`;
  const script = `${inner}\n${say(`netstat ${flags}`)}\n${say(`"$node" "$bin" netstat ${flags} ${more}`)}`;
  const whole = `d=$(mktemp -d); mount -t sysfs none /sys\n${outer}\nexport d; unshare -n sh -euc '${script}' sh; rm -r $d`;
  const begin = "node=$0; bin=$1; export node bin;";
  const args = ["-n", "-m", "sh", "-c", `${begin} ${whole}`, process.execPath, BIN];
  const { stdout } = spawnSync("unshare", args, { encoding: "utf8" });
  const [theirErr = "", theirOut = "", ourErr = "", ourOut = ""] = stdout.split(/(?:^|\n?)@\n/);
  return { theirs: { err: theirErr, out: still(theirOut) }, ours: { err: ourErr, out: still(ourOut) } };
}

/** Packets of IPv6 are sent while one looks. */
function still(text: string): string {
  return text.replace(/(packets|bytes) \d+( {2}| \()([^)]*\))?/g, "$1 N").replace(/^(\S+ +\d+) .* (\S+)$/gm, "$1 N $2");
}

const SAME = devices(1400);
const FORMS = ["-i", "-ia", "-ie", "-iea"];

describe("where /sys is of another namespace with interfaces of the same names and indexes", () => {
  it.each(FORMS)("netstat %s is what netstat prints", (flags) => {
    const { ours, theirs } = both(devices(1234), SAME, flags);
    expect(theirs.out).toContain("1400");
    expect(ours).toEqual(theirs);
  });

  it("netstat -i says by procfs alone that it does not know, and gives nothing of the other", () => {
    const { ours } = both(devices(1234), SAME, "-ia", "--source procfs");
    expect(ours.err).toBe(
      "netstat: procfs does not tell MTU and flags of a network namespace that no sysfs here shows; --source kernel does",
    );
    expect(ours.out).toMatch(/^eth0 +- /m);
    expect(ours.out).not.toMatch(/1234|BMRU/);
  });

  it.each([
    ["is up, and in the other not", "", "ip link set lo up"],
    ["is down, and in the other not", "ip link set lo up", ""],
    ["has another MTU", "ip link set lo up mtu 1500", "ip link set lo up"],
  ])("lo %s", (_, outer, inner) => {
    for (const source of ["auto", "kernel"]) {
      const { ours, theirs } = both(outer, inner, "-ia", `--source ${source}`);
      expect(theirs.out).toMatch(/^lo +65536/m);
      expect(ours).toEqual(theirs);
    }
    expect(both(outer, inner, "-ia", "--source procfs").ours.out).toMatch(/^lo +- /m);
  });
});

it.each(FORMS)("without /sys netstat %s is what netstat prints", (flags) => {
  const { ours, theirs } = both("umount /sys; while umount /sys; do :; done", SAME, flags);
  expect(theirs.out).toContain("1400");
  expect(ours).toEqual(theirs);
});

it.each(FORMS)("with /sys of its own netstat %s needs nobody else, and the kernel tells the same", (flags) => {
  // Procfs has no broadcast address that is not the usual one.
  const inner = SAME.replace("brd 192.0.2.77", "brd +");
  for (const source of ["procfs", "kernel"]) {
    const { ours, theirs } = both("", `${inner}\nmount -t sysfs none /sys`, flags, `--source ${source}`);
    expect(theirs.out).toContain("1400");
    expect(ours).toEqual(theirs);
  }
});

/** Numbers above 9, with zeros, larger than an `int`; aliases with a number, with letters, of the last one, in front of all. */
const NAMES = ["v1", "v10", "v0", "v2", "v", "v01", "v0a", "9", "v3000000000", "v\u00e9"];
const LABELS = [
  "v0:1",
  "v0:10",
  "v0:2",
  "v0:02",
  "v0:ab",
  "v1:7",
  "v10:7",
  "v:x",
  "9:1",
  "v\u00e9:1",
  "v0a:3000000000",
];
const MANY = [
  ...NAMES.map((name) => `ip link add ${name} mtu 1400 type veth peer name p-${name}; ip link set ${name} up`),
  ...NAMES.map((name, number) => `ip address add 192.0.2.${number + 1}/32 dev ${name}`),
  ...LABELS.map(
    (label, number) => `ip address add 198.51.${number}.1/24 brd + dev ${label.split(":")[0]} label ${label}`,
  ),
].join("\n");

it.each(FORMS)("netstat %s has names and aliases in the order of netstat", (flags) => {
  const { ours, theirs } = both("umount /sys; while umount /sys; do :; done", MANY, flags);
  for (const label of LABELS) expect(theirs.out).toMatch(new RegExp(`^${label}[: ]`, "m"));
  expect(ours).toEqual(theirs);
});

it("--source belongs to -i", () => {
  const { status, stderr } = spawnSync(process.execPath, [BIN, "netstat", "-t", "--source", "kernel"], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([2, expect.stringContaining("--source belongs to -i")]);
});
