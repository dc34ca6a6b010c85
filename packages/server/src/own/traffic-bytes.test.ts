import type { SocketOwner } from "procnet";
import { expect, it } from "vitest";
import { ownerNamed } from "../../../../test/support/sockets/tcp-socket.ts";
import { type MovedBytes, TrafficBytes } from "./traffic-bytes.ts";

function moved(program: string | undefined, sent: number, received = 0): MovedBytes {
  const owners: SocketOwner[] = program === undefined ? [] : [ownerNamed(program)];
  return { socket: { owners }, sent, received };
}

const valuesOf = (bytes: TrafficBytes): Record<string, number> =>
  Object.fromEntries(bytes.families()[0]!.values.map(({ labels, value }) => [labels["process"], value]));

it("adds up what programs sent, from look to look, and leaves out what is nobody's", () => {
  const bytes = new TrafficBytes();
  bytes.take([moved("curl", 10, 5), moved("curl", 1), moved(undefined, 100)]);
  bytes.take([moved("curl", 4), moved("nginx", 7)]);
  expect(valuesOf(bytes)).toEqual({ curl: 15, nginx: 7 });
  expect(bytes.families()[1]!.values).toContainEqual({ labels: { process: "curl", container: "" }, value: 5 });
});

it("has a hundred series, and counts all others together, however many names programs give themselves", () => {
  const bytes = new TrafficBytes();
  for (let at = 0; at < 5000; at++) bytes.take([moved(`worm${at}`, 1), moved("mine", 2)]);
  const values = valuesOf(bytes);
  expect(Object.keys(values).length).toBeLessThanOrEqual(101);
  expect(values["mine"]).toBe(10_000);
  expect(Object.values(values).reduce((sum, value) => sum + value, 0)).toBe(15_000);
});
