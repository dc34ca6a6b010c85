import { optionNames } from "../../check-options.ts";
import { protocolsAsked } from "../../codes/socket-protocols.ts";
import { baseProcFs, checkProcfs } from "../../host/procfs.ts";
import { checkSignal, wrongValue } from "../../option-values.ts";
import type { SocketsOptions, UsualProtocol } from "../../sockets/options.ts";
import type { ProcfsChoice } from "../../sockets/sockets.ts";
import { planOf } from "../../sockets/tables/plan.ts";
import type { SocketOf, SocketProtocol } from "../../sockets/types.ts";
import { checkInterval } from "../pause.ts";
import type { WatchedSocket, WatchItem } from "./batch.ts";
import { type Watch, Watcher } from "./watcher.ts";

/** What `watch` has besides the options of `sockets`. */
export interface WatchOwnOptions<Asked extends SocketProtocol | "all"> {
  /**
   * Milliseconds from the beginning of one look to that of the next. Without it a second, or twenty times what looks take where
   * that is longer: a twentieth of one core in the long run. What the first two take sets no distance.
   */
  readonly interval?: number;
  /** Whether looks keep such a distance with an `interval` too: false by default. */
  readonly adaptive?: boolean;
  /** Whether changes of queues, retransmissions and losses are told: false by default, as busy connections always change. */
  readonly queues?: boolean;
  /**
   * Which sockets are told of, as they are or as they were before they changed. All are looked at, so that a socket that changes so
   * that it passes no more is not taken to be closed, and missed connections can be counted.
   */
  readonly filter?: (socket: WatchedSocket<SocketOf<Asked>>) => boolean;
}

/**
 * Options of {@link watch}; all optional. Those of `sockets` say which are looked at: with one that can become untrue of a socket, such
 * as `state`, it is `closed` when it does. `filter` has no such effect.
 */
export type WatchOptions<Asked extends SocketProtocol | "all" = SocketProtocol | "all"> = SocketsOptions<Asked> &
  ProcfsChoice &
  WatchOwnOptions<Asked>;

const OWN = optionNames<WatchOwnOptions<SocketProtocol> & ProcfsChoice>({
  interval: true,
  adaptive: true,
  queues: true,
  filter: true,
  procfs: true,
});

/** With one of these, not all sockets of TCP are looked at. */
const RESTRICTING = [
  ...(["state", "states", "listening", "localPort", "remotePort", "address", "uid", "inode", "pid"] as const),
];

/**
 * What sockets come, go and change: first all that are there, then what is different, again and again. Opened and closed sockets and
 * those that changed their state or owner are told with their owners; of what closed, with those known last.
 *
 * Connections that come and go between two looks are not seen alive. Of some a row in `TIME_WAIT` is left: `traces`; of the others
 * `missed` says how many there were.
 *
 * One look is under way at a time, and none while nobody waits for the next item: one who takes long gets what is different since,
 * in one batch. Two looks are kept, whatever happens.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option; while it runs, as `sockets` does
 * @example
 * ```ts
 * import { watch } from "procnet";
 * for await (const item of watch({ protocol: "tcp", interval: 100 })) {
 *   if (item.kind === "snapshot") continue;
 *   for (const { localPort, owners } of item.opened) console.log("+", localPort, owners?.[0]?.program);
 *   break;
 * }
 * ```
 */
export function watch<Asked extends SocketProtocol | "all" = UsualProtocol>(
  options?: WatchOptions<Asked>,
): Watch<WatchItem<SocketOf<Asked>>>;
export function watch(options: WatchOptions = {}): Watch {
  const procfs = options?.procfs ?? baseProcFs();
  checkProcfs("watch", procfs);
  planOf(options, "watch", procfs, OWN);
  const { interval, adaptive = interval === undefined, queues = false, filter, signal, procfs: _, ...asked } = options;
  checkSignal("watch: signal", signal);
  if (interval !== undefined) checkInterval("watch", interval);
  for (const [name, value] of [["adaptive", adaptive] as const, ["queues", queues] as const])
    if (typeof value !== "boolean") throw wrongValue(`watch: ${name}`, "true or false", value);
  if (filter !== undefined && typeof filter !== "function") throw wrongValue("watch: filter", "a function", filter);
  return new Watcher({
    procfs,
    signal,
    interval: interval ?? 1000,
    adaptive,
    rounds: { asked, filter, queues, isWhole: isWhole(asked) },
  });
}

/** Whether all sockets of TCP of the namespaces are looked at. */
function isWhole(asked: SocketsOptions): boolean {
  const protocols = protocolsAsked(asked.protocol ?? asked.protocols);
  return (
    RESTRICTING.every((name) => asked[name] === undefined) && protocols.includes("tcp") && protocols.includes("tcp6")
  );
}
