import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect, it } from "vitest";
import { addressText, endpoint } from "./address-text.ts";

it("gives the canonical text of every spelling", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["192.0.2.1", "192.0.2.1"],
    ["0.0.0.0", "0.0.0.0"],
    ["0000:0000:0000:0000:0000:0000:0000:0001", "::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["0000:0000:0000:0000:0000:ffff:c000:0201", "::ffff:192.0.2.1"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
    ["fe80::200:5efe:192.0.2.1", "fe80::200:5efe:c000:201"],
    ["::192.0.2.1", "::c000:201"],
    ["::", "::"],
    ["1::", "1::"],
  ];
  for (const [text, canonical] of cases) expect(addressText(text), text).toBe(canonical);
});

it("agrees with ipaddr.js on full and shortened text", () => {
  // ipaddr.js reads "::192.0.2.1" as a mapped address, which it is not.
  const hexOnly = fc.ipV6().filter((text) => !text.includes("."));
  fc.assert(
    fc.property(hexOnly, fc.ipV4(), (v6, v4) => {
      const { parts } = ipaddr.parse(v6) as ipaddr.IPv6;
      const full = parts.map((part) => part.toString(16).padStart(4, "0")).join(":");
      const text = addressText(v6);
      expect(text).toBe(addressText(full));
      expect((ipaddr.parse(text ?? "") as ipaddr.IPv6).parts).toEqual(parts);
      expect(addressText(v4)).toBe(v4);
    }),
    { numRuns: 200 },
  );
});

it("refuses what is no address", () => {
  const wrong = [
    "",
    ".",
    ":",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.-4",
    "1..2.3",
    "1.2.3.4::",
    ":::",
    "1::2::3",
    "12345::",
  ];
  wrong.push("1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "g::1", "no_local", " 1.2.3.4", "1.2.3.4\u00a0");
  wrong.push("1:".repeat(5000), "1.".repeat(5000));
  for (const text of wrong) expect(addressText(text), text.slice(0, 40)).toBeUndefined();
});

it("splits addresses and ports", () => {
  expect(endpoint("192.0.2.1:7001")).toEqual({ address: "192.0.2.1", port: 7001 });
  expect(endpoint("[2001:db8::1]:65535")).toEqual({ address: "2001:db8::1", port: 65535 });
  for (const wrong of [
    "",
    "192.0.2.1",
    "192.0.2.1:",
    "192.0.2.1:65536",
    "[192.0.2.1]:1",
    "2001:db8::1:7001",
    "[::1]7001",
    ":1",
  ]) {
    expect(endpoint(wrong), wrong).toBeUndefined();
  }
});
