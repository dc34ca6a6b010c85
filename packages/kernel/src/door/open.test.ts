import { describe, expect, it } from "vitest";
import { DOOR_SAYS, doorSuite } from "../../../../test/support/kernel/door-suite.ts";
import { noDoor } from "../../../../test/support/kernel/netlink-in.ts";
import { run, skipIf } from "../../../../test/support/tools.ts";
import { ProcFs } from "../../../procnet/src/index.ts";
import { NoDoor, openDoor } from "./open.ts";

describe("the door of this runtime", () => {
  it("gives what the calls give, or the negative number of the error", (context) => {
    skipIf(context, noDoor());
    const before = listeners();
    const { name, sockets, ...said } = JSON.parse(
      run(process.execPath, ["--no-warnings", "--input-type=module", "-e", doorSuite()]),
    );
    const after = listeners();
    expect(said).toEqual(DOOR_SAYS);
    expect(["koffi", "node:ffi"]).toContain(name);
    // Listeners of others come and go: those that were there all the time.
    expect(sockets).toEqual(expect.arrayContaining(before.filter((one) => after.includes(one))));
  });

  it("is Node's or koffi's alone, and says of each why it is none", () => {
    for (const wanted of ["bun:ffi", "Deno.dlopen"] as const) {
      const act = (): unknown => openDoor(wanted);
      expect(act).toThrow(NoDoor);
      expect(act).toThrow(wanted);
    }
  });
});

function listeners(): string[] {
  const rows = new ProcFs().net.tcp({ where: { state: "LISTEN" } });
  return rows.map(({ localAddress, localPort, inode, uid }) => [localAddress, localPort, inode, uid].join(" ")).sort();
}
