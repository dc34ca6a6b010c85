import { expect, it } from "vitest";
import { tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import { onScreen } from "./on-screen.ts";
import { columnNamed, orderOf, sortedRows } from "./order.ts";
import { COUNTER_COLUMNS } from "./rows/counter-columns.ts";
import { SOCKET_COLUMNS } from "./socket-columns.ts";

it("numbers of things have their thousands set apart, names of things have not; their order is that of numbers", () => {
  const [small, large] = [tcpSocket({ rxQueue: 9999 }), tcpSocket({ rxQueue: 12_345, localPort: 44_321 })];
  const columns = onScreen(SOCKET_COLUMNS);
  const text = (key: string): unknown => columnNamed(columns, key)!.value(large);
  expect([text("recvq"), text("port"), text("proto")]).toEqual(["12,345", 44_321, "tcp"]);
  const order = orderOf(columnNamed(columns, "recvq")!, "descending");
  expect(sortedRows([small, large], order)).toEqual([large, small]);
  expect(columnNamed(columns, "recvq")!.raw!(large)).toBe(12_345);
});

it("what a counter did is told with its unit, and what is not known is not 0", () => {
  const rate = { name: "Tcp.InSegs", file: "net/snmp", scope: "namespace", kind: "counter", bits: 64 } as const;
  const texts = (delta: number | undefined): unknown[] => {
    const row = { ...rate, of: undefined, value: 122_492_480, delta, perSecond: delta };
    return ["persecond", "delta", "value"].map((key) => columnNamed(onScreen(COUNTER_COLUMNS), key)!.value(row));
  };
  expect(texts(1088)).toEqual(["1,088/s", "1,088", "122,492,480"]);
  expect(texts(undefined)).toEqual([undefined, undefined, "122,492,480"]);
});
