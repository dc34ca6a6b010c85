import { readFileSync } from "node:fs";
import { Namespace, veth } from "../namespace.ts";
import { missingTools, noNamespaces, run } from "../tools.ts";
import { noDoor } from "./netlink-in.ts";

/*
 * A namespace with interfaces of the kinds that this kernel has, addresses, routes, neighbours and rules of both families. `v0` leads to
 * another namespace, `p0` is a port of the bridge `br0` whose other end is `p1`.
 */

/** What ip(8) is told: files of their own, as test/support/kernel/record.py reads them too. */
const commands = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** Two namespaces: the one that is looked at, and the other end of its `v0`. */
export interface RoutedScene {
  readonly namespace: Namespace;
  readonly remove: () => void;
}

/** Why it cannot be made here; `undefined` where it can. */
export function noRoutedScene(): string | undefined {
  return noNamespaces() ?? missingTools("ip") ?? noDoor();
}

export function makeRoutedScene(): RoutedScene {
  const namespace = new Namespace();
  const other = new Namespace();
  const remove = (): void => {
    namespace.remove();
    other.remove();
  };
  try {
    veth(namespace, "v0", other, "v1");
    other.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n");
    namespace.ip(commands("routed.batch"));
    run("ip", ["-6", "-n", namespace.name, "-batch", "-"], commands("routed6.batch"));
    return { namespace, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
