import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { type KcmEntry, parseKcm } from "./kcm.ts";
import { parseKcmStats } from "./kcm-stats.ts";

const HEADER = `*** KCM statistics (2 MUX) ****
Object         RX-Msgs    RX-Bytes         TX-Msgs    TX-Bytes         Recv-Q   Rmem     Send-Q   Smem     Status
`;
const KCM = `${HEADER}mux            2          4096             1          100              -        -        -        -        KCMs: 1, Psocks 1
   kcm-0       2          4096             1          100              0        768      0        -        Psck-1 RxWait 
   psock-1     2          18446744073709551615 1          100              1        2304     3        1        Rsvd-0 RdyRx 
mux            0          0                0          0                -        -        -        -        KCMs: 0, Psocks 0
`;
const MUX = `${KCM.split("\n")[2]}\n`;
const STATS = `MUX      RX-Msgs    RX-Bytes         TX-Msgs    TX-Bytes         TX-Retries Attach     Unattach   UnattchRsvd RX-RdyDrops
         1          2                3          4                5          6          7          8          9         
Psock    RX-Msgs    RX-Bytes         TX-Msgs    TX-Bytes         Reserved   Unreserved RX-Aborts 
         1          18446744073709551615 3          4                5          6          7         
`;

it("reads multiplexors and the sockets on both sides of them", () => {
  const sent = { rxMsgs: 2, rxBytes: 4096, txMsgs: 1, txBytes: 100 };
  const none = { recvQ: undefined, rmem: undefined, sendQ: undefined, smem: undefined };
  expect(parseKcm(bytes(KCM))).toEqual([
    { object: "mux", mux: 0, ...sent, ...none, status: ["KCMs:", "1,", "Psocks", "1"] },
    { object: "kcm-0", mux: 0, ...sent, recvQ: 0, rmem: 768, sendQ: 0, smem: undefined, status: ["Psck-1", "RxWait"] },
    {
      object: "psock-1",
      mux: 0,
      ...sent,
      rxBytes: 2 ** 64,
      recvQ: 1,
      rmem: 2304,
      sendQ: 3,
      smem: 1,
      status: ["Rsvd-0", "RdyRx"],
    },
    {
      object: "mux",
      mux: 1,
      rxMsgs: 0,
      rxBytes: 0,
      txMsgs: 0,
      txBytes: 0,
      ...none,
      status: ["KCMs:", "0,", "Psocks", "0"],
    },
  ]);
  expect(parseKcm(bytes(KCM), { bigint: true })[2]?.rxBytes).toBe(2n ** 64n - 1n);
});

it("reads totals by the names above them", () => {
  const { MUX, Psock } = parseKcmStats(bytes(STATS), { bigint: true });
  expect(MUX).toMatchObject({ "RX-Msgs": 1n, Attach: 6n, Unattach: 7n, UnattchRsvd: 8n, "RX-RdyDrops": 9n });
  expect(Psock).toMatchObject({ "RX-Bytes": 2n ** 64n - 1n, "RX-Aborts": 7n });
});

it("reports a group whose values are missing", () => {
  const lines: (number | undefined)[] = [];
  const cut = STATS.split("\n").slice(0, 3).join("\n");
  const parsed = parseKcmStats(bytes(`${cut}\n`), { onIssue: (issue) => lines.push(issue.line) });
  expect(Object.keys(parsed)).toEqual(["MUX"]);
  expect(lines).toHaveLength(1);
});

it("reports a socket above the first mux, to which it cannot belong (kcm_seq_show prints the mux first)", () => {
  const orphan = KCM.slice(HEADER.length)
    .split("\n")
    .find((line) => line.includes("kcm-"))!;
  expect(() => parseKcm(bytes(`${HEADER}${orphan}\n`))).toThrow("is not below a mux");
});

it("gives back every socket printed as the kernel prints it", () => {
  const count = fc.nat(2 ** 31 - 1);
  const socket: fc.Arbitrary<KcmEntry> = fc.record({
    object: fc.nat(99999).map((index) => `psock-${index}`),
    mux: fc.constant(0),
    rxMsgs: count,
    rxBytes: fc.nat(2 ** 53 - 1),
    txMsgs: count,
    txBytes: count,
    recvQ: count,
    rmem: count,
    sendQ: count,
    smem: count,
    status: fc.subarray(["Done", "TxStop", "RxStop", "RdyRx"]),
  });
  const print = (row: KcmEntry) =>
    `   psock-${row.object.slice(6).padEnd(5)} ${String(row.rxMsgs).padEnd(10)} ${String(row.rxBytes).padEnd(16)} ` +
    `${String(row.txMsgs).padEnd(10)} ${String(row.txBytes).padEnd(16)} ${String(row.recvQ).padEnd(8)} ` +
    `${String(row.rmem).padEnd(8)} ${String(row.sendQ).padEnd(8)} ${String(row.smem).padEnd(8)} ` +
    `${row.status.map((word) => `${word} `).join("")}\n`;
  fc.assert(
    fc.property(fc.array(socket), (rows) => {
      expect(parseKcm(bytes(HEADER + MUX + rows.map(print).join(""))).slice(1)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("kcm", KCM, parseKcm, { header: HEADER });
describeBroken("kcm_stats", STATS, parseKcmStats);
