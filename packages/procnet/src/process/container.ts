import type { CgroupEntry } from "./cgroup.ts";
import {
  CONTAINERD_NAMESPACES,
  type ContainerRuntime,
  HANDLE,
  HANDLE_PARENTS,
  ID,
  MONITOR_PARENT,
  MONITORS,
  PARENTS,
  POD_UID,
  SCOPES,
  TASK,
} from "./container-names.ts";

/** A container, as the path of a control group names it. */
export interface ContainerRef {
  /**
   * What made it: the program whose naming the path follows. Absent where several name it so: a bare id, as below a pod of
   * Kubernetes, in Amazon ECS, or below a group that somebody chose.
   */
  readonly runtime?: ContainerRuntime;
  /**
   * The full id of 64 hexadecimal digits; for lxc and nspawn its name; in AWS Fargate the task and a number; in Cloud Foundry
   * and Mesos a handle of hexadecimal digits and dashes; for a pod without a container the pod's uid.
   */
  readonly id: string;
  /** `metadata.uid` of the Kubernetes pod it belongs to. */
  readonly podUid?: string;
}

/** What the control groups of a process tell of where it runs. */
export interface Placement {
  /** The path that says most: of cgroup v2, or of the v1 hierarchy of systemd, or the longest. */
  readonly cgroup: string | undefined;
  /** The container, where the control groups name one. */
  readonly container: ContainerRef | undefined;
  /** The innermost systemd unit: `nginx.service`, `session-3.scope`. */
  readonly unit: string | undefined;
}

/** Virtual machines and containers that libvirt has registered as machines, as nspawn has its own. */
const LIBVIRT = ["qemu-", "lxc-"];

const ONLY_ID = /* @__PURE__ */ whole(ID);
const ONLY_POD_UID = /* @__PURE__ */ whole(POD_UID);

function whole({ source }: RegExp): RegExp {
  return new RegExp(`^(?:${source})$`);
}

/**
 * Reads container and unit from the paths of a process's control groups, by the naming of Docker, containerd, CRI-O,
 * Podman, Kubernetes, LXC, systemd, Amazon ECS, Cloud Foundry and Mesos, each in its cgroup v1 and v2 form. Of containers
 * within containers it is the innermost. What watches a container (conmon, the monitor of LXC) is not in it.
 *
 * A name of 64 lower-case hexadecimal digits is taken for a container's id below any parent: a group that somebody called
 * so without being a container's looks the same.
 *
 * @example
 * ```ts
 * import { parseCgroup, placementOf } from "procnet/parse";
 * placementOf(parseCgroup(bytes)).container?.id.slice(0, 12);
 * ```
 */
export function placementOf(entries: readonly CgroupEntry[]): Placement {
  const paths = entries.map((entry) => entry.path);
  const container = paths.map(containerOf).find((found) => found !== undefined);
  const cgroup = bestPath(entries);
  return { cgroup, container, unit: cgroup === undefined ? undefined : unitOf(cgroup) };
}

function bestPath(entries: readonly CgroupEntry[]): string | undefined {
  const unified = entries.find((entry) => entry.hierarchy === 0);
  if (unified !== undefined && unified.path !== "/") return unified.path;
  const systemd = entries.find((entry) => entry.controllers.includes("name=systemd"));
  if (systemd !== undefined && systemd.path !== "/") return systemd.path;
  const paths = entries.map((entry) => entry.path).sort((a, b) => b.length - a.length);
  return paths[0];
}

function containerOf(path: string): ContainerRef | undefined {
  const parts = withoutMonitor(path.split("/"));
  const podUid = parts.map(podUidOf).findLast((uid) => uid !== undefined);
  for (let at = parts.length - 1; at > 0; at--) {
    const found = containerPart(parts, at);
    if (found !== undefined) return podUid === undefined ? found : { ...found, podUid };
  }
  return podUid === undefined ? undefined : { runtime: "kubernetes", id: podUid, podUid };
}

