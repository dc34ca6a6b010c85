import { readlinkSync } from "node:fs";
import type { NetlinkSocket, PacketSocket, SourceQuestion } from "procnet";
import { netlinkSockets } from "../diag/netlink.ts";
import { packetSockets } from "../diag/packet.ts";
import { type Asking, allOf } from "./asking.ts";

/** Netlink sockets but for the one that asks, which there would not be if procfs was read. */
export async function netlinkTable(asking: Asking, { namespace }: SourceQuestion): Promise<NetlinkSocket[]> {
  const { cookie = false } = asking.wanted;
  const rows = await allOf(asking, netlinkSockets({ namespace, cookie }));
  const own = inodeOf(asking.socket.fd);
  return own === undefined ? rows : rows.filter(({ inode }) => inode !== own);
}

/** Packet sockets. */
export function packetTable(asking: Asking, { namespace }: SourceQuestion): Promise<PacketSocket[]> {
  const { cookie = false } = asking.wanted;
  return allOf(asking, packetSockets({ namespace, cookie }));
}

function inodeOf(fd: number): number | undefined {
  try {
    const [, digits] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`)) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined; // no procfs is there
  }
}
