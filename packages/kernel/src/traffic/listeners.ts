import type { TcpSocket } from "procnet";
import type { KernelBytes } from "../netlink/bytes.ts";
import type { Whose } from "./whose.ts";

/** A listener, and what is known of it. */
export interface Listener {
  readonly socket: TcpSocket;
  whose: Whose | undefined;
  look: number;
}

const ANY = "0.0.0.0";
const ANY6 = "::";

/** Who listens in a network namespace, as the last look saw it: there may be ten thousands on one port. */
export class Listeners {
  private readonly known = new Map<number, Listener>();
  /** By their port and address; of several that share both the one that was seen first. */
  private readonly byEnd = new Map<string, Listener>();
  private readonly ports = new Set<number>();
  private isChanged = false;

  /** Takes a message of a listener in the look of this number; `row` makes its row, for one that is new. */
  take({ view, littleEndian }: KernelBytes, from: number, look: number, row: () => TcpSocket | undefined): void {
    const inode = view.getUint32(from + 68, littleEndian);
    const known = this.known.get(inode);
    if (known !== undefined && known.socket.localPort === view.getUint16(from + 4)) {
      known.look = look;
      return;
    }
    const socket = row();
    if (socket === undefined) return;
    this.known.set(inode, { socket, whose: undefined, look });
    this.isChanged = true;
  }

  /** Forgets those that the look of this number did not see. */
  forget(look: number): void {
    for (const [inode, one] of this.known) {
      if (one.look === look) continue;
      this.known.delete(inode);
      this.isChanged = true;
    }
    if (this.isChanged) this.order();
  }

  /** All of them. */
  all(): Iterable<Listener> {
    return this.known.values();
  }

  /** Whether somebody listens on a port. */
  has(port: number): boolean {
    return this.ports.has(port);
  }

  /** Who listens where a connection arrived: the address itself before all addresses. */
  of({ localAddress, localPort }: TcpSocket): Listener | undefined {
    const address = localAddress.replace("::ffff:", "");
    const isWide = address.includes(":");
    return (
      this.byEnd.get(keyOf(localPort, address)) ??
      (isWide ? undefined : this.byEnd.get(keyOf(localPort, ANY))) ??
      this.byEnd.get(keyOf(localPort, ANY6))
    );
  }

  private order(): void {
    this.isChanged = false;
    this.byEnd.clear();
    this.ports.clear();
    for (const one of this.known.values()) {
      const { localAddress, localPort } = one.socket;
      const key = keyOf(localPort, localAddress);
      this.ports.add(localPort);
      if (!this.byEnd.has(key)) this.byEnd.set(key, one);
    }
  }
}

function keyOf(port: number, address: string): string {
  return `${port} ${address}`;
}
