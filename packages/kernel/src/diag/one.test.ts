import { endianness } from "node:os";
import { expect, it } from "vitest";
import { compiled, noCompiler } from "../../../../test/support/kernel/compiled.ts";
import { rawDoor } from "../../../../test/support/kernel/raw-door.ts";
import { skipIf } from "../../../../test/support/tools.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { NETLINK_SOCK_DIAG } from "./constants.ts";
import { destroyInetSocket, type NamedInetSocket } from "./one.ts";

const raw = (protocol: number, cookie: string): NamedInetSocket => ({
  protocol: "raw",
  localAddress: "127.0.0.1",
  localPort: protocol,
  remoteAddress: "0.0.0.0",
  remotePort: 0,
  ifIndex: 3,
  cookie,
});

it("a raw socket is closed by the request that the C compiler makes of the kernel's header", (context) => {
  skipIf(context, noCompiler() ?? (endianness() === "LE" ? undefined : "the door answers with the low byte first"));
  const { door, requests } = rawDoor([{ protocol: 253, cookie: 7 }]);
  destroyInetSocket(new NetlinkSocket(door, NETLINK_SOCK_DIAG), raw(253, "7"));
  const said = compiled(`
    #include <arpa/inet.h>
    #include <linux/inet_diag.h>
    #include <stdio.h>
    int main(void) {
      struct inet_diag_req_raw r = { .sdiag_family = 2, .sdiag_protocol = 255, .sdiag_raw_protocol = 253, .idiag_states = -1 };
      r.id.idiag_sport = htons(253);
      r.id.idiag_src[0] = htonl(0x7f000001);
      r.id.idiag_if = 3;
      r.id.idiag_cookie[0] = 7;
      for (unsigned at = 0; at < sizeof r; at++) printf("%02x", ((unsigned char *)&r)[at]);
    }`);
  expect(Buffer.from(requests.at(-1)!).toString("hex")).toBe(said);
});

it("of raw sockets none is closed but the one that is meant", (context) => {
  skipIf(context, endianness() === "LE" ? undefined : "the door answers with the low byte first");
  const kernel = [
    { protocol: 1, cookie: 1 },
    { protocol: 253, cookie: 3 },
    { protocol: 253, cookie: 2 },
  ];
  const { door } = rawDoor(kernel);
  const socket = new NetlinkSocket(door, NETLINK_SOCK_DIAG);
  const cookies = (): number[] => kernel.map(({ cookie }) => cookie);
  expect(() => destroyInetSocket(socket, raw(253, "2"))).toThrow(expect.objectContaining({ code: "ESTALE" }));
  expect(() => destroyInetSocket(socket, raw(254, "2"))).toThrow(expect.objectContaining({ code: "ESTALE" }));
  expect(cookies()).toEqual([1, 3, 2]);
  destroyInetSocket(socket, raw(253, "3"));
  expect(cookies()).toEqual([1, 2]);
  destroyInetSocket(socket, raw(253, "2"));
  expect(cookies()).toEqual([1]);
});
