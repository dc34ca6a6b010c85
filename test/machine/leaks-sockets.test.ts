import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  eachSocket,
  networkNamespaces,
  ownSockets,
  type ProcFs,
  sockets,
  socketsSync,
  whoListens,
} from "../../packages/procnet/src/index.ts";
import { SimulatedProc } from "../support/sockets/simulated-proc.ts";
import { tcpRow } from "../support/sockets/tcp-row.ts";

let simulated: SimulatedProc;
beforeAll(() => {
  simulated = new SimulatedProc();
  simulated.tcp(Array.from({ length: 300 }, (_, at) => tcpRow(1 + at, 100 + at)));
  for (let pid = 50; pid < 60; pid++) simulated.process(pid, { fds: { 3: 100 + pid, 4: "/dev/null" } });
});
afterAll(() => simulated.remove());

const open = (directory: "fd" | "task"): number => readdirSync(`/proc/self/${directory}`).length;

type Call = (where: { procfs?: ProcFs }) => unknown;
const CALLS: Readonly<Record<string, Call>> = {
  sockets: (where) => sockets({ ...where, protocol: "tcp" }),
  socketsSync: (where) => socketsSync({ ...where, protocol: "tcp" }),
  whoListens: (where) => whoListens(80, where),
  "eachSocket, to its end": async (where) => {
    for await (const _socket of eachSocket({ ...where, protocol: "tcp" }));
  },
  "eachSocket, left early": async (where) => {
    for await (const _socket of eachSocket({ ...where, protocol: "tcp" })) break;
  },
  "sockets, aborted": async (where) => {
    const controller = new AbortController();
    const aborted = sockets({ ...where, protocol: "tcp", signal: controller.signal });
    controller.abort(new Error("mine"));
    await expect(aborted).rejects.toThrow("mine");
  },
  networkNamespaces: ({ procfs }) => networkNamespaces(procfs),
};

/** Neither descriptors nor threads are more afterwards. */
async function expectNoLeak(call: Call, where: { procfs?: ProcFs }, rounds: number): Promise<void> {
  for (let warm = 0; warm < 3; warm++) await call(where);
  const before = [open("fd"), open("task")];
  for (let round = 0; round < rounds; round++) await call(where);
  expect([open("fd"), open("task")]).toEqual(before);
}

describe.each(Object.keys(CALLS))("%s", (name) => {
  it("leaves nothing open in 1,000 calls", async () => {
    await expectNoLeak(CALLS[name]!, { procfs: simulated.procfs }, 1000);
  });

  it("leaves nothing open on this machine", async () => {
    await expectNoLeak(CALLS[name]!, {}, 25);
  });
});

it("ownSockets leaves nothing open", async () => {
  await expectNoLeak(() => ownSockets(), {}, 100);
});
