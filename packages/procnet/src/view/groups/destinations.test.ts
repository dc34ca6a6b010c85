import { expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import { DESTINATION_COLUMNS } from "./columns.ts";
import { destinationRows } from "./destinations.ts";

const to = (remotePort: number, some: object = {}) => tcpSocket({ localPort: 40_000, remotePort, ...some });
const sockets = [
  tcpSocket({ state: "LISTEN", localPort: 80, remoteAddress: "0.0.0.0", remotePort: 0 }),
  tcpSocket({ localPort: 80, remotePort: 50_000 }),
  to(443),
  to(443, { state: "TIME_WAIT", owners: [] }),
  to(443, { owners: [{ ...ownerNamed("other"), pid: 9 }] }),
  to(443, { owners: [{ ...ownerNamed("other"), pid: 9 }] }),
  to(53, { state: "TIME_WAIT", owners: [] }),
];

it("connections that the other side opened are none; holders are those with the most first", () => {
  const rows = destinationRows(sockets);
  expect(rows.map(({ remotePort, sockets: count }) => [remotePort, count])).toEqual([
    [443, 4],
    [53, 1],
  ]);
  expect(rows[0]!.holders).toEqual([
    { pid: 9, program: "other", sockets: 2 },
    { pid: 1, program: "prog", sockets: 1 },
  ]);
  const process = DESTINATION_COLUMNS.find(({ key }) => key === "process")!;
  expect(rows.map((row) => process.value(row))).toEqual(["other[9] +1", "-"]);
});

it("nobody and nobody that could be seen are two things", () => {
  const text = (some: object): unknown =>
    DESTINATION_COLUMNS.find(({ key }) => key === "process")!.value(
      destinationRows([to(443, { owners: [], ...some })])[0]!,
    );
  expect(text({ ownerless: "no-permission" })).toBe("?");
  // An orphan: its process has closed it, the kernel still sends.
  expect(text({ state: "FIN_WAIT1", ownerless: "kernel" })).toBe("-");
});

it("local ports in use are those of the address that uses most, in the namespace they were counted in", () => {
  const use = (localAddress: string, used: number) => ({
    destination: {
      localAddress,
      remoteAddress: "127.0.0.1",
      remotePort: 443,
      localPorts: [],
      timeWait: [],
      holders: [],
    },
    used,
    usable: 100,
  });
  const portUse = [use("127.0.0.1", 60), use("127.0.0.2", 99)];
  const ports = DESTINATION_COLUMNS.find(({ key }) => key === "ports")!;
  const [row] = destinationRows(sockets, { portUse, namespace: 1 });
  expect([row!.portsUsed, row!.portsUsable, ports.value(row!)]).toEqual([99, 100, "99/100 99 %"]);
  const [elsewhere] = destinationRows(sockets, { portUse, namespace: 2 });
  expect(ports.value(elsewhere!)).toBeUndefined();
});

it("destinations that are shown alike are one, and processes need not be told", () => {
  const all = [to(443), to(443, { remoteAddress: "127.0.0.2" })];
  expect(destinationRows(all)).toHaveLength(2);
  const rows = destinationRows(all, { address: () => "127.0.0.0/24", tellsProcesses: false });
  expect(rows).toMatchObject([
    { remoteAddress: "127.0.0.0/24", sockets: 2, holders: [{ program: "prog", sockets: 2 }] },
  ]);
  expect(rows[0]!.holders[0]).not.toHaveProperty("pid");
});
