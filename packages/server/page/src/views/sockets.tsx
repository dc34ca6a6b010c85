import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { WatchedSocket } from "procnet/live";
import { countText, SOCKET_COLUMNS } from "procnet/view";
import { inOrder } from "../parts/sort.tsx";
import { Table } from "../parts/table.tsx";
import { store } from "../state/data.ts";
import { go, place } from "../state/location.ts";
import { useSignal } from "../state/signal.ts";

const USUAL = SOCKET_COLUMNS.filter(({ extra, ifAny }) => !extra && !ifAny);

/** All sockets, or those that pass a filter. */
export function SocketsView(): JSX.Element {
  const { sort } = useSignal(place);
  const { version, matched } = useSignal(store.state);
  const rows = useMemo(() => inOrder(store.list.rows(performance.now()), SOCKET_COLUMNS, sort), [version, sort]);
  return (
    <>
      <div class="bar">
        <h1>Sockets</h1>
        <span>{countText(matched)}</span>
      </div>
      <Table
        name="Sockets"
        rows={rows}
        columns={USUAL}
        keyOf={socketKey}
        sort={sort}
        onSort={(sort) => go({ sort })}
        empty="No socket is there."
      />
    </>
  );
}

/** What tells a socket from all others. */
export function socketKey(socket: WatchedSocket): string {
  if (socket.inode !== 0) return String(socket.inode);
  if (!("localAddress" in socket)) return `${socket.protocol} ${socket.namespace}`;
  const { protocol, namespace, localAddress, localPort, remoteAddress, remotePort } = socket;
  return `${protocol} ${namespace} ${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}
