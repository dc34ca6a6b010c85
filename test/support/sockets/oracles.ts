import type { Socket, SocketProtocol } from "../../../packages/procnet/src/index.ts";
import type { Namespace } from "../namespace.ts";
import { run } from "../tools.ts";

/** Who holds each socket: `pid:fd`, sorted, by inode. Sockets that nobody holds are not in it. */
export type Owners = Record<number, string[]>;

/** What we found, in that form. */
export function ownersOf(sockets: Iterable<Socket>, ...protocols: SocketProtocol[]): Owners {
  const found: [number, string][] = [];
  for (const { protocol, inode, owners = [] } of sockets) {
    if (protocols.length > 0 && !protocols.includes(protocol)) continue;
    for (const { pid, fds } of owners) for (const fd of fds) found.push([inode ?? 0, `${pid}:${fd}`]);
  }
  return collected(found);
}

/** TCP and UDP by ss, through netlink. */
export function ssInet(namespace: Namespace): Owners {
  return bySs(namespace.run("ss", ["-tunapeOH"]), /\bino:([0-9]+)/);
}

/** Unix sockets by ss; the inode stands behind the path, in the column of the port. */
export function ssUnix(namespace: Namespace): Owners {
  return bySs(namespace.run("ss", ["-xapOH"]), / ([0-9]+) +\* [0-9]+ +users:/);
}

/** Packet sockets by ss. */
export function ssPacket(namespace: Namespace): Owners {
  return bySs(namespace.run("ss", ["-0apeOH"]), /\bino:([0-9]+)/);
}

function bySs(text: string, inode: RegExp): Owners {
  const found: [number, string][] = [];
  for (const line of text.split("\n")) {
    const [, number] = inode.exec(line) ?? [];
    for (const [, pid, fd] of line.matchAll(/,pid=([0-9]+),fd=([0-9]+)\)/g)) {
      if (number !== undefined) found.push([Number(number), `${pid}:${fd}`]);
    }
  }
  return collected(found);
}

/** Sockets of TCP and UDP by lsof: the inode is in the field of the device. */
export function lsofInet(namespace: Namespace): Owners {
  return byLsof(namespace, ["-i"], "d");
}

export function lsofUnix(namespace: Namespace): Owners {
  return byLsof(namespace, ["-U"], "i");
}

function byLsof(namespace: Namespace, selection: readonly string[], field: "d" | "i"): Owners {
  const found: [number, string][] = [];
  let pid = "";
  let fd = "";
  for (const line of namespace.run("lsof", ["-nPw", ...selection, "-F", `pf${field}`]).split("\n")) {
    const value = line.slice(1);
    if (line.startsWith("p")) pid = value;
    else if (line.startsWith("f")) fd = value;
    else if (line.startsWith(field)) found.push([Number(value), `${pid}:${fd}`]);
  }
  return collected(found);
}

/** All sockets of all processes by find, which knows nothing of sockets. */
export function findLinks(): Owners {
  const links = run("sh", ["-c", "find /proc/[0-9]*/fd -lname 'socket:*' -printf '%p %l\\n' 2>/dev/null || true"]);
  const line = /^\/proc\/([0-9]+)\/fd\/([0-9]+) socket:\[([0-9]+)\]$/gm;
  return collected(Array.from(links.matchAll(line), ([, pid, fd, inode]) => [Number(inode), `${pid}:${fd}`]));
}

/** Those of some inodes. */
export function only(owners: Owners, inodes: ReadonlySet<number | undefined>): Owners {
  return Object.fromEntries(Object.entries(owners).filter(([inode]) => inodes.has(Number(inode))));
}

function collected(found: Iterable<readonly [number, string]>): Owners {
  const owners: Owners = {};
  for (const [inode, holder] of found) {
    owners[inode] ??= [];
    owners[inode].push(holder);
  }
  for (const holders of Object.values(owners)) holders.sort();
  return owners;
}
