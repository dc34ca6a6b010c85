import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noDoor } from "../../../../test/support/kernel/netlink-in.ts";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { TrafficTables } from "./tables.ts";

/* The kernel here, behind a door at which calls fail as they do where it has no memory or no room. */

const [ENOENT, EINTR, ENOMEM, ENOBUFS] = [2, 4, 12, 105];

describe.skipIf(noDoor() !== undefined)("tables of which an answer fails", () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => server.close());

  /** Looks `count` times, while the first `failing` of these have no answer; whether each was whole, and what was noted. */
  async function looks(errno: number, failing: number, count: number) {
    let look = 0;
    const door = openDoor();
    const broken: KernelDoor = { ...door, send: (...given) => (look <= failing ? -errno : door.send(...given)) };
    const netlink = new NetlinkSocket(broken, NETLINK_SOCK_DIAG);
    const tables = new TrafficTables(netlink, ["tcp", "tcp6"], undefined);
    const { port } = server.address() as { port: number };
    const seen: { isWhole: boolean; isFound: boolean; notes: string[] }[] = [];
    try {
      while (look++ < count) {
        const notes: string[] = [];
        let isFound = false;
        const isWhole = await tables.ask(
          () => {},
          (_of, _from, _to, row) => {
            isFound ||= row()?.localPort === port;
          },
          (why) => notes.push(why),
        );
        seen.push({ isWhole, isFound, notes });
      }
    } finally {
      netlink.close();
    }
    return seen;
  }

  it.each([EINTR, ENOMEM, ENOBUFS])(
    "for error %d are asked again with each look, and it is said that they were not told",
    async (errno) => {
      const seen = await looks(errno, 30, 31);
      for (const { isWhole, isFound, notes } of seen.slice(0, 30)) {
        expect({ isWhole, isFound }).toEqual({ isWhole: false, isFound: false });
        expect(notes).toEqual([expect.stringMatching(/tcp .*not told/), expect.stringMatching(/tcp6 .*not told/)]);
      }
      expect(seen[30]).toEqual({ isWhole: true, isFound: true, notes: [] });
    },
  );

  it("are an error where the kernel has none of them", async () => {
    await expect(looks(ENOENT, 1, 1)).rejects.toThrow("ENOENT");
  });
});
