import { expect, it } from "vitest";
import type { SocketOwner } from "../sockets/types.ts";
import { flatSocket } from "./flat/flat-socket.ts";
import { flatText } from "./flat/flat-text.ts";
import { jsonText } from "./json-text.ts";
import { socketText } from "./socket-text.ts";
import { stateOf } from "./states.ts";

const OWNER: SocketOwner = {
  ...{ pid: 1, startTime: 2, program: "p", comm: "c", cmdline: ["p", "--token=x"], exe: "/p", uid: 0, fds: [3] },
  ...{ cgroup: "/", container: { runtime: "docker", id: "ab" }, unit: undefined },
};

/** What somebody may write in place of each field; `ended` is what `watch` adds. */
const CHANGES: readonly object[] = [
  ...[{ pid: 9 }, { startTime: 9 }, { program: "hidden" }, { comm: "hidden" }, { exe: undefined }, { uid: 9 }],
  ...[{ cgroup: undefined }, { container: undefined }, { unit: "u" }, { ended: true }, { cmdline: [] }, {}],
];

it("an owner that was changed is told as it is, also after the one that it was made of", () => {
  const row = { protocol: "tcp", namespace: 7, localAddress: "::1", localPort: 1, remoteAddress: "::", remotePort: 2 };
  const rest = { state: "LISTEN", txQueue: 0, rxQueue: 0, uid: 0, inode: 5, retransmits: 0 };
  const context = { host: "h", bootId: "b", takenAt: new Date(0), event: "snapshot" } as const;
  for (const change of CHANGES) {
    const socket = Object.assign(JSON.parse("{}"), row, rest, { owners: [{ ...OWNER, ...change }] });
    expect(socketText(socket)).toBe(jsonText({ ...socket, commonState: stateOf(socket) }));
    expect(flatText(socket, context)).toBe(jsonText(flatSocket(socket, context)));
  }
});
