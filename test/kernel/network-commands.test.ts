import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { procnet } from "../support/command/run.ts";
import { noRoutedScene } from "../support/kernel/routed-scene.ts";
import { makeSettledScene, type SettledScene } from "../support/kernel/settled-scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * `procnet interfaces`, `routes` and `neighbours` where the kernel is asked: what procfs tells too is the same, the rest is what ip(8) says.
 */

type Json = Record<string, unknown>;

const reason = noRoutedScene();
const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
let scene: SettledScene;
let name: string;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeSettledScene();
  name = scene.namespace.name;
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, reason));

/** Rows of a document that its schema knows. */
async function rowsOf(...args: string[]): Promise<Json[]> {
  const { out, err, code } = await procnet([...args, "--netns", name, "--json"]);
  expect([err, code]).toEqual(["", 0]);
  const document = JSON.parse(out) as Json;
  const kind = document.kind as string;
  const validate = ajv.compile(JSON.parse((await procnet(["schema", kind])).out));
  validate(document);
  expect(validate.errors).toBeNull();
  return document[kind] as Json[];
}

const ip = (...args: string[]): Json[] => JSON.parse(scene.namespace.run("ip", ["-j", "-d", ...args])) as Json[];

describe("routes", () => {
  it("of all tables are those of ip(8)", async () => {
    const said = [...ip("-4", "route", "show", "table", "all"), ...ip("-6", "route", "show", "table", "all")];
    const ways = said.flatMap((route) => {
      const hops = (route.nexthops ?? [route]) as Json[];
      return hops.map((hop) => {
        const via = (hop.via as Json | undefined)?.host;
        return `${route.table} ${route.type} ${route.dst} ${hop.gateway ?? via ?? "-"} ${hop.dev ?? "-"} ${hop.weight ?? "-"} ${route.prefsrc ?? "-"}`;
      });
    });
    const shown = (await rowsOf("routes", "--table", "all")).map((row) => {
      const destination = String(row.destination).replace(row.family === "IPv4" ? /\/32$/ : /\/128$/, "");
      const { table, gateway, iface, weight, preferredSource } = row;
      return `${table} ${String(row.type).toLowerCase()} ${destination} ${gateway ?? "-"} ${iface ?? "-"} ${weight ?? "-"} ${preferredSource ?? "-"}`;
    });
    expect(shown.sort()).toEqual(ways.sort());
  });

  it("of one table, by its name or its number, without being asked for the source", async () => {
    const destinations = async (table: string): Promise<unknown[]> =>
      (await rowsOf("routes", "-4", "--table", table)).map(({ destination }) => destination);
    expect(await destinations("100")).toEqual(["10.4.0.0/16", "10.8.0.0/16"]);
    expect(await destinations("4000000000")).toEqual(["10.7.0.0/16"]);
    expect(await destinations("local")).toContain("127.0.0.1/32");
  });

  it("are those that procfs lists, where no table is asked for", async () => {
    const [told, text] = [await rowsOf("routes", "--source", "kernel"), await rowsOf("routes", "--source", "procfs")];
    // procfs has one way of several, hides gateways of the other family, and has the null entry of each table of IPv6.
    const four = (rows: Json[]): string[] => [
      ...new Set(
        rows
          .filter(({ family }) => family === "IPv4")
          .filter(({ destination }) => destination !== "10.9.0.0/16" && destination !== "203.0.113.128/25")
          .map(({ destination, gateway, iface, metric, flags }) =>
            JSON.stringify([destination, gateway, iface, metric, flags]),
          ),
      ),
    ];
    expect(four(told).sort()).toEqual(four(text).sort());
    const six = (rows: Json[]): string[] =>
      rows
        .filter(({ family, metric }) => family === "IPv6" && metric !== 0xffffffff)
        .map(({ destination, source, gateway, iface, metric, preference }) =>
          JSON.stringify([destination, source, gateway, iface, metric, preference]),
        )
        .sort();
    expect(six(told)).toEqual(six(text));
  });
});

describe("neighbours", () => {
  it("of both families are those of ip(8), with the entries of the proxy", async () => {
    const said = [...ip("neighbour"), ...ip("neighbour", "show", "proxy")];
    const line = (address: unknown, hardware: unknown, device: unknown, state: unknown): string =>
      `${address} ${hardware ?? "-"} ${device} ${state ?? "proxy"}`;
    const shown = (await rowsOf("neighbours", "--source", "kernel")).map((row) =>
      line(row.ipAddress, row.hwAddress, row.device, row.state),
    );
    expect(shown.sort()).toEqual(
      said.map((row) => line(row.dst, row.lladdr, row.dev, (row.state as string[] | undefined)?.[0])).sort(),
    );
  });

  it("of IPv4 are those of procfs", async () => {
    const told = await rowsOf("neighbours", "-4", "--source", "kernel");
    const text = await rowsOf("neighbours", "--source", "procfs");
    const shared = ({ ipAddress, hwType, flags, hwAddress, mask, device }: Json): string =>
      JSON.stringify([ipAddress, hwType, flags, hwAddress, mask, device]);
    expect(told.map(shared).sort()).toEqual(text.map(shared).sort());
  });

  it("of IPv6, and those that need no resolution, are asked of the kernel", async () => {
    const six = await rowsOf("neighbours", "-6");
    expect(six.map(({ family }) => family)).toEqual(six.map(() => "IPv6"));
    expect(six.find(({ ipAddress }) => ipAddress === "2001:db8::77")).toMatchObject({
      ...{ state: "PERMANENT", isRouter: true, device: "v0", hwAddress: "02:00:00:00:00:77" },
    });
    expect((await rowsOf("neighbours", "--all")).map(({ state }) => state)).toContain("NOARP");
    const { out, err, code } = await procnet(["neighbours", "-6", "--source", "procfs", "--netns", name]);
    expect([out, code]).toEqual(["", 4]);
    expect(err).toBe("procnet: procfs does not tell neighbours of IPv6; --source kernel does\n");
  });
});

describe("interfaces", () => {
  it("have kinds, masters and counters one by one in another namespace", async () => {
    const rows = await rowsOf("interfaces", "--source", "kernel");
    const said = ip("link") as { readonly ifname: string; readonly master?: string; readonly mtu: number }[];
    expect(rows.map(({ name: own, master, mtu }) => [own, master, mtu])).toEqual(
      said.map(({ ifname, master, mtu }) => [ifname, master, mtu]),
    );
    expect(rows[1]).toMatchObject({ kind: "veth", alias: "to the other side", statistics: { rx_nohandler: 0 } });
  });

  it("have a column that the kernel alone fills when it is asked for, and look as ever without", async () => {
    const { out } = await procnet(["interfaces", "--netns", name, "--columns", "name,kind,master", "--csv"]);
    expect(out.split("\n").slice(0, 6)).toEqual([
      "name,kind,master",
      "lo,,",
      "v0,veth,",
      "p1,veth,",
      "p0,veth,br0",
      "br0,bridge,",
    ]);
    const usual = await procnet(["interfaces", "--netns", name, "--csv"]);
    expect(usual.out.split("\n")[0]).not.toContain("kind");
  });

  it("cannot be asked of the kernel for another procfs", async () => {
    const { err, code } = await procnet(["interfaces", "--source", "kernel", "--root", "/proc"]);
    expect(code).toBe(2);
    expect(err).toContain("--root cannot be used with it");
  });
});
