import { Worker } from "node:worker_threads";
import type { DoorName } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import type { NamespaceAnswer, NamespaceWork } from "./namespace-thread.ts";

/** Who asks in the same turn of the event loop shares a thread: starting one takes 30 ms of processor time, going into a namespace none. */
interface Crew {
  readonly paths: string[];
  readonly inodes: (number | undefined)[];
  readonly answer: Promise<NamespaceAnswer>;
}

const crews = new Map<string, Crew>();

/**
 * Netlink sockets in other network namespaces, made by a thread that is thrown away: descriptors, or negative numbers of errors (-1 for no
 * right), in the order of the processes through whose links they are reached. Whoever gets them closes them: each keeps its namespace.
 * With the numbers of the namespaces, a process that is in another one by now is ESRCH. `isPlain` makes sockets without CAP_NET_ADMIN.
 */
export async function socketsIn(
  root: string,
  pids: readonly number[],
  protocol: number,
  door: DoorName,
  inodes: readonly (number | undefined)[] = [],
  isPlain = false,
): Promise<readonly number[]> {
  const crew = crewFor(door, protocol, isPlain);
  const from = crew.paths.length;
  for (const [at, pid] of pids.entries()) {
    crew.paths.push(`${root}/${pid}/ns/net`);
    crew.inodes.push(inodes[at]);
  }
  return (await crew.answer).slice(from, from + pids.length);
}

/** Those who set out together. */
function crewFor(door: DoorName, protocol: number, isPlain: boolean): Crew {
  const key = `${door} ${protocol} ${isPlain}`;
  const known = crews.get(key);
  if (known !== undefined) return known;
  const paths: string[] = [];
  const inodes: (number | undefined)[] = [];
  const answer = Promise.resolve().then(() => {
    crews.delete(key);
    return byThread({ door, protocol, isPlain, paths, inodes });
  });
  const crew = { paths, inodes, answer };
  crews.set(key, crew);
  return crew;
}

async function byThread(work: NamespaceWork): Promise<NamespaceAnswer> {
  // Beside this file in both forms of it: what was published, and the source where that is run.
  const here: string = import.meta.url;
  const extension = here.slice(here.lastIndexOf("."));
  // Flags of a program that was given as text, as `--input-type=module`, would refuse the file; sources need theirs.
  const flags = extension === ".js" ? { execArgv: [] } : {};
  const worker = new Worker(new URL(`./namespace-thread${extension}`, here), { workerData: work, ...flags });
  try {
    return await new Promise<NamespaceAnswer>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new KernelError("a thread for other network namespaces: it ended", 3)));
    });
  } finally {
    void worker.terminate(); // nobody waits for its end
  }
}
