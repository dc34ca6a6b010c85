import { ProcfsError } from "../../errors.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import type { Place } from "../../read/place.ts";
import { isLive } from "../../read/procfs-type.ts";
import type { Steps } from "../drive.ts";
import { currentNamespace, namespacesInSteps } from "../network-namespaces.ts";
import type { Plan } from "./plan.ts";
import type { NamespaceSource } from "./read-tables.ts";

/** The network namespaces that are to be read. Throws when one of them cannot be reached. */
export function* sourcesOf(procfs: BaseProcFs, plan: Plan): Steps<NamespaceSource[]> {
  const { context } = procfs;
  if (plan.namespaces === "current") return [currentSource(procfs)];
  const wanted = plan.namespaces === "all" ? undefined : plan.namespaces;
  const all = yield* namespacesInSteps(procfs);
  // Of a captured tree its tables may be all that it has, without a process.
  if (wanted === undefined && all.length === 0 && !isLive(context)) return [currentSource(procfs)];
  const found = all.filter(({ inode }) => wanted?.has(inode ?? -1) ?? true);
  for (const inode of wanted ?? []) {
    if (found.some((namespace) => namespace.inode === inode)) continue;
    const message = `no process in the network namespace ${inode}: its tables cannot be read through procfs`;
    throw new ProcfsError({ code: "ENOENT", message });
  }
  return found.map(({ inode, pids, current }) => {
    if (current) return currentSource(procfs);
    const places = new Map<number, Place>(); // the same tables can be read twice
    const place = (pid: number): Place => places.get(pid) ?? procfs.process(pid).place;
    return { context, inode, pids, place: (pid = pids[0]!) => places.set(pid, place(pid)).get(pid)! };
  });
}

/** The namespace of the reader, or of the tree. */
export function currentSource(procfs: BaseProcFs): NamespaceSource {
  return { context: procfs.context, inode: currentNamespace(procfs), pids: [], place: () => procfs.place };
}
