/** Rows among which a repetition is looked for: more than sockets are opened between two calls of the kernel. */
const WINDOW = 256;

/** What makes two rows one socket. */
interface InetSocket {
  readonly inode: number;
  readonly localPort: number;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly remoteAddress: string;
}

/**
 * Tells rows that came before. The kernel hands out a table in pieces and finds its place again by counting: a socket opened
 * in between moves the others along, and the last ones come once more. What was seen long ago is forgotten, so that memory
 * stays the same for any table.
 */
export class Repeats {
  private recent = new Map<number, InetSocket>();
  private older = new Map<number, InetSocket>();

  /** Whether the same socket was seen a short while ago. Without an inode (in time-wait) that cannot be said. */
  isRepeated(socket: InetSocket): boolean {
    const { inode } = socket;
    if (inode === 0) return false;
    const known = this.recent.get(inode) ?? this.older.get(inode);
    if (known !== undefined) return isSame(known, socket);
    if (this.recent.size >= WINDOW) {
      this.older.clear();
      [this.recent, this.older] = [this.older, this.recent];
    }
    this.recent.set(inode, socket);
    return false;
  }
}

function isSame(one: InetSocket, other: InetSocket): boolean {
  const isSamePorts = one.localPort === other.localPort && one.remotePort === other.remotePort;
  return isSamePorts && one.localAddress === other.localAddress && one.remoteAddress === other.remoteAddress;
}
