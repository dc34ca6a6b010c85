import type { InetWhere } from "../files/sockets/inet/inet-row.ts";
import type { BaseProcFs } from "../host/procfs.ts";
import { type Steps, waitFor } from "./drive.ts";
import type { OwnersFound } from "./owners/found.ts";
import type { ToldOwners } from "./owners/told.ts";
import type { PortAnswer, PortSocket } from "./port-types.ts";
import type { SocketSource, SourceLook } from "./source.ts";
import type { DatagramSocket, Socket, TcpSocket } from "./types.ts";

/** A source while it is asked about one port. */
export class PortSource {
  private readonly source: SocketSource;
  private look: SourceLook | undefined;
  /** Tables that it told of. */
  private readonly tables = new Set<PortSocket["protocol"]>();
  /** Who told of owners, where they were looked for. */
  private by: "kernel" | "pin" | "procfs" | undefined;

  constructor(source: SocketSource) {
    this.source = source;
  }

  /** Makes ready, also for the network namespace of a process. */
  *begin({ root }: BaseProcFs, pid: number | undefined, signal: AbortSignal | undefined): Steps<void> {
    // Kept as soon as it is there: whoever asks may give up while it is begun, and it is closed all the same.
    const keep = (look: SourceLook): void => {
      this.look = look;
    };
    yield* waitFor(this.source.begin({ root, pids: pid === undefined ? [] : [pid], signal }).then(keep));
  }

  /** Rows of a table; `undefined` where procfs is to be read. */
  *rows(
    protocol: PortSocket["protocol"],
    pid: number | undefined,
    inet: InetWhere,
  ): Steps<(TcpSocket | DatagramSocket)[] | undefined> {
    if (this.look === undefined || this.source.ownersAlone) return undefined;
    const question = { protocol, namespace: undefined, pid, inet, addresses: undefined, unix: undefined };
    const told = yield* waitFor(this.look.sockets(question));
    if (told === undefined) return undefined;
    this.tables.add(protocol);
    return told.filter(isOfInternet);
  }

  /** Owners of what was in the tables when they were read; `undefined` where links are to be read. */
  *owners(told: ToldOwners): Steps<OwnersFound | undefined> {
    const { look } = this;
    const found = look && (yield* told.ask(() => look.held()));
    this.by = found === undefined ? "procfs" : (look?.heldBy ?? this.source.name);
    return found;
  }

  /** Which part of the answer is its. */
  answered(): Pick<PortAnswer, "source" | "sourceOf"> {
    const { look, tables, by: owners, source } = this;
    return {
      source: tables.size > 0 ? source.name : (owners ?? "procfs"),
      sourceOf: { tables: [...tables], owners, notes: [...(look?.notes ?? [])] },
    };
  }

  close(): void {
    this.look?.close();
  }
}

function isOfInternet(socket: Socket): socket is TcpSocket | DatagramSocket {
  return "localPort" in socket;
}
