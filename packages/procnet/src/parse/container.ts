import type { CgroupEntry } from "./cgroup.ts";

/** A container, as the path of a control group names it. */
export interface ContainerRef {
  /** What made it: the program whose naming the path follows. */
  readonly runtime: "docker" | "containerd" | "cri-o" | "podman" | "lxc" | "nspawn" | "kubernetes";
  /** The full id of 64 hexadecimal digits; for lxc and nspawn its name; for a pod without a container the pod's uid. */
  readonly id: string;
  /** `metadata.uid` of the Kubernetes pod it belongs to. */
  readonly podUid?: string;
}

/** What the control groups of a process tell of where it runs. */
export interface Placement {
  /** The path that says most: of cgroup v2, or of the v1 hierarchy of systemd, or the longest. */
  readonly cgroup: string | undefined;
  readonly container: ContainerRef | undefined;
  /** The innermost systemd unit: `nginx.service`, `session-3.scope`. */
  readonly unit: string | undefined;
}

/** Prefixes of the scopes that systemd's cgroup driver makes: `docker-<id>.scope`. */
const SCOPES: readonly (readonly [string, ContainerRef["runtime"]])[] = [
  ["docker-", "docker"],
  ["cri-containerd-", "containerd"],
  ["nerdctl-", "containerd"],
  ["crio-conmon-", "cri-o"],
  ["crio-", "cri-o"],
  ["libpod-conmon-", "podman"],
  ["libpod-payload-", "podman"],
  ["libpod-", "podman"],
];

/** Parents whose children are called by a bare id: `/docker/<id>`. */
const PARENTS: readonly (readonly [string, ContainerRef["runtime"]])[] = [
  ["docker", "docker"],
  ["actions_job", "docker"],
  ["libpod_parent", "podman"],
  ["lxc", "lxc"],
  ["lxc.payload", "lxc"],
];

/** Namespaces of containerd, which stand for the parent where none is asked for: `/default/<id>`. */
const CONTAINERD_NAMESPACES: readonly string[] = ["default", "k8s.io"];

/** Virtual machines and containers that libvirt has registered as machines, as nspawn has its own. */
const LIBVIRT = ["qemu-", "lxc-"];

const ID_LENGTH = 64;
const UID_LENGTH = 36;

/**
 * Reads container and unit from the paths of a process's control groups, by the naming of Docker, containerd, CRI-O,
 * Podman, Kubernetes, LXC and systemd, each in its cgroup v1 and v2 form.
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
  const parts = path.split("/");
  const podUid = parts.map(podUidOf).findLast((uid) => uid !== undefined);
  for (let at = parts.length - 1; at > 0; at--) {
    const found = containerPart(parts[at]!, parts[at - 1]!, podUid !== undefined);
    if (found !== undefined) return podUid === undefined ? found : { ...found, podUid };
  }
  return podUid === undefined ? undefined : { runtime: "kubernetes", id: podUid, podUid };
}

function containerPart(part: string, parent: string, inPod: boolean): ContainerRef | undefined {
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
  // containerd's own driver: `/kubepods/burstable/pod<uid>/<id>`, `/default/<id>` and "cri-containerd:<id>".
  const last = part.slice(part.lastIndexOf(":") + 1);
  if (!isId(last)) return undefined;
  const isContainerd = inPod || last !== part || CONTAINERD_NAMESPACES.includes(parent);
  return isContainerd ? { runtime: "containerd", id: last } : undefined;
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
  const uid = name.slice(at + 3).replaceAll("_", "-");
  const plain = uid.replaceAll("-", "");
  if (!isHexText(plain)) return undefined;
  // Static pods have a hash of 32 digits in place of a uid.
  return (uid.length === UID_LENGTH && plain.length === 32) || (uid === plain && plain.length === 32) ? uid : undefined;
}

function unitOf(path: string): string | undefined {
  const isUnit = (part: string) => part.endsWith(".service") || part.endsWith(".scope");
  return path.split("/").findLast(isUnit);
}

function isId(text: string): boolean {
  return text.length === ID_LENGTH && isHexText(text);
}

function isHexText(text: string): boolean {
  return /^[0-9a-f]+$/.test(text);
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
