import { spawnSync } from "node:child_process";
import { beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../support/command/run.ts";
import { readableBin } from "../support/readable.ts";
import { missingTools, noMounts, noNamespaces, skipIf } from "../support/tools.ts";

/* `procnet interfaces` in a network namespace of its own, against `ip address`. */

const reason = noNamespaces() ?? noMounts() ?? missingTools("ip", "unshare", "mount");
beforeEach((context) => skipIf(context, reason));

/** A tunnel's address lies in no network; those of v0 are made in no order of theirs. */
const DEVICES = `
  ip link set lo up
  ip tuntap add dev t0 mode tun; ip address add 10.3.0.1 peer 10.3.0.2/32 dev t0; ip link set t0 up
  ip link add v0 mtu 1400 type veth peer name v1; ip link set v0 up; ip link set v1 up
  for one in fd00:1::9/64 fd00:1::1/64 fe80::5/64; do ip address add $one dev v0 nodad; done
  for one in 10.9.9.9/24 10.9.9.1/24 10.1.1.1/24; do ip address add $one dev v0; done
  ip link set v0 addrgenmode none; ip address flush dev v1 scope link`;

interface Said {
  readonly ours: { readonly out: string; readonly err: string };
  readonly theirs: string;
}

/** What both say, and where the sysfs is that of the namespace outside, or one of its own. */
function both(sysfs: "foreign" | "own", words: string, bin = BIN): Said {
  const script = `${DEVICES}
    ${sysfs === "own" ? "mount -t sysfs none /sys" : ""}
    d=$(mktemp -d); "$0" "$1" interfaces ${words} 2>$d/err; echo @; cat $d/err; echo @; ip -o address; rm -r $d`;
  const { stdout } = spawnSync("unshare", ["-n", "-m", "sh", "-c", script, process.execPath, bin], {
    encoding: "utf8",
  });
  const [out = "", err = "", theirs = ""] = stdout.split("@\n");
  return { ours: { out, err }, theirs };
}

/** `v0 10.9.9.9/24`, in their order. */
function addressesOf(theirs: string): string[] {
  return [...theirs.matchAll(/^\d+: (\S+) +inet6? (\S+(?: peer \S+)?) /gm)].map(
    ([, name, address]) => `${name} ${address}`,
  );
}

function oursOf(csv: string): string[] {
  return csv
    .split("\n")
    .slice(1, -1)
    .flatMap((line) => {
      const [name, ...cells] = line.split(",");
      return [...cells.join(",").matchAll(/[^ ,"]+(?: peer [^ ,"]+)?/g)].map(([address]) => `${name} ${address}`);
    });
}

const COLUMNS = "--csv --columns name,addresses";

describe.each(["foreign", "own"] as const)("with a sysfs that is %s", (sysfs) => {
  it.each(["auto", "kernel"])("addresses by %s are those of ip, peers too, in its order", (source) => {
    const { ours, theirs } = both(sysfs, `${COLUMNS} --source ${source}`);
    expect(ours.err).toBe("");
    expect(addressesOf(theirs)).toContain("t0 10.3.0.1 peer 10.3.0.2/32");
    expect(oursOf(ours.out)).toEqual(addressesOf(theirs));
  });

  it("addresses by procfs are in the order of ip, and the one that is missing is named", () => {
    const { ours, theirs } = both(sysfs, `${COLUMNS} --source procfs`);
    expect(ours.err).toBe("procnet: procfs does not tell on which interface 10.3.0.1 is; --source kernel does\n");
    expect(oursOf(ours.out)).toEqual(addressesOf(theirs).filter((line) => !line.includes("peer")));
  });
});

it("state, MTU and hardware address are asked of the kernel where no sysfs shows them", () => {
  const { ours } = both("foreign", "v0 --csv --columns name,state,mtu");
  expect(ours).toEqual({ out: "name,state,mtu\nv0,up,1400\n", err: "" });
  const { out, err } = both("foreign", "v0 --csv --columns name,mtu --source procfs").ours;
  expect(out).toBe("name,mtu\nv0,\n");
  expect(err).toBe(
    "procnet: procfs does not tell state, MTU and hardware addresses in a network namespace that no sysfs here shows; --source kernel does\n",
  );
});

it("nothing is asked, and nothing said, for columns that procfs fills", () => {
  const { out, err } = both("foreign", "v0 --csv --columns name,rxerrors --source procfs").ours;
  expect({ out, err }).toEqual({ out: "name,rxerrors\nv0,0\n", err: "" });
});

it("without the package a line says what is left out, and what would help", () => {
  const { out, err } = both("foreign", COLUMNS, readableBin()).ours;
  expect(out).toMatch(/^v0,10\.9\.9\.9\/24 /m);
  expect(err).toBe(
    "procnet: procfs does not tell on which interface 10.3.0.1 is, and the kernel cannot be asked: the package @procnet/kernel is not installed: npm install @procnet/kernel koffi\n",
  );
});
