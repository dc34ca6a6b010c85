import { isProcfsError } from "../errors.ts";
import type { ProcContext } from "../proc/context.ts";
import type { Net } from "../proc/net.ts";
import { netIdentity } from "../proc/net-identity.ts";
import { isLive } from "../proc/procfs-type.ts";
import type { Steps } from "./drive.ts";
import type { Plan } from "./plan.ts";
import { isInet } from "./plan.ts";
import { Repeats } from "./repeats.ts";
import { asSocket } from "./socket.ts";
import { isTcp6Empty } from "./tcp6.ts";
import type { DatagramSocket, Skipped, Socket, SocketProtocol, TcpSocket } from "./types.ts";

/** A network namespace to read, and through which process. */
export interface NamespaceSource {
  readonly context: ProcContext;
  readonly inode: number | undefined;
  /** The processes in it, any of which will do; empty for the reader's own. */
  readonly pids: readonly number[];
  readonly net: (pid: number | undefined) => Net;
}

/**
 * The wanted sockets of a namespace, handed to `take` one by one, without owners. A file that the kernel does not have is
 * left out; when a process ends, its namespace is read through another one. With `ahead`, calls of the kernel's that may take
 * long are waited for.
 */
export function* readTables(
  source: NamespaceSource,
  plan: Plan,
  ahead: boolean,
  skipped: Skipped[],
  take: (socket: Socket) => void,
): Steps<number | undefined> {
  let through = 0;
  for (const protocol of plan.protocols) {
    for (;;) {
      const pid = source.pids[through];
      try {
        yield* readTable(source, source.net(pid), protocol, plan, ahead, take);
        break;
      } catch (error) {
        if (!isProcfsError(error) || error.code === "ERR_PARSE" || error.code === "ERR_PLATFORM") throw error;
        const code = error.code === "ENOENT" && isZombie(source, pid) ? "ESRCH" : error.code;
        if (code === "ENOENT") break;
        const { message } = error;
        if (code === "ESRCH" && ++through < source.pids.length) continue;
        const namespace = source.inode === undefined ? undefined : { namespace: source.inode };
        if (code === "ESRCH" || code === "ERR_NO_NET") {
          skipped.push({ what: "namespace", ...namespace, code, message });
          return undefined;
        }
        skipped.push({ what: "table", protocol, ...namespace, code, message });
        break;
      }
    }
  }
  return source.pids[through];
}

/** Whether a process has ended without being waited for: it is still there, but in no network namespace any more. */
function isZombie({ context }: NamespaceSource, pid: number | undefined): boolean {
  return pid !== undefined && isLive(context) && netIdentity(`${context.root}/${pid}`) === undefined;
}

function* readTable(
  { context, inode: namespace }: NamespaceSource,
  net: Net,
  protocol: SocketProtocol,
  plan: Plan,
  ahead: boolean,
  take: (socket: Socket) => void,
): Steps<void> {
  if (protocol === "tcp6" && isTcp6Empty(net, context)) return;
  const where = isInet(protocol) ? plan.inet : protocol === "unix" ? plan.unix : undefined;
  const options = {
    ...(where && { where }),
    ...(plan.onIssue && { onIssue: plan.onIssue }),
    tag: { protocol, namespace },
  };
  // Rows of unix sockets can be forged, and those that share an inode are told of: none of them is dropped.
  const repeats = isInet(protocol) ? new Repeats() : undefined;
  for (const rows of net.regions(protocol, options as never, ahead)) {
    if (rows instanceof Promise) {
      yield rows;
      continue;
    }
    for (const row of rows) {
      const socket = asSocket(protocol, row as never, namespace);
      if (repeats?.isRepeated(socket as TcpSocket | DatagramSocket)) continue;
      if (plan.keep === undefined || plan.keep(socket)) take(socket);
    }
    yield;
  }
}
