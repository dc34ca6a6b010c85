/*
 * Every call of the door as a program of its own, for each runtime: it prints what the calls gave as JSON. What each must give is said
 * by the manuals of the system calls: a descriptor or a number of bytes, or the error's number, negative.
 */

/** The program. `wanted` is the name of a door, or nothing for the runtime's own. */
export function doorSuite(wanted?: string): string {
  return `
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { allRows, createKernelSource, inetSockets, NetlinkSocket, openDoor } from "@procnet/kernel";
const door = openDoor(${wanted === undefined ? "" : JSON.stringify(wanted)});
const said = { name: door.name };
const AF_UNIX = 1, AF_NETLINK = 16, SOCK_RAW = 3, SOCK_DGRAM = 2, CLOEXEC = 0o2000000, DONTWAIT = 0x40, TRUNC = 0x20, PEEK = 2;
const to = (port) => Uint8Array.from([AF_NETLINK, 0, 0, 0, ...new Uint8Array(Uint32Array.of(port, 0).buffer)]);
const name = (text) => Uint8Array.from([AF_UNIX, 0, 0, ...new TextEncoder().encode(text)]);

// A unix socket to which nobody listens.
const own = name("procnet-door-" + process.pid);
const fd = door.socket(AF_UNIX, SOCK_DGRAM | CLOEXEC, 0);
said.socket = fd > 2;
said.connectToNobody = door.connect(fd, own);
said.sendToNobody = door.send(fd, Uint8Array.of(1), 0);
said.nothing = door.recv(fd, new Uint8Array(4), DONTWAIT);
const netlink = door.socket(AF_NETLINK, SOCK_RAW | CLOEXEC, 4);
said.connect = door.connect(netlink, to(0));
const ask = new Uint8Array(72);
const view = new DataView(ask.buffer);
view.setUint32(0, 72, true); view.setUint16(4, 20, true); view.setUint16(6, 0x301, true); view.setUint32(8, 4021, true);
ask[16] = 2; ask[17] = 6; view.setUint32(20, 0xffffffff, true);
said.sent = door.send(netlink, ask, 0);
const part = new Uint8Array(40).fill(0xee);
said.long = door.recv(netlink, part.subarray(4, 20), PEEK | TRUNC | DONTWAIT) > 16;
said.within = [part[3], part[20]].join();
const whole = new Uint8Array(65536);
const from = new Uint8Array(12).fill(0xee);
const came = door.recvFrom(netlink, whole, DONTWAIT, from);
said.from = from.join();
said.cameTwice = came >= 20 && Buffer.compare(whole.subarray(0, 16), part.subarray(4, 20)) === 0;
said.answersUs = new DataView(whole.buffer).getUint32(8, true);
// The same on another thread, of which the number of an error may not come along.
said.sentApart = await door.writeApart(netlink, ask);
said.cameApart = (await door.readApart(netlink, whole)) >= 20 && new DataView(whole.buffer).getUint32(8, true) === 4021;
said.errorsApart = [-9, -5].includes(await door.readApart(1048575, whole)) && [-9, -5].includes(await door.writeApart(1048575, ask));
said.option = door.setOption(netlink, 270, 11, 1);
said.noOption = door.setOption(netlink, 270, 9999, 1);
said.close = [door.close(fd), door.close(netlink), door.close(netlink)].join();
said.errors = [door.socket(9999, 3, 0), door.connect(-1, own), door.send(-1, own, 0), door.recv(-1, own, 0), door.recvFrom(-1, own, 0, own), door.setns(-1, 0), door.setOption(-1, 1, 1, 1)].join();
// syscall(2), with the numbers that all processors but x86 share, or with those of x86-64: bpf(2) with a command that is none.
const bpf = { x64: 321, arm64: 280, riscv64: 280, loong64: 280 }[process.arch];
said.syscall = bpf === undefined ? "unknown" : [-1, -22].includes(door.syscall(bpf, 9999, new Uint8Array(8), 8));
// Without a right to mount it is EPERM, whatever the place.
said.mount = [-1, -2].includes(door.mount("tmpfs", "/procnet-no-such-place", 0, "size=4k")) && [-1, -2].includes(door.unmount("/procnet-no-such-place"));
const bytes = new Uint8Array(32);
said.address = String(door.addressOf(bytes.subarray(5)) - door.addressOf(bytes));
// The sockets of this namespace, whoever asks.
const socket = new NetlinkSocket(door, 4);
said.sockets = allRows(socket, inetSockets({ protocol: "tcp" })).rows
  .filter(({ state }) => state === "LISTEN").map(({ localAddress, localPort, inode, uid }) => [localAddress, localPort, inode, uid].join(" ")).sort();
socket.close();
// One port among all, which another thread looks for.
const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const source = createKernelSource({ iterator: false${wanted === undefined ? "" : `, door: ${JSON.stringify(wanted)}`} });
const look = await source.begin({ root: "/proc", pids: [], signal: undefined });
const found = await look.sockets({ protocol: "tcp", inet: { localPort: server.address().port } });
said.one = found.map(({ state, localAddress }) => [state, localAddress].join(" ")).join();
look.close();
source.close();
server.close();
console.log(JSON.stringify(said));
`;
}

/** What every door gives; `sockets` is to be compared with others. */
export const DOOR_SAYS = {
  socket: true,
  connectToNobody: -111,
  connect: 0,
  // The kernel: AF_NETLINK, port 0.
  from: "16,0,0,0,0,0,0,0,0,0,0,0",
  sendToNobody: -107,
  nothing: -11,
  sent: 72,
  long: true,
  within: "238,238",
  cameTwice: true,
  answersUs: 4021,
  sentApart: 72,
  cameApart: true,
  errorsApart: true,
  option: 0,
  noOption: -92,
  close: "0,0,-9",
  errors: "-97,-9,-9,-9,-9,-9,-9",
  syscall: true,
  mount: true,
  address: "5",
  one: "LISTEN 127.0.0.1",
};
