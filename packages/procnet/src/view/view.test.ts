import { describe, expect, it } from "vitest";
import type { Socket, SocketOwner } from "../sockets/types.ts";
import { OWNER_COLUMNS, SOCKET_COLUMNS, socketColumns } from "./socket-columns.ts";
import { containerName, containerText, ENDPOINT_END, endpointText, hasHiddenOwner } from "./socket-words.ts";
import { isListening, stateOf } from "./states.ts";

/** A socket as far as these words look at it. */
function socket(fields: object): Socket {
  const usual = {
    protocol: "tcp",
    namespace: 1,
    localAddress: "::1",
    localPort: 80,
    remoteAddress: "::",
    remotePort: 0,
  };
  return Object.assign(JSON.parse(JSON.stringify(usual)), fields);
}

describe("a state is called", () => {
  it.each([
    ["LISTEN", true, { state: "LISTEN" }],
    ["CLOSE", false, { state: "CLOSE" }],
    ["UNKNOWN(77)", false, { protocol: "tcp6", state: "UNKNOWN(77)" }],
    ["UNCONN", true, { protocol: "udp", state: "CLOSE" }],
    ["ESTABLISHED", false, { protocol: "raw6", state: "ESTABLISHED" }],
    ["LISTEN", true, { protocol: "unix", state: "UNCONNECTED", listening: true }],
    ["UNCONN", false, { protocol: "unix", state: "UNCONNECTED", listening: false }],
    ["CONNECTED", false, { protocol: "unix", state: "CONNECTED", listening: false }],
    ["UNCONN", true, { protocol: "netlink" }],
    ["UNCONN", true, { protocol: "packet" }],
  ])("%s, listening %s: %j", (state, listening, fields) => {
    expect(stateOf(socket(fields))).toBe(state);
    expect(isListening(socket(fields))).toBe(listening);
  });
});

it("endpoints have their port behind a colon that is no part of the address", () => {
  expect(endpointText("127.0.0.1", 80)).toBe("127.0.0.1:80");
  expect(endpointText("::1", 0)).toBe("[::1]:*");
  for (const text of ["127.0.0.1:80", "[::1]:*"]) expect(ENDPOINT_END.exec(text)?.[0]).toMatch(/^\]?:(80|\*)$/);
});

it("a container is called by its runtime, where that is known, and a short id", () => {
  const id = "0123456789abcdef".repeat(4);
  expect(containerText({ runtime: "docker", id })).toBe("docker:0123456789ab");
  expect(containerText({ runtime: "lxc", id: "web" })).toBe("lxc:web");
  expect(containerText({ id })).toBe("0123456789ab");
  expect(containerText(undefined)).toBeUndefined();
  expect(containerName(undefined)).toBeUndefined();
});

describe("columns", () => {
  const keysOf = (owners: boolean, several: boolean): string[] =>
    socketColumns({ owners }, { several, types: false }).flatMap(({ key, extra }) => (extra ? [] : [key]));
  const column = (key: string): (typeof SOCKET_COLUMNS)[number] => SOCKET_COLUMNS.find((one) => one.key === key)!;
  const owner = (pid: number, more: object = {}): SocketOwner =>
    Object.assign(JSON.parse(`{"pid":${pid},"program":"web","comm":"web","cmdline":[],"fds":[3]}`), more);

  it("are those that tell rows apart", () => {
    expect(keysOf(true, true)).toContain("netns");
    expect(keysOf(true, false)).not.toContain("netns");
    expect(keysOf(false, true).filter((key) => OWNER_COLUMNS.has(key))).toEqual([]);
    expect(new Set(SOCKET_COLUMNS.map(({ key }) => key)).size).toBe(SOCKET_COLUMNS.length);
  });

  it("show who holds a socket, that somebody may, and that nobody does", () => {
    const { value, raw } = column("process");
    const held = socket({ owners: [owner(7), owner(8)] });
    expect([value(held), raw!(held)]).toEqual(["web[7] +1", "web[7] web[8]"]);
    const untold = socket({ owners: [Object.assign(owner(7), { pid: undefined })] });
    expect([value(untold), raw!(untold)]).toEqual(["web", "web"]);
    const hidden = socket({ owners: [], ownerless: "hidepid" });
    expect([value(hidden), hasHiddenOwner(hidden)]).toEqual(["?", true]);
    const kernels = socket({ owners: [], ownerless: "kernel" });
    expect([value(kernels), hasHiddenOwner(kernels)]).toEqual(["-", false]);
    expect(value(socket({}))).toBeUndefined();
  });

  it("show the owner first that was asked for", () => {
    const [process] = socketColumns({ owners: true, pid: [8] }, { several: false, types: false }).filter(
      ({ key }) => key === "process",
    );
    expect(process!.value(socket({ owners: [owner(7), owner(8)] }))).toBe("web[8] +1");
  });
});
