import type { Subject } from "procnet/live";
import { expect, it, vi } from "vitest";

vi.stubGlobal("location", { search: "" });
vi.stubGlobal("window", { addEventListener: () => {} });
const { aboutText, findingKey, subjectPlaces } = await import("./finding-places.ts");

const placesOf = (subject: Subject): string[] => subjectPlaces({ subject }).map(({ to }) => `${to.view} ${to.filter}`);

it("leads to the row that a finding is about, and to its sockets", () => {
  expect(placesOf({ kind: "process", pid: 7, program: "nginx" })).toEqual(["processes nginx[7]"]);
  expect(placesOf({ kind: "listener", protocol: "tcp", address: "::", port: 80 })).toEqual([
    "listeners [::]:80",
    "sockets sport = :80",
  ]);
  expect(placesOf({ kind: "destination", address: "10.0.0.1", port: 80 })).toEqual([
    "destinations 10.0.0.1:80",
    "sockets dst 10.0.0.1:80",
  ]);
  expect(placesOf({ kind: "destination", address: "10.0.0.1" })).toEqual([
    "destinations 10.0.0.1",
    "sockets dst 10.0.0.1",
  ]);
  expect(placesOf({ kind: "machine" })).toEqual([]);
});

it("searches for a name as it is shown", () => {
  expect(placesOf({ kind: "process", pid: 7, program: "a\u202eb" })).toEqual(["processes a\\u{202e}b[7]"]);
});

it("tells findings of one kind apart", () => {
  const subject = (port: number): Subject => ({ kind: "listener", protocol: "tcp", address: "::", port });
  const keys = [80, 81].map((port) => findingKey({ id: "full", subject: subject(port), namespace: 1 }));
  expect(new Set(keys).size).toBe(2);
  expect(keys[0]).toBe("full tcp [::]:80 1");
});

it("calls the network namespace that is looked at this one", () => {
  const subject = { kind: "namespace", namespace: 4026531840 } as const;
  expect(aboutText({ subject, namespace: 4026531840 })).toBe("this network namespace");
});
