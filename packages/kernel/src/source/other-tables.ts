import { readlinkSync } from "node:fs";
import type { NetlinkSocket, PacketSocket, SourceQuestion } from "procnet";
import { netlinkSockets } from "../diag/netlink.ts";
import { fillPackets, packetSockets } from "../diag/packet.ts";
import { type Asking, allOf } from "./asking.ts";

/** Netlink sockets but for the one that asks, which there would not be if procfs was read. */
export async function netlinkTable(asking: Asking, { namespace }: SourceQuestion): Promise<NetlinkSocket[]> {
  const { cookie = false } = asking.wanted;
  const rows = await allOf(asking, netlinkSockets({ namespace, cookie }));
  const own = inodeOf(asking.socket.fd);
  return own === undefined ? rows : rows.filter(({ inode }) => inode !== own);
}

/** Packet sockets. What may have no room in an answer is asked for apart, so that no socket is missing for it. */
export async function packetTable(asking: Asking, { namespace }: SourceQuestion): Promise<PacketSocket[]> {
  const { cookie = false } = asking.wanted;
  const rows = await allOf(asking, packetSockets({ namespace, cookie }));
  if (rows.length === 0) return rows;
  for (const part of ["memberships", "filter"] as const) {
    const untold = fillPackets(rows, await allOf(asking, packetSockets({ ...NOTHING, [part]: true })), part);
    if (untold > 0) asking.note(`${part} of ${untold} packet sockets are not told: one has more than a datagram holds`);
  }
  return rows;
}

const NOTHING = { rings: false, fanout: false };

function inodeOf(fd: number): number | undefined {
  try {
    const [, digits] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`)) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined; // no procfs is there
  }
}
