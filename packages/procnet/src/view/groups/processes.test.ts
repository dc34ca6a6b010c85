import { expect, it } from "vitest";
import { limitsOf } from "../../../../../test/support/live/sample.ts";
import { datagramSocket, ownerNamed, tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import type { WatchedOwner } from "../../live/watch/batch.ts";
import type { DatagramSocket } from "../../sockets/types.ts";
import { PROCESS_COLUMNS } from "./columns.ts";
import { processRows } from "./processes.ts";

const owner = (pid: number, program = "web"): WatchedOwner => ({ ...ownerNamed(program), pid });
const listener = (localPort: number, owners: WatchedOwner[]) =>
  tcpSocket({ state: "LISTEN", localPort, remotePort: 0, rxQueue: 4, owners });

const sockets = [
  listener(8080, [owner(7), owner(8)]),
  listener(80, [owner(7)]),
  tcpSocket({ rxQueue: 10, txQueue: 20, owners: [owner(7)] }),
  tcpSocket({ protocol: "tcp6", state: "CLOSE_WAIT", owners: [owner(7)] }),
  tcpSocket({ state: "TIME_WAIT", owners: [] }),
];

it("a socket counts for each that holds it, and what waits for a listener is no bytes", () => {
  const [first, second] = processRows(sockets);
  expect(first).toMatchObject({ pid: 7, sockets: 4, rxQueue: 10, txQueue: 20, listens: [80, 8080], findings: [] });
  expect(first).not.toHaveProperty("fds");
  expect(first!.states).toEqual([
    { protocol: "tcp", state: "LISTEN", sockets: 2 },
    { protocol: "tcp", state: "ESTABLISHED", sockets: 1 },
    { protocol: "tcp6", state: "CLOSE_WAIT", sockets: 1 },
  ]);
  expect(second).toMatchObject({ pid: 8, sockets: 1, listens: [8080] });
});

it("a socket of UDP waits on a port that was chosen, not on one that the kernel gave it to ask from", () => {
  const udp = (localPort: number, more: Partial<DatagramSocket> = {}) =>
    datagramSocket({ localPort, owners: [owner(7)], ...more });
  const limits = (range: number[], reserved: number[] = []) =>
    limitsOf({ "net.ipv4.ip_local_port_range": range, "net.ipv4.ip_local_reserved_ports": reserved });
  const all = [udp(8125), udp(40_295), udp(51_820), listener(40_000, [owner(7)])];
  expect(processRows(all)[0]!.listens).toEqual([8125, 40_000]);
  expect(processRows(all, { limits: limits([50_000, 60_000]) })[0]!.listens).toEqual([8125, 40_000, 40_295]);
  expect(processRows(all, { limits: limits([32_768, 60_999], [51_820, 51_820]) })[0]!.listens).toEqual([
    8125, 40_000, 51_820,
  ]);
  const connected = udp(8125, { state: "ESTABLISHED", remotePort: 53 });
  expect(processRows([connected])[0]!.listens).toEqual([]);
});

it("descriptors are those of the same process, and a number without a limit stays one", () => {
  const sample = (startTime: number, limit: number) => [{ pid: 7, startTime, program: "web", descriptors: 900, limit }];
  const text = (startTime: number, limit: number): unknown => {
    const [row] = processRows(sockets, { processes: sample(startTime, limit) });
    return PROCESS_COLUMNS.find(({ key }) => key === "fds")!.value(row!);
  };
  expect(text(100, 1024)).toBe("900/1,024");
  expect(text(100, Number.POSITIVE_INFINITY)).toBe("900");
  expect(text(101, 1024)).toBeUndefined();
});

it("findings about a process, and those it has to do with, are with it: the worst is shown", () => {
  const { startTime, program } = owner(7);
  const holder = { pid: 7, startTime, program, container: undefined, unit: undefined, sockets: 1 };
  const about = { severity: "info", limit: undefined } as const;
  const findings = [
    { ...about, id: "process-fd-limit", subject: { kind: "process", pid: 7, program }, owners: [holder] },
    { ...about, id: "tcp-close-wait-leak", severity: "crit", subject: { kind: "machine" }, owners: [holder] },
    { ...about, id: "softnet-dropped", subject: { kind: "cpu", cpu: 7 }, owners: [] },
  ] as const;
  const [first, second] = processRows(sockets, { findings });
  expect(first!.findings.map(({ id }) => id)).toEqual(["process-fd-limit", "tcp-close-wait-leak"]);
  expect(PROCESS_COLUMNS.find(({ key }) => key === "findings")!.value(first!)).toBe("✖ tcp-close-wait-leak +1");
  expect(second!.findings).toEqual([]);
});

it("owners can be told apart and shown otherwise", () => {
  const rows = processRows(sockets, { key: ({ program }) => program, shown: ({ program }) => ({ program }) });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ program: "web", sockets: 5 });
  expect(rows[0]).not.toHaveProperty("pid");
});
