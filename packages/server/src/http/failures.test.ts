import { expect, it } from "vitest";
import { Failures } from "./failures.ts";

it("allows ten in a second from one address, whatever others do", () => {
  let now = 0;
  const failures = new Failures(() => now);
  const tell = (address: string, times: number): boolean[] =>
    Array.from({ length: times }, () => failures.add(address));
  expect(tell("192.0.2.1", 12)).toEqual([...Array(10).fill(true), false, false]);
  expect(failures.add("192.0.2.2")).toBe(true);
  now = 999;
  expect(failures.add("192.0.2.1")).toBe(false);
  now = 1000;
  expect(failures.add("192.0.2.1")).toBe(true);
});

it("takes a network of IPv6 to be one who asks", () => {
  const failures = new Failures(() => 0);
  for (let at = 0; at < 10; at++) failures.add(`2001:db8:0:1::${at.toString(16)}`);
  expect(failures.add("2001:db8:0:1:ffff:ffff:ffff:ffff")).toBe(false);
  expect(failures.add("2001:db8::1")).toBe(true);
  expect(failures.add("::1")).toBe(true);
  expect(failures.size).toBe(3);
});

it("remembers so many addresses, however many there are", () => {
  const failures = new Failures(() => 0);
  for (let at = 0; at < 5000; at++) failures.add(`10.0.${at >> 8}.${at & 255}`);
  expect(failures.size).toBe(1024);
});
