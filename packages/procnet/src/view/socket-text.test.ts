import fc from "fast-check";
import { expect, it } from "vitest";
import { sockets } from "../sockets/sockets.ts";
import type { Socket } from "../sockets/types.ts";
import { jsonText } from "./json-text.ts";
import { socketText } from "./socket-text.ts";
import { stateOf } from "./states.ts";

/** The same without a memory: each value by itself. */
function slowly(socket: Socket): string {
  return jsonText({ ...socket, commonState: stateOf(socket) });
}

it("is what JSON has for every socket of this machine, of any kind", async () => {
  const all = await sockets({ protocol: "all", onIssue: () => {} });
  expect(all.sockets.length).toBeGreaterThan(0);
  for (const socket of all.sockets) expect(socketText(socket)).toBe(slowly(socket));
});

const foreign = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"fds":[]', '\\"fds":[]', "\u202e", "a\n"));
const owner = fc.record({
  pid: fc.nat(),
  startTime: fc.nat(),
  program: foreign,
  comm: foreign,
  cmdline: fc.array(foreign, { maxLength: 3 }),
  exe: fc.option(foreign, { nil: undefined }),
  uid: fc.nat(),
  fds: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  cgroup: fc.option(foreign, { nil: undefined }),
  container: fc.constant(undefined),
  unit: fc.option(foreign, { nil: undefined }),
});
const internet = fc
  .record({ owners: fc.array(owner, { maxLength: 3 }), suspect: fc.boolean(), extra: fc.boolean(), twice: fc.nat(9) })
  .map(({ owners, suspect, extra }) => {
    const row = {
      protocol: "tcp",
      namespace: 7,
      localAddress: "::1",
      localPort: 1,
      remoteAddress: "::",
      remotePort: 2,
    };
    const rest = { state: "LISTEN", txQueue: 0, rxQueue: 0, uid: 0, inode: 5, rto: undefined, owners };
    const said = { ownerless: owners.length === 0 ? "kernel" : undefined };
    return { ...row, ...rest, ...said, ...(extra && { extra: ["x"] }), ...(suspect && { suspect: true }) };
  });

it("is the same whatever a process calls itself", () => {
  fc.assert(
    fc.property(fc.array(internet, { minLength: 1, maxLength: 4 }), (rows) => {
      const [first] = rows;
      // The same process with other descriptors, as the engine tells it.
      const again = { ...first!, owners: first!.owners.map((one) => ({ ...one, fds: [1, 2] })) };
      for (const row of [...rows, again] as unknown as Socket[]) expect(socketText(row)).toBe(slowly(row));
    }),
    { numRuns: 300 },
  );
});
