import { parentPort } from "node:worker_threads";
import { socketFds } from "../../host/socket-fds.ts";
import { runSync } from "../drive.ts";
import type { LinkAnswer, LinkRequest } from "./pool.ts";

/** The program of a thread of {@link LinkReaders}. */
parentPort?.on("message", ({ directory }: LinkRequest) => {
  const pairs = read(directory);
  parentPort?.postMessage({ pairs } satisfies LinkAnswer, pairs === undefined ? [] : [pairs.buffer as ArrayBuffer]);
});

function read(directory: string): LinkAnswer["pairs"] {
  try {
    return runSync(socketFds(directory, {}));
  } catch {
    return undefined;
  }
}
