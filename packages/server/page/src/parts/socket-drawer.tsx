import type { JSX } from "preact";
import type { WatchedSocket } from "procnet/live";
import { endpointText, escapeText } from "procnet/view";
import type { Expose } from "../state/socket-store.ts";
import { Drawer } from "./drawer.tsx";
import { Explanation } from "./explanation.tsx";

interface SocketDrawerProps {
  readonly socket: WatchedSocket;
  readonly expose: Expose;
  readonly onClose: () => void;
}

/** What a socket waits for, and all that is told of it. */
export function SocketDrawer({ socket, expose, onClose }: SocketDrawerProps): JSX.Element {
  const path = questionOf(socket, expose);
  return (
    <Drawer title={titleOf(socket)} onClose={onClose}>
      {path === undefined ? (
        <p>The server cuts addresses to networks, so this socket cannot be named.</p>
      ) : (
        <Explanation path={path} />
      )}
      <h3>As it was seen</h3>
      <dl class="mono">
        {fieldsOf(socket).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Drawer>
  );
}

function titleOf(socket: WatchedSocket): string {
  if (!("localAddress" in socket)) return `${socket.protocol} ${socket.inode}`;
  const { protocol, localAddress, localPort } = socket;
  return escapeText(`${protocol} ${endpointText(localAddress, localPort)}`);
}

/** By its inode; one without by both ends, where they are whole. */
function questionOf(socket: WatchedSocket, expose: Expose): string | undefined {
  const asked = new URLSearchParams();
  if (socket.inode !== 0) asked.set("inode", String(socket.inode));
  else if (expose === "minimal" || !("localAddress" in socket)) return undefined;
  else {
    const { protocol, localAddress, localPort, remoteAddress, remotePort } = socket;
    asked.set("protocol", protocol.replace(/6$/, ""));
    asked.set("local", endpointText(localAddress, localPort));
    asked.set("remote", endpointText(remoteAddress, remotePort));
  }
  return `/api/v1/explain/socket?${asked}`;
}

/** Fields of a row as text; those of its owners one below the other. */
function fieldsOf(socket: object, before = ""): [string, string][] {
  return Object.entries(socket).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value) && typeof value[0] === "object")
      return value.flatMap((one: object, at) => fieldsOf(one, `${before}${name}[${at}].`));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return fieldsOf(value, `${before}${name}.`);
    if (value === undefined) return [];
    return [[escapeText(`${before}${name}`), escapeText(Array.isArray(value) ? value.join(" ") : String(value))]];
  });
}
