import { fileURLToPath } from "node:url";
import { firstLine } from "../first-line.ts";
import { Namespace } from "../namespace.ts";

/** What netlink.py made of a socket. */
export interface NetlinkFacts {
  readonly inode: number;
  readonly portId: number;
  /** What getpeername(2) says: port id, and groups as bits. */
  readonly peer: readonly [number, number] | null;
  /** Numbers of its groups. */
  readonly joined: readonly number[];
}

/** A namespace with netlink sockets of a program. */
export interface NetlinkScene {
  readonly namespace: Namespace;
  readonly pid: number;
  readonly sockets: Readonly<Record<string, NetlinkFacts>>;
  readonly remove: () => void;
}

export async function makeNetlinkScene(): Promise<NetlinkScene> {
  const namespace = new Namespace();
  const remove = (): void => namespace.remove();
  try {
    const script = fileURLToPath(new URL("netlink.py", import.meta.url));
    const child = namespace.spawn("python3", ["-IS", script], { stdio: ["pipe", "pipe", "inherit"] });
    const line = await firstLine(child, "netlink.py");
    return { namespace, remove, ...JSON.parse(line) };
  } catch (error) {
    remove();
    throw error;
  }
}
