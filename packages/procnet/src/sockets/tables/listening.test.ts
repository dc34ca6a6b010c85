import { expect, it } from "vitest";
import { inetFilter } from "../../files/sockets/inet/inet-where.ts";
import { inetIn } from "./listening.ts";

it("asks tables of TCP for listeners alone, so that their head is enough whatever else is asked", () => {
  for (const protocol of ["tcp", "tcp6"] as const) {
    const where = inetIn(protocol, { inet: { localPort: [22] }, listening: true });
    expect(where).toEqual({ localPort: [22], state: ["LISTEN"] });
    expect(inetFilter(where)?.listenOnly).toBe(true);
  }
  expect(inetIn("udp", { inet: undefined, listening: true })?.state).toContain("CLOSE");
});

it("leaves out what other conditions leave out", () => {
  const inet = { state: ["ESTABLISHED", "LISTEN"] } as const;
  expect(inetIn("tcp", { inet, listening: true })).toEqual({ state: ["LISTEN"] });
  expect(inetIn("tcp", { inet, listening: false })).toEqual({ state: ["ESTABLISHED"] });
  expect(inetIn("tcp", { inet })).toBe(inet);
  expect(inetIn("tcp", { inet: { state: "TIME_WAIT" }, listening: true })).toEqual({ state: [] });
});
