import { parseFilter } from "procnet/query";
import { describe, expect, it, vi } from "vitest";
import { PROTOCOLS } from "../state/protocols.ts";

vi.stubGlobal("location", { search: "" });
vi.stubGlobal("window", { addEventListener: () => {} });
const { destinationPlace, listenerPlace, portPlace, processPlace, statePlace } = await import("./socket-places.ts");

describe("where sockets of a row are", () => {
  it.each([
    [processPlace({ pid: 7, program: "nginx" }), "pid = 7"],
    [processPlace({ program: "nginx" }), 'process = "nginx"'],
    [processPlace({ program: 'a "b*c?' }), 'process = "a ?b?c?"'],
    [listenerPlace({ localPort: 443 }), "sport = :443"],
    [destinationPlace({ remoteAddress: "::1", remotePort: 80 }), "dst [::1]:80"],
    [destinationPlace({ remoteAddress: "10.0.0.0/24", remotePort: 80 }), "dst 10.0.0.0/24 and dport = :80"],
    [statePlace("tcp6", "FIN_WAIT1"), "state fin_wait1 and proto = tcp6"],
    [statePlace("netlink"), "proto = netlink"],
    [statePlace("unix", "CONNECTED"), "state established"],
    [statePlace("unix"), ""],
  ])("%#", ({ view, filter, protocol }, wanted) => {
    expect(view).toBe("sockets");
    expect([...PROTOCOLS.keys()]).toContain(protocol);
    expect(filter).toBe(wanted);
    if (filter !== "") expect(() => parseFilter(filter)).not.toThrow();
  });

  it("leads from a port of a process to who waits there, whether by TCP or by UDP", () => {
    const { filter, protocol } = portPlace(8125);
    expect(filter).toBe("sport = :8125");
    expect(PROTOCOLS.get(protocol)!.tables).toEqual(expect.arrayContaining(["tcp", "tcp6", "udp", "udp6"]));
  });

  it("takes any name, however long, for a filter", () => {
    const { filter } = processPlace({ program: `${"x".repeat(5000)}"` });
    expect(filter.length).toBeLessThan(300);
    expect(() => parseFilter(filter)).not.toThrow();
  });
});
