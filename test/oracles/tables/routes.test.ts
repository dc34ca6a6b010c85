import { expect, it } from "vitest";
import { defaultRoutes, RouteFlags } from "../../../packages/procnet/src/index.ts";
import { sorted } from "../../support/ss.ts";
import { useTables } from "../../support/tables-scene.ts";
import { missingTools, skipIf } from "../../support/tools.ts";
import { expectSame } from "../../support/use-scene.ts";

const scene = useTables();

interface IpRoute {
  readonly type?: string;
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
  readonly metric: number;
  readonly nexthops?: readonly { readonly gateway?: string; readonly dev: string }[];
}

/** The entry for what no route is for; every namespace has it, and ip does not show it. */
const NULL_METRIC = 0xffffffff;

it("ipv6_route has the routes of ip -6 route", () => {
  const { net, ip } = scene();
  const split = (dst: string): [string, number] => {
    const [address = "", length = "128"] = (dst === "default" ? "::/0" : dst).split("/");
    return [address, Number(length)];
  };
  expectSame(
    () =>
      sorted(
        net
          .ipv6Route()
          .filter(({ metric }) => metric !== NULL_METRIC)
          .map((row) => ({
            destination: [row.destination, row.destinationPrefixLength],
            nextHop: row.nextHop,
            iface: row.iface,
            metric: row.metric,
            rejects: (row.flags & RouteFlags.REJECT) !== 0,
          })),
      ),
    () =>
      sorted(
        ip<IpRoute>("-6", "route", "show", "table", "all").flatMap(({ type, dst, metric, nexthops, ...route }) =>
          (nexthops ?? [route]).map(({ gateway, dev }) => ({
            destination: split(dst),
            nextHop: gateway ?? "::",
            iface: dev,
            metric,
            rejects: type === "unreachable",
          })),
        ),
      ),
  );
  expect(net.ipv6Route().filter(({ destination }) => destination === "2001:db8:5::")).toHaveLength(2);
});

it("defaultRoutes() gives the routes of ip route show default, the one taken first", () => {
  const { net, ip } = scene();
  const theirs = (family: "IPv4" | "IPv6"): unknown[] =>
    ip<IpRoute>(family === "IPv4" ? "-4" : "-6", "route", "show", "default")
      .map(({ gateway, dev, metric }) => ({ family, gateway, iface: dev!, metric }))
      .sort((a, b) => a.metric - b.metric);
  expectSame<unknown>(
    () => defaultRoutes({ net }),
    () => [...theirs("IPv4"), ...theirs("IPv6")],
  );
  const [taken] = defaultRoutes({ net });
  const [get] = ip<IpRoute>("route", "get", "203.0.113.200");
  expect(taken).toMatchObject({ gateway: get!.gateway, iface: get!.dev });
  const [get6] = ip<IpRoute>("route", "get", "2001:4860::1");
  expect(defaultRoutes({ net }).find(({ family }) => family === "IPv6")).toMatchObject({ gateway: get6!.gateway });
});

const rows = (text: string, header: number): string[][] =>
  text
    .split("\n")
    .slice(header)
    .filter(Boolean)
    .map((line) => line.split(/ +/).filter(Boolean));

it("route and ipv6_route have the rows of netstat -r", (context) => {
  skipIf(context, missingTools("netstat"));
  const { net, namespace } = scene();
  expectSame(
    () => net.route().map(({ destination, gateway, mask, iface }) => [destination, gateway, mask, iface]),
    // Netstat writes a dash where nothing leads.
    () =>
      rows(namespace.run("netstat", ["-rn"]), 2).map(([destination, gateway, mask, ...rest]) => [
        ...[destination!, gateway === "-" ? "0.0.0.0" : gateway!, mask!],
        rest.at(-1) === "-" ? "*" : rest.at(-1)!,
      ]),
  );
  const text = namespace.run("netstat", ["-rnW6"]);
  expectSame<unknown>(
    () =>
      net
        .ipv6Route()
        .map((row) => [`${row.destination}/${row.destinationPrefixLength}`, row.nextHop, row.metric, row.iface]),
    () =>
      rows(text, 2).map(([destination, nextHop, , metric, , , iface]) => [
        // Some versions of it write "[::]/0" and so on.
        ...[destination!.replace(/[[\]]/g, ""), nextHop!.replace(/[[\]]/g, "")],
        ...[Number(metric) >>> 0, iface],
      ]),
  );
});
