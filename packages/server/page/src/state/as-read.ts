import type { WatchedSocket } from "procnet/live";

/** A row as the library reads it: in JSON bytes that are no UTF-8 are hexadecimal digits. */
export function asRead(socket: WatchedSocket): WatchedSocket {
  if (!("pathBytes" in socket) || typeof socket.pathBytes !== "string") return socket;
  return { ...socket, pathBytes: bytesOf(socket.pathBytes) };
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
