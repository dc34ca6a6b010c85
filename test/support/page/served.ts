import { fileURLToPath } from "node:url";
import { readableNode, readableServer } from "../readable.ts";
import { type Served, serve } from "../server/serve.ts";
import { childOf, type Machine } from "./machine.ts";

const HANDED = fileURLToPath(new URL("handed.py", import.meta.url));

/** What systemd says to whom it hands a socket over to; the process id is that of who becomes the server. */
const ACTIVATED = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"';

/**
 * Runs `procnet serve` in a machine, on a port of loopback of another one: the socket is opened there and handed over, as systemd does.
 * So a browser reaches it there by plain TCP, and nothing of the browser is in the machine that is looked at. As another user it has no
 * rights.
 */
export async function serveIn(
  machine: Machine,
  from: Machine,
  port: number,
  args: readonly string[] = [],
  uid?: number,
): Promise<Served> {
  const through = [
    ...from.entered("--net"),
    ...["python3", "-IS", HANDED, String(port)],
    ...machine.entered(),
    ...["sh", "-c", ACTIVATED, "sh"],
    ...(uid === undefined ? [] : ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"]),
  ];
  const served = await serve(args, {
    through,
    ...(uid !== undefined && { node: readableNode(), bin: readableServer() }),
  });
  const end = async (): Promise<number | string | null> => {
    process.kill(childOf(served.pid), "SIGTERM");
    return served.ended;
  };
  return { ...served, end };
}
