import type { TcpSocket } from "procnet";
import { isTakenForAdmin } from "../diag/admin.ts";
import type { Dump } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import { stateMask } from "../diag/states.ts";
import type { KernelBytes } from "../netlink/bytes.ts";
import { KernelError } from "../netlink/errors.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import { LeftOut } from "./left-out.ts";

/**
 * What the kernel may not have at the moment: EINTR, EAGAIN, ENOMEM, EBUSY, EMSGSIZE (the next answer has more room), ENOBUFS, and EIO, which
 * is any of them on another thread.
 */
const PASSING: ReadonlySet<number> = new Set([4, 5, 11, 12, 16, 90, 105]);

/** It was closed meanwhile, as its namespace has ended. */
const EBADF = 9;

/** Those that have sent or received. TIME_WAIT and requests for a connection have no figures. */
const CONNECTED = /* @__PURE__ */ stateMask([
  ...(["ESTABLISHED", "SYN_SENT", "FIN_WAIT1", "FIN_WAIT2"] as const),
  ...(["CLOSE_WAIT", "LAST_ACK", "CLOSING"] as const),
]);
const LISTENING = /* @__PURE__ */ stateMask(["LISTEN"]);

interface Table {
  readonly protocol: "tcp" | "tcp6";
  readonly connections: Dump<TcpSocket>;
  readonly listeners: Dump<TcpSocket>;
  /** Connections without figures. */
  readonly bare: Dump<TcpSocket>;
}

/** Takes a message of a socket where it lies; `row` makes its row. */
export type TakeMessage = (of: KernelBytes, from: number, to: number, row: () => TcpSocket | undefined) => void;

/** Connections and listeners of one network namespace, as they are asked for from look to look. */
export class TrafficTables {
  private readonly netlink: NetlinkSocket;
  private readonly where: string;
  private readonly tables: readonly Table[];
  /** Those that this kernel does not tell. */
  private readonly unanswered = new Map<string, KernelError>();
  private leftOut: LeftOut | undefined;
  private isAsked = false;

  constructor(netlink: NetlinkSocket, protocols: readonly ("tcp" | "tcp6")[], namespace: number | undefined) {
    this.netlink = netlink;
    this.where = namespace === undefined ? "this network namespace" : `the network namespace ${namespace}`;
    this.tables = protocols.map((protocol) => ({
      protocol,
      connections: inetSockets({ protocol, states: CONNECTED, namespace }),
      // Figures of those who listen are none of traffic.
      listeners: inetSockets({ protocol, states: LISTENING, info: false, namespace }),
      bare: inetSockets({ protocol, states: CONNECTED, info: false, namespace }),
    }));
  }

  /**
   * Asks for all; whether all that there are were told. `note` is told of what was not.
   *
   * @throws KernelError where nothing is told, and nothing will be
   */
  async ask(connection: TakeMessage, listener: TakeMessage, note: (why: string) => void): Promise<boolean> {
    this.begin();
    let isWhole = true;
    for (const table of this.tables) {
      const why = this.unanswered.get(table.protocol);
      if (why !== undefined) {
        note(why.message);
        continue;
      }
      try {
        await this.asked(table, connection, listener);
      } catch (error) {
        if (!(error instanceof KernelError) || error.errno === EBADF) throw error;
        isWhole = false;
        this.refused(table, error, note);
      }
    }
    if (isWhole) this.end(note);
    return isWhole;
  }

  /** Where the kernel would tell keys of TCP-MD5, one connection may hide those that follow it: see {@link withoutAdmin}. */
  private begin(): void {
    if (!this.isAsked && isTakenForAdmin(this.netlink)) this.leftOut = new LeftOut();
    this.isAsked = true;
    this.leftOut?.begin();
  }

  private end(note: (why: string) => void): void {
    const count = this.leftOut?.end() ?? 0;
    if (count === 0) return;
    note(
      `${count} connections of ${this.where} are not seen: the kernel cannot tell their figures past a socket with very many TCP-MD5 keys`,
    );
  }

  private async asked(table: Table, connection: TakeMessage, listener: TakeMessage): Promise<void> {
    const { leftOut } = this;
    if (leftOut !== undefined) await this.each(table.bare, (of, from) => leftOut.add(of, from));
    await this.each(table.connections, (of, from, to, row) => {
      leftOut?.told(of, from);
      connection(of, from, to, row);
    });
    await this.each(table.listeners, listener);
  }

  private async each({ question, reader }: Dump<TcpSocket>, take: TakeMessage): Promise<void> {
    const row = reader();
    await this.netlink.askInTurns(question, (_type, from, to) => {
      const of = this.netlink.buffer;
      take(of, from, to, () => row(of, from, to));
    });
  }

  private refused({ protocol }: Table, error: KernelError, note: (why: string) => void): void {
    const isPassing = PASSING.has(error.errno);
    note(isPassing ? `${error.message}: ${protocol} of ${this.where} is not told by this look` : error.message);
    if (isPassing) return;
    this.unanswered.set(protocol, error);
    if (this.unanswered.size === this.tables.length) throw error;
  }
}
