import { expect, it } from "vitest";
import { sorted } from "../../support/ss.ts";
import { useTables } from "../../support/tables-scene.ts";
import { missingTools, skipIf } from "../../support/tools.ts";
import { expectSame } from "../../support/use-scene.ts";

const scene = useTables("ss");

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "" && !/^\s/.test(line));

it("netlink has the sockets of ss -f netlink", () => {
  const { net, namespace } = scene();
  // The kernel tells ss twice of sockets that are in groups.
  const once = <Row>(rows: readonly Row[]): Row[] => [
    ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
  ];
  // A look of ss leaves a socket of its own and of the kernel busy: SOCK_DIAG.
  const SOCK_DIAG = 4;
  const all = (): unknown[] =>
    sorted(
      net
        .netlink()
        .filter(({ protocol }) => protocol !== SOCK_DIAG)
        .map(({ protocol, portId, rmem, wmem, groups }) => ({ protocol, portId, rmem, wmem, groups })),
    );
  expectSame(all, () =>
    once(
      sorted(
        lines(namespace.run("ss", ["-f", "netlink", "-naeH"]))
          .map((line) => /^(?:UNCONN +)?(\d+) +(\d+) +(\d+):(-?\d+) .*groups=0x([0-9a-f]+)/.exec(line)!)
          .map(([, rmem, wmem, protocol, portId, groups]) => ({
            ...{ protocol: Number(protocol), portId: Number(portId) >>> 0, rmem: Number(rmem), wmem: Number(wmem) },
            groups: Number.parseInt(groups!, 16),
          }))
          .filter(({ protocol }) => protocol !== SOCK_DIAG),
      ),
    ),
  );
  expect(net.netlink().map(({ groups }) => groups)).toEqual(expect.arrayContaining([1, 0x40000001]));
});

it("packet has the sockets of ss -0", () => {
  const { net, namespace } = scene();
  const names = new Map(
    scene()
      .ip<{ ifindex: number; ifname: string }>("link")
      .map((one) => [one.ifindex, one.ifname]),
  );
  expectSame(
    () =>
      sorted(
        net.packet().map(({ type, protocol, ifIndex, rmem, inode, uid }) => ({
          ...{ type, protocol, iface: names.get(ifIndex) ?? "*", rmem, inode, uid },
        })),
      ),
    () =>
      sorted(
        lines(namespace.run("ss", ["-0naeH"]))
          .map((line) => /^(p_raw|p_dgr) +UNCONN +(\d+) +\d+ +(\S+):(\S+) .*/.exec(line)!)
          .map(([line, type, rmem, protocol, iface]) => ({
            type: type === "p_raw" ? 3 : 2,
            // ETH_P_ALL is a star.
            protocol: protocol === "*" ? 3 : Number(protocol!.replace(/[[\]]/g, "")),
            iface: iface!,
            rmem: Number(rmem),
            inode: Number(/ino:(\d+)/.exec(line)![1]),
            uid: Number(/uid:(\d+)/.exec(line)?.[1] ?? 0),
          })),
      ),
  );
  expect(net.packet()).toHaveLength(2);
});

/** The endpoints of one direction in the XML of conntrack. */
const tuple = (meta: string): unknown => {
  const text = (tag: string): string | undefined => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(meta)?.[1];
  const number = (tag: string): number | undefined => (text(tag) === undefined ? undefined : Number(text(tag)));
  const name = (tag: string): string | undefined => new RegExp(`<${tag} [^>]*protoname="(\\w+)"`).exec(meta)?.[1];
  return {
    ...{ l3: name("layer3"), protocol: name("layer4"), src: text("src"), dst: text("dst") },
    ...{ sport: number("sport"), dport: number("dport") },
  };
};

it("nf_conntrack has the connections of conntrack -L", (context) => {
  const { net, namespace, missing } = scene();
  const none = missing.includes("iptables -m conntrack")
    ? "iptables cannot ask for connections to be tracked"
    : undefined;
  const noFile = net.list().includes("nf_conntrack") ? undefined : "no CONFIG_NF_CONNTRACK_PROCFS";
  skipIf(context, none ?? noFile ?? missingTools("conntrack"));
  expectSame(
    () =>
      sorted(
        net.nfConntrack().map(({ l3Protocol, protocol, original, reply }) => [
          ...[original, reply].map(({ src, dst, sport, dport }) => ({
            ...{ l3: l3Protocol, protocol, src, dst, sport, dport },
          })),
        ]),
      ),
    () =>
      sorted(
        [...namespace.run("conntrack", ["-L", "-o", "xml"]).matchAll(/<flow>.*?<\/flow>/gs)].map(([flow]) =>
          flow.match(/<meta direction="(?:original|reply)">.*?<\/meta>/gs)!.map(tuple),
        ),
      ) as never,
  );
  expect(net.nfConntrack().map(({ protocol }) => protocol)).toContain("tcp");
});
