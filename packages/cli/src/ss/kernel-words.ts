import { statfsSync, statSync } from "node:fs";
import type { DiagTest } from "@procnet/kernel";
import type { Socket } from "procnet";
import type { FurtherTest, FurtherWord } from "procnet/query";
import type { Source } from "../netstat/source.ts";
import { cgroupMount } from "./cgroups.ts";
import { deviceNumber } from "./devices.ts";
import { handedOut } from "./names.ts";

/*
 * Words of ss for what procfs does not tell. The kernel tests them of internet sockets; ss asks them of all others too, where what a socket
 * does not have is 0.
 */

/** Which of these words a filter has. */
export type WordsUsed = Set<string>;

/** The words; `used` is told of those that are read. `untold` says why none of them can be asked. */
export function kernelWords(of: Source, used: WordsUsed, untold: string | undefined): ReadonlyMap<string, FurtherWord> {
  const word = (name: string, hasValue: boolean, read: (value: string) => DiagTest | string) => {
    const reading = (value: string): FurtherTest | string => {
      used.add(name);
      return untold === undefined ? read(value) : `${UNTOLD[name]!}; ${untold}`;
    };
    return [name, { hasValue, read: reading }] as const;
  };
  return new Map([
    word("dev", true, (name) => deviceTest(name, of)),
    word("fwmark", true, markTest),
    word("cgroup", true, cgroupTest),
    word("autobound", false, () => autoboundTest(of)),
  ]);
}

const UNTOLD: Readonly<Record<string, string>> = {
  dev: "procfs does not tell which device a socket is bound to",
  fwmark: "procfs does not tell the mark of a socket",
  cgroup: "procfs does not tell the control group of a socket",
  autobound: "procfs does not tell who chose a port",
};

function deviceTest(name: string, of: Source): DiagTest | string {
  const index = deviceNumber(name, of) ?? numberOf(name);
  if (index === undefined) return `there is no device "${name}"`;
  const own = (socket: Socket): number => ("ifIndex" in socket ? (socket.ifIndex ?? 0) : 0);
  return { passes: (socket) => own(socket) === index, diag: { kind: "interface", index } };
}

/** `0x10`, or with the bits that count behind it: `0x10/0xff`. */
function markTest(text: string): DiagTest | string {
  const [value, bits, ...more] = text.split("/").map(numberOf);
  const mask = text.includes("/") ? bits : 0xffffffff;
  if (value === undefined || mask === undefined || more.length > 0)
    return `"${text}" is no mark, nor one with its bits`;
  const own = (socket: Socket): number => ("mark" in socket ? (socket.mark ?? 0) : 0);
  return { passes: (socket) => (own(socket) & mask) >>> 0 === value, diag: { kind: "mark", mark: value, mask } };
}

function cgroupTest(path: string): DiagTest | string {
  const id = cgroupNumber(path);
  if (id === undefined) return `there is no control group "${path}"`;
  const own = (socket: Socket): number => ("cgroupId" in socket ? (socket.cgroupId ?? 0) : 0);
  return { passes: (socket) => own(socket) === id, diag: { kind: "cgroup", id } };
}

const CGROUP2 = 0x63677270;

/** By a path, or by one from the top of the tree on. */
function cgroupNumber(path: string): number | undefined {
  const mount = cgroupMount();
  for (const directory of [path, ...(mount === undefined ? [] : [`${mount}/${path}`])]) {
    try {
      if (statfsSync(directory).type === CGROUP2) return statSync(directory).ino;
    } catch {
      // No such directory: the next one.
    }
  }
  return undefined;
}

/** Of internet sockets the kernel tells whether it chose the port, and ss asks besides whether it is one of those that it hands out. */
function autoboundTest(of: Source): DiagTest {
  let range: readonly [first: number, last: number] | undefined;
  const passes = (socket: Socket): boolean => {
    switch (socket.protocol) {
      case "unix":
        return socket.path === undefined || /^@[\da-f]{5}$/.test(socket.path);
      case "packet":
        return socket.ifIndex === 0 && socket.etherType === 0;
      case "netlink":
        return (socket.portId | 0) < 0;
      default:
        range ??= handedOut(of);
        return socket.localPort >= range[0] && socket.localPort <= range[1];
    }
  };
  return { passes, diag: { kind: "autobound" } };
}

/** A number as C writes it: `16`, `0x10`, `020`. */
function numberOf(text: string): number | undefined {
  if (!/^(?:0x[\da-f]{1,8}|[1-9]\d{0,9}|0[0-7]{0,11})$/i.test(text)) return undefined;
  const value = /^0[0-7]/.test(text) ? Number.parseInt(text, 8) : Number(text);
  return value <= 0xffffffff ? value : undefined;
}
