import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstLine } from "../first-line.ts";
import { Namespace, veth } from "../namespace.ts";
import { missingTools, noNamespaces } from "../tools.ts";

const SCRIPT = fileURLToPath(new URL("mixed_scene.py", import.meta.url));

/** One namespace of the scene and what its first process says of itself: see `mixed_scene.py`. */
export interface Side {
  readonly namespace: Namespace;
  /** Number of the namespace, N of `net:[N]`. */
  readonly inode: number;
  readonly pid: number;
  readonly inodes: Readonly<Record<string, number>>;
  readonly pids: Readonly<Record<string, number>>;
  readonly ports: Readonly<Record<string, number>>;
}

/** Two namespaces with a cable between, full of sockets that processes share, pass on and leave behind. */
export interface MixedScene {
  readonly server: Side;
  readonly client: Side;
  readonly remove: () => void;
}

/** Why no scene can be made here; `undefined` when one can. */
export function noMixedScene(): string | undefined {
  return noNamespaces() ?? missingTools("python3");
}

/** Number of a namespace made by a test. */
export function inodeOf(namespace: Namespace): number {
  return statSync(`/run/netns/${namespace.name}`).ino;
}

export async function makeMixedScene(): Promise<MixedScene> {
  const directory = mkdtempSync(join(tmpdir(), "procnet-scene-"));
  const one = new Namespace();
  const other = new Namespace();
  const remove = (): void => {
    one.remove();
    other.remove();
    rmSync(directory, { recursive: true });
  };
  try {
    veth(one, "v0", other, "v1");
    one.ip("address add 192.0.2.1/24 dev v0\naddress add 2001:db8::1/64 dev v0 nodad\nlink set v0 up\n");
    other.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n");
    for (const namespace of [one, other]) {
      // The kernel keeps a whole socket of a closed connection for as long as this exceeds a minute.
      namespace.sysctl("net.ipv4.tcp_fin_timeout=600", 'net.ipv4.ping_group_range="0 2147483647"');
    }
    const server = start(one, ["server", directory, "192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"]);
    await reachable(`${directory}/meeting`, server);
    const client = start(other, ["client", directory, "192.0.2.2", "2001:db8::2", "192.0.2.1", "2001:db8::1"]);
    const [served, called] = await Promise.all([server, client]);
    return { server: served, client: called, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function start(namespace: Namespace, args: readonly string[]): Promise<Side> {
  const child = namespace.spawn("python3", ["-IS", SCRIPT, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const facts = await firstLine(child, args[0]!);
  return { namespace, inode: inodeOf(namespace), ...JSON.parse(facts as string) };
}

/** Waits until the file is there. Fails when the side that is to make it does. */
async function reachable(path: string, side: Promise<Side>): Promise<void> {
  let failure: unknown;
  side.catch((error: unknown) => {
    failure = error;
  });
  while (statSync(path, { throwIfNoEntry: false }) === undefined) {
    if (failure !== undefined) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
