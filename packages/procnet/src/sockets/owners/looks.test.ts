import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { SocketEngine } from "../engine.ts";

let proc: SimulatedProc;
beforeEach(() => {
  proc = new SimulatedProc();
});
afterEach(() => proc.remove());

it("a look at everything begins beside the tables, but not where it would cost more than the budget", async () => {
  proc.process(100, { fds: { 3: 7 } });
  using engine = new SocketEngine({ procfs: proc.procfs });
  const begin = vi.spyOn(engine.looks, "begin");
  await engine.sockets({ budget: { descriptors: 1 } });
  expect(begin).not.toHaveBeenCalled();
  await engine.sockets({ owners: false });
  expect(begin).not.toHaveBeenCalled();
  await engine.sockets();
  expect(begin).toHaveBeenCalledTimes(1);
});
