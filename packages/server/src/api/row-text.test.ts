import { type SocketOwner, sockets, type WatchedOwner, type WatchedSocket } from "procnet";
import { jsonText } from "procnet/view";
import { describe, expect, it } from "vitest";
import { tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import { type Expose, exposedSocket } from "./expose.ts";
import { rowText } from "./row-text.ts";

const EXPOSES: readonly Expose[] = ["minimal", "owners", "full"];

/** The same without a memory: each field by itself. */
function slowly(socket: WatchedSocket, expose: Expose): unknown {
  return JSON.parse(jsonText(exposedSocket(socket, expose)));
}

const OWNER: SocketOwner = {
  ...{ pid: 4242, startTime: 100, program: 'a"fds":[]\u202e', comm: '"fds":[]', cmdline: ['"fds":[]'], exe: "/exe" },
  ...{ uid: 0, fds: [3, 4], cgroup: "/", container: { runtime: "docker", id: "x" }, unit: undefined },
};
const ENDED: WatchedOwner = { ...OWNER, ended: true };
const CROWD: readonly WatchedSocket[] = [
  tcpSocket({
    owners: [OWNER, { ...OWNER, fds: [9] }],
    localAddress: "192.0.2.77",
    remoteAddress: "::ffff:192.0.2.78",
  }),
  { ...tcpSocket({ owners: [OWNER] }), owners: [ENDED], ownersWere: true, ownerless: "kernel" },
  tcpSocket({ owners: [], ownerless: "no-permission", suspect: true, extra: ["\u202e", "33333"] }),
  tcpSocket({ owners: undefined }),
];

describe.each(EXPOSES)("a row as text: %s", (expose) => {
  it("is what is told of it, of every socket of this machine and of odd ones", async () => {
    const all = await sockets({ protocol: "all", onIssue: () => {} });
    for (const socket of [...all.sockets, ...CROWD, ...CROWD])
      expect(JSON.parse(rowText(socket, expose, undefined))).toEqual(slowly(socket, expose));
  });

  it("has the fields that are asked for, in their order", () => {
    const text = rowText(CROWD[0]!, expose, ["owners", "commonState", "remoteAddress", "inode", "path"]);
    const told = exposedSocket(CROWD[0]!, expose);
    const { owners, commonState, remoteAddress, inode } = told;
    expect(text).toBe(jsonText({ owners, commonState, remoteAddress, inode }));
  });
});