/** What is around a monitor: the container in which all of it runs, if any, but not the pod that it serves. */
function withoutMonitor(parts: readonly string[]): readonly string[] {
  const monitor = parts.findLastIndex((part, at) => isMonitor(part, parts[at - 1]));
  if (monitor < 0) return parts;
  const inside = parts.slice(monitor + 1).some((_part, at) => containerPart(parts, monitor + 1 + at) !== undefined);
  if (inside) return parts;
  const pod = parts.findIndex((part) => podUidOf(part) !== undefined);
  return parts.slice(0, pod >= 0 && pod < monitor ? pod : monitor);
}

function isMonitor(part: string, parent: string | undefined): boolean {
  return parent === MONITOR_PARENT || MONITORS.some((prefix) => part.startsWith(prefix));
}

function containerPart(parts: readonly string[], at: number): ContainerRef | undefined {
  const part = parts[at]!;
  const parent = parts[at - 1]!;
  const name = without(part, ".scope") ?? without(part, ".service") ?? part;
  for (const [prefix, runtime] of SCOPES) {
    const id = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (isId(id)) return { runtime, id };
  }
  for (const [parentName, runtime] of PARENTS) {
    if (parent === parentName && (isId(part) || (runtime === "lxc" && part !== ""))) return { runtime, id: part };
  }
  if (part.startsWith("lxc.payload.") && part !== "lxc.payload.")
    return { runtime: "lxc", id: part.slice("lxc.payload.".length) };
  const machine = name === part ? undefined : machineOf(name);
  if (machine !== undefined) return { runtime: "nspawn", id: machine };
  if (HANDLE_PARENTS.includes(parent) && HANDLE.test(part)) return { id: part };
  const [, task, number] = TASK.exec(part) ?? [];
  if (number !== undefined && (parent === task || parts.slice(0, at).includes("ecs"))) return { id: part };
  return bareId(part, parent);
}

/** `/kubepods/burstable/pod<uid>/<id>`, which several runtimes write, `/default/<id>`, and `system.slice:docker:<id>`. */
function bareId(part: string, parent: string): ContainerRef | undefined {
  const [id = "", prefix] = part.split(":").reverse();
  if (!isId(id)) return undefined;
  const runtime =
    prefix === undefined && CONTAINERD_NAMESPACES.includes(parent)
      ? "containerd"
      : SCOPES.find(([scope]) => scope === `${prefix}-`)?.[1];
  return runtime === undefined ? { id } : { runtime, id };
}

/** The name in `machine-<name>.scope` or `systemd-nspawn@<name>.service`, its ending taken off. */
function machineOf(unit: string): string | undefined {
  const prefix = ["machine-", "systemd-nspawn@"].find((start) => unit.startsWith(start));
  const name = prefix === undefined ? "" : unescapeUnit(unit.slice(prefix.length));
  return name === "" || LIBVIRT.some((start) => name.startsWith(start)) ? undefined : name;
}

/**
 * The uid in `pod<uid>` or `kubepods-burstable-pod<uid>.slice`, where systemd's driver writes dashes as underscores; there
 * may be more before it (`kubelet-`) and behind (`:cri-containerd:<id>`).
 */
function podUidOf(part: string): string | undefined {
  const slice = part.split(":", 1)[0]!;
  const name = without(slice, ".slice") ?? slice;
  const at = name.lastIndexOf("pod");
  if (at < 0 || !(at === 0 || name.includes("kubepods"))) return undefined;
  const uid = name.slice(at + 3);
  return ONLY_POD_UID.test(uid) ? uid.replaceAll("_", "-") : undefined;
}

function unitOf(path: string): string | undefined {
  const isUnit = (part: string) => part.endsWith(".service") || part.endsWith(".scope");
  return path.split("/").findLast(isUnit);
}

function isId(text: string): boolean {
  return ONLY_ID.test(text);
}

/** The text without this ending; `undefined` when it has another one. */
function without(text: string, ending: string): string | undefined {
  return text.endsWith(ending) ? text.slice(0, -ending.length) : undefined;
}

/** systemd writes a dash in a name, and whatever else a name of a unit cannot hold, as `\x2d`. */
function unescapeUnit(name: string): string {
  return name.replaceAll(/\\x([0-7][0-9a-f])/g, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
