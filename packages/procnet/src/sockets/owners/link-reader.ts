import { parentPort } from "node:worker_threads";
import { type SocketFds, socketFds } from "../../host/socket-fds.ts";
import { runSync } from "../drive.ts";
import type { LinkAnswer, LinkRequest } from "./pool.ts";

/** The program of a thread of {@link LinkReaders}. */
parentPort?.on("message", ({ directories, live }: LinkRequest) => {
  const pairs = directories.map((directory) => read(directory, live));
  const buffers = pairs.flatMap((one) => (one === undefined ? [] : [one.buffer as ArrayBuffer]));
  parentPort?.postMessage({ pairs } satisfies LinkAnswer, buffers);
});

function read(directory: string, live: boolean): SocketFds | undefined {
  try {
    return runSync(socketFds(directory, { live }));
  } catch {
    return undefined;
  }
}
