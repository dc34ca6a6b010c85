import { explainSocket, type Socket, type SocketExplanation } from "procnet";
import { helpFor, reader } from "../hidden-owners.ts";

/** What the row of a socket proves, and what would show this reader of that procfs who holds it where rights are missing. */
export function explainHere(socket: Socket, root?: string): SocketExplanation {
  if (socket.ownerless !== "no-permission") return explainSocket(socket);
  const [, ownersSeen] = helpFor("no-permission", reader(root));
  return explainSocket(socket, { ownersSeen });
}
