import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firstLine } from "./first-line.ts";
import { Namespace, veth } from "./namespace.ts";
import { missingTools, noNamespaces } from "./tools.ts";

const SCRIPT = fileURLToPath(new URL("scene.py", import.meta.url));

/** What the scene's process says of itself: see `scene.py`. */
export interface SceneFacts {
  readonly pid: number;
  /** Inodes of sockets by what the script calls them. */
  readonly inodes: Readonly<Record<string, number>>;
  /** Names of unix sockets, one character for each byte. */
  readonly names: Readonly<Record<string, string>>;
  /** Ports by what the script calls them. */
  readonly ports: Readonly<Record<string, number>>;
  /** States of TCP the script could not bring about, with the reason. */
  readonly missed: Readonly<Record<string, string>>;
}

/** Two namespaces joined by a cable: one full of routes, neighbours and sockets of every kind, and its silent peer. */
export interface Scene extends SceneFacts {
  readonly namespace: Namespace;
  readonly remove: () => void;
}

/** Why no scene can be made here; `undefined` when one can. */
export function noScene(): string | undefined {
  return noNamespaces() ?? missingTools("python3");
}

/** Routes of every kind. `v0` is the cable; the neighbour `:77` has an address that no device answers to. */
const NETWORK = readFileSync(new URL("scene.batch", import.meta.url), "utf8");

/** Makes a scene and waits until everything in it stands. */
export async function makeScene(): Promise<Scene> {
  const namespace = new Namespace();
  const peer = new Namespace();
  // Names of unix sockets have room for 107 bytes: no longer path than this.
  const directory = mkdtempSync("/tmp/procnet-");
  const remove = (): void => {
    namespace.remove();
    peer.remove();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    veth(namespace, "v0", peer, "v1");
    peer.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n");
    // Half-open connections live as long as they are asked about; a minute is little on a busy machine.
    namespace.sysctl("net.ipv4.tcp_synack_retries=12", "net.ipv4.tcp_syn_retries=12", "net.ipv4.tcp_orphan_retries=12");
    namespace.ip(NETWORK);
    const child = namespace.spawn("python3", ["-IS", SCRIPT, directory], { stdio: ["pipe", "pipe", "inherit"] });
    const facts = await firstLine(child, "scene.py");
    return { namespace, remove, ...(JSON.parse(facts) as SceneFacts) };
  } catch (error) {
    remove();
    throw error;
  }
}
