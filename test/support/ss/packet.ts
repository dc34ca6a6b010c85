import { fileURLToPath } from "node:url";
import { firstLine } from "../first-line.ts";
import { Namespace } from "../namespace.ts";

/** What packet.py made of a socket, as it set it and as getsockopt(2) says it. */
export interface PacketFacts {
  readonly inode: number;
  /** Options by the names of their fields; those that this kernel says. */
  readonly said: Readonly<Record<string, number>>;
  /** Block size, blocks, frame size, frames, timeout, private size, features. */
  readonly rx?: readonly number[];
  readonly tx?: readonly number[];
  /** Interface, count, PACKET_MR_*, address, as the kernel lists them. */
  readonly memberships?: readonly (readonly [number, number, number, string])[];
  /** Code, jt, jf, k. */
  readonly filter?: readonly (readonly [number, number, number, number])[];
}

/** A namespace with packet sockets of every kind. */
export interface PacketScene {
  readonly namespace: Namespace;
  /** Of the process that holds them. */
  readonly pid: number;
  readonly sockets: Readonly<Record<string, PacketFacts>>;
  /** What could not be made here, with the reason. */
  readonly missed: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

/** With `too-long` also such as the kernel has no room for in an answer, and one behind them. */
export async function makePacketScene(...more: "too-long"[]): Promise<PacketScene> {
  const namespace = new Namespace();
  const remove = (): void => namespace.remove();
  try {
    const script = fileURLToPath(new URL("packet.py", import.meta.url));
    const child = namespace.spawn("python3", ["-IS", script, ...more], { stdio: ["pipe", "pipe", "inherit"] });
    const line = await firstLine(child, "packet.py");
    return { namespace, remove, ...JSON.parse(line) };
  } catch (error) {
    remove();
    throw error;
  }
}
