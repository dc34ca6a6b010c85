import { mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BIN } from "../command/run.ts";
import { firstLine } from "../first-line.ts";
import { noDoor } from "../kernel/netlink-in.ts";
import { Namespace } from "../namespace.ts";
import { type Printed, runIn, type Wrapper } from "../netstat/compare.ts";
import { noSs } from "./scene.ts";
import { onTerminal } from "./terminal.ts";

/** A namespace of a test's own, with sockets as a machine has them every day. */
export interface Everyday {
  readonly namespace: Namespace;
  readonly remove: () => void;
}

/** The program beside the packages that it needs to ask the kernel, and no option of its own. */
export const PROCNET_SS: readonly string[] = [process.execPath, BIN, "ss"];

/** Why procnet cannot be compared with ss here; `undefined` when it can. */
export function noDropIn(): string | undefined {
  return noSs() ?? noDoor();
}

export async function makeEveryday(): Promise<Everyday> {
  const namespace = new Namespace();
  const directory = mkdtempSync("/tmp/procnet-");
  const remove = (): void => {
    namespace.remove();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    namespace.ip("address add 2001:db8:1111:2222:3333:4444:5555:6666/128 dev lo nodad");
    namespace.ip("link add v0 type veth peer name v1\nlink set v1 up\nlink set v0 up\naddress add 192.0.2.1/24 dev v0");
    // Nobody has this address, and nobody asks who has.
    namespace.ip("neighbour add 192.0.2.77 lladdr 02:00:00:00:00:77 dev v0");
    namespace.sysctl("net.ipv4.tcp_fin_timeout=120");
    const script = fileURLToPath(new URL("everyday.py", import.meta.url));
    const child = namespace.spawn("python3", ["-IS", script, directory], { stdio: ["pipe", "pipe", "inherit"] });
    await firstLine(child, "everyday.py");
    return { namespace, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs ss, or procnet in its place, through a pipe or on a terminal of so many columns. */
export function asTyped(here: Wrapper, columns: number | undefined): (program: readonly string[]) => Printed {
  return ([first, ...rest]) => {
    const program = first === "ss" ? [first, ...rest] : [...PROCNET_SS, ...rest.slice(2)];
    return columns === undefined ? runIn(here, program) : onTerminal(columns, here, program);
  };
}
