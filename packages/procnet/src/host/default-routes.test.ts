import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ProcFs } from "../procfs.ts";
import { defaultRoutes, lanAddress } from "./helpers.ts";

const ANY = `${"0".repeat(32)} 00`;
const FROM = "20010db8007700000000000000000000 30";
const route6 = (source: string, gateway: string, metric: string, flags: string): string =>
  `${ANY} ${source} ${gateway.padStart(32, "0")} ${metric} 00000001 00000000 ${flags}       e0\n`;

/** As Linux prints `ip -6 route add default from 2001:db8:77::/48 ... metric 5`, with CONFIG_IPV6_SUBTREES. */
const IPV6 = route6(FROM, "5", "00000005", "00000003") + route6(ANY, "6", "0000001e", "00000003");

it("a default route for packets of one network is no way out for all", () => {
  const root = mkdtempSync(join(tmpdir(), "procnet-routes-"));
  try {
    mkdirSync(join(root, "1", "net"), { recursive: true });
    const write = (name: string, text: string): void => writeFileSync(join(root, "1", "net", name), text);
    write("route", "Iface\tDestination\n");
    write("ipv6_route", IPV6);
    write("if_inet6", "20010db8000000000000000000000001 02 40 00 80       e0\n");
    write("dev", `Inter-|\n face |\n    e0: ${"0 ".repeat(16)}\n`);
    const { net } = new ProcFs({ root });
    expect(defaultRoutes({ net })).toEqual([{ family: "IPv6", gateway: "::6", iface: "e0", metric: 30 }]);
    expect(lanAddress({ net })).toEqual({ family: "IPv6", address: "2001:db8::1", iface: "e0" });
  } finally {
    rmSync(root, { recursive: true });
  }
});
