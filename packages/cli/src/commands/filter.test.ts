import { describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { makeTree, tcp } from "../../../../test/support/command/tree.ts";

const NETLINK =
  "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n" +
  "0000000000000000 0   0          00000000 0        0        0     2        0        4\n";
const PACKET =
  "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n" +
  "0000000000000000 3      3    0003   0     1 0      0      5\n";

it("shows a wrong filter with a mark below it, control characters made visible", async () => {
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

describe("what no table can tell is no empty answer:", () => {
  it.each([
    ["-x", "dport = :22", "sockets of unix have no ports: -t, -u or -w show those that have"],
    ["-x", "not src 10/8", "sockets of unix have no addresses"],
    ["-0", "dst 10.0.0.1", "sockets of packet have no addresses"],
    ["--netlink", "sport = 1 or inode = 5", "sockets of netlink have no ports"],
    ["-t", "src /run/a", "sockets of tcp, tcp6 have no paths: -x shows unix sockets"],
    ["-tu", "path ~ a", "have no paths: -x shows unix sockets"],
    ["-x", "uid = 0", "procfs does not tell uid of sockets of unix"],
    ["-x", "recvq > 0", "procfs does not tell recvq of sockets of unix"],
    ["-0", "sendq > 0", "procfs does not tell sendq of sockets of packet"],
  ])("%s %s", async (table, filter, problem) => {
    const { code, out, err } = await procnet(["sockets", "--source", "procfs", table, filter]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(problem);
  });

  it("and where some tables do, it is said which do not", async () => {
    const tree = makeTree({ tcp: tcp(), unix: "Num       RefCount Protocol Flags    Type St Inode Path\n" }, [
      { pid: 1, comm: "init" },
    ]);
    try {
      const { code, err } = await procnet(["sockets", "-tx", "uid = 0", "--root", tree.root]);
      expect({ code, err }).toEqual({
        code: 0,
        err: "procnet: procfs does not tell uid of sockets of unix: the filter takes them to have none\n",
      });
    } finally {
      tree.remove();
    }
  });
});
