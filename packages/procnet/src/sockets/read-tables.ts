import { isProcfsError } from "../errors.ts";
import type { Net } from "../proc/net.ts";
import type { Steps } from "./drive.ts";
import type { Plan } from "./plan.ts";
import { isInet } from "./plan.ts";
import { asSocket } from "./socket.ts";
import type { Skipped, Socket, SocketProtocol } from "./types.ts";

/** A network namespace to read, and through which process. */
export interface NamespaceSource {
  readonly inode: number | undefined;
  /** The processes in it, any of which will do; empty for the reader's own. */
  readonly pids: readonly number[];
  readonly net: (pid: number | undefined) => Net;
}

/**
 * The wanted sockets of a namespace, handed to `take` one by one, without owners. A file that the kernel does not have is
 * left out; when a process ends, its namespace is read through another one.
 */
export function* readTables(
  source: NamespaceSource,
  plan: Plan,
  skipped: Skipped[],
  take: (socket: Socket) => void,
): Steps<number | undefined> {
  let through = 0;
  for (const protocol of plan.protocols) {
    for (;;) {
      const pid = source.pids[through];
      try {
        yield* readTable(source.net(pid), protocol, source.inode, plan, take);
        break;
      } catch (error) {
        if (!isProcfsError(error) || error.code === "ERR_PARSE" || error.code === "ERR_PLATFORM") throw error;
        if (error.code === "ENOENT") break;
        const { code, message } = error;
        if (code === "ESRCH" && ++through < source.pids.length) continue;
        const namespace = source.inode === undefined ? undefined : { namespace: source.inode };
        if (code === "ESRCH") {
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

function* readTable(
  net: Net,
  protocol: SocketProtocol,
  namespace: number | undefined,
  plan: Plan,
  take: (socket: Socket) => void,
): Steps<void> {
  const where = isInet(protocol) ? plan.inet : protocol === "unix" ? plan.unix : undefined;
  const options = {
    ...(where && { where }),
    ...(plan.onIssue && { onIssue: plan.onIssue }),
    tag: { protocol, namespace },
  };
  for (const rows of net.regions(protocol, options as never)) {
    for (const row of rows) {
      const socket = asSocket(protocol, row as never, namespace);
      if (plan.keep === undefined || plan.keep(socket)) take(socket);
    }
    yield;
  }
}
