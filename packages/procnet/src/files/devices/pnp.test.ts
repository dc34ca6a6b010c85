import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseNtpServers } from "./ntp-servers.ts";
import { parsePnp } from "./pnp.ts";

const TEXT = `#PROTO: DHCP
domain example.net with blanks
nameserver 192.0.2.53
nameserver 192.0.2.54
bootserver 192.0.2.1
`;

it("reads what the server gave", () => {
  expect(parsePnp(bytes(TEXT))).toEqual({
    protocol: "DHCP",
    domain: "example.net with blanks",
    nameservers: ["192.0.2.53", "192.0.2.54"],
    bootserver: "192.0.2.1",
  });
  const nothing = { domain: undefined, nameservers: [], bootserver: undefined };
  expect(parsePnp(bytes("#MANUAL\n"))).toEqual({ protocol: "MANUAL", ...nothing });
});

it("keeps lines it does not know, and drops addresses that are none", () => {
  expect(parsePnp(bytes(`${TEXT}ntpserver 192.0.2.9\n`))?.extra).toEqual(["ntpserver 192.0.2.9"]);
  for (const address of ["192.0.2.256", "192.0.2", "192.0.2.1.1", "192.0..1", "0192.0.2.1", "192.-0.2.1", "::1"]) {
    const { strict, kept } = outcome(parsePnp, bytes(TEXT.replace("192.0.2.53", address)));
    expect(strict).toMatchObject({ code: "ERR_PARSE", line: 3, field: "nameserver" });
    expect(kept).toMatchObject({ nameservers: ["192.0.2.54"] });
  }
});

it("reads time servers", () => {
  expect(parseNtpServers(bytes("192.0.2.123\n198.51.100.1\n"))).toEqual(["192.0.2.123", "198.51.100.1"]);
  expect(() => parseNtpServers(bytes("192.0.2.123 x\n"))).toThrow("one address a line");
});

describeBroken("pnp", TEXT, parsePnp);
describeBroken("ipconfig/ntp_servers", "192.0.2.123\n198.51.100.1\n", parseNtpServers);
