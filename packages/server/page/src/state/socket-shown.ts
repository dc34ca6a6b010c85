import type { WatchedSocket } from "procnet/live";
import { type Column, onScreen, SOCKET_COLUMNS, withRates } from "procnet/view";
import { store } from "./data.ts";
import type { Expose } from "./socket-store.ts";

type SocketColumn = Column<WatchedSocket>;

/** Columns of what a server does not tell. */
const UNTOLD: Readonly<Record<Expose, ReadonlySet<string>>> = {
  full: new Set(),
  owners: new Set(["command", "exe", "cgroup"]),
  minimal: new Set(["command", "exe", "cgroup", "uid", "pid", "fd", "unit"]),
};

/** Whether a socket came or went just now: by a word, as a colour alone says nothing. */
const MARK: SocketColumn = { key: "change", title: "CHANGE", value: markOf, drop: 3 };

/** `new` or `closed`, for ten seconds. */
export function markOf(socket: WatchedSocket): "new" | "closed" | undefined {
  if (store.isClosed(socket)) return "closed";
  return store.list.openedAt(socket) === undefined ? undefined : "new";
}

/** All columns of sockets that a server of this kind has something in; with what they send and receive where it tells that. */
export function socketColumnsOf(expose: Expose, namespaces: number, hasRates: boolean): readonly SocketColumn[] {
  const told = onScreen(SOCKET_COLUMNS)
    .filter(({ key }) => !UNTOLD[expose].has(key))
    .map((column): SocketColumn => {
      if (column.key === "netns" && namespaces < 2) return { ...column, extra: true };
      return column.key === "local" && expose !== "full" ? withoutPaths(column, expose) : column;
    });
  return [...withRates(told, "sendq", hasRates ? (socket) => store.ratesOf(socket) : undefined), MARK];
}

/** That a path is not told is not the same as that there is none. */
function withoutPaths(column: SocketColumn, expose: Expose): SocketColumn {
  const untold = (socket: WatchedSocket): string | undefined => {
    if (socket.protocol === "unix") return "?";
    return socket.protocol === "netlink" && expose === "minimal" ? `${socket.netlinkProtocol}:?` : undefined;
  };
  const value: SocketColumn["value"] = (socket) => untold(socket) ?? column.value(socket);
  return { ...column, value, raw: value, order: (socket) => untold(socket) ?? column.order?.(socket) };
}
