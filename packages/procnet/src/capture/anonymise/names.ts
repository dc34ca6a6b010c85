import {
  CONTAINERD_NAMESPACES,
  HANDLE,
  HANDLE_PARENTS,
  ID,
  MONITOR_PARENT,
  MONITORS,
  PARENTS,
  POD_UID,
  SCOPES,
  TASK,
} from "../../process/container-names.ts";
import { Numbers } from "./addresses.ts";

const DELETED = " (deleted)";
/** Kinds that the kernel writes as paths: the name behind the colon was chosen by the process. */
const NAMED_MEMORY = /^\/(memfd|dmabuf):(.*)$/s;
/** Objects of pseudo file systems: `socket:[1]`, `anon_inode:[eventpoll]`. */
const PSEUDO = /^([a-z_]+:\[[0-9]+\]|anon_inode:\[?[a-z0-9_:-]+\]?)$/;

const IDS = /* @__PURE__ */ new RegExp(ID, "g");
const POD = /* @__PURE__ */ podPattern(POD_UID);
const UNIT = /^(.*)(\.service|\.scope|\.slice|\.socket|\.mount)$/;
/** What container runtimes and systemd write around names of others. */
const WRAPPED = /^(lxc\.payload\.|lxc\.monitor\.|machine-)(.+)$/;
/** Parts of paths of control groups that are the same on every machine: of container runtimes, and of systemd and Kubernetes. */
const COMMON: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ commonNames(
    "cri-containerd ecs kubepods burstable besteffort guaranteed init system user machine app session " +
      "kubepods-burstable kubepods-besteffort kubepods-pod kubepods-burstable-pod kubepods-besteffort-pod pod",
  ),
);

function podPattern({ source }: RegExp): RegExp {
  return new RegExp(`^(.*pod)(${source})(\\.slice)?$`);
}

function commonNames(others: string): string[] {
  const firstOf = ([name]: readonly [string, unknown]): string => name;
  return [
    ...SCOPES.map(firstOf),
    ...PARENTS.map(firstOf),
    ...[...MONITORS, MONITOR_PARENT, ...HANDLE_PARENTS, ...CONTAINERD_NAMESPACES, ...others.split(" ")],
  ];
}

/**
 * Names that stand for others, the same for the same: `name1`, and `if1` for interfaces. Texts have one character for each
 * byte, so that nothing is lost.
 */
export class NameMap {
  private readonly names = new Numbers<string>(1);
  private readonly interfaces = new Numbers<string>(1);
  private readonly ids = new Numbers<string>(1);

  name(text: string): string {
    return text === "" || text === "." || text === ".." ? text : `name${this.names.of(text)}`;
  }

  /** `lo` is the same everywhere, and `*` stands for none. */
  iface(text: string): string {
    return text === "" || text === "lo" || text === "*" ? text : `if${this.interfaces.of(text)}`;
  }

  /** Keeps slashes, the mark of abstract names, and that a file was deleted. */
  path(text: string): string {
    if (text.endsWith(DELETED)) return this.path(text.slice(0, -DELETED.length)) + DELETED;
    return text.replace(/[^/@]+/g, (part) => this.name(part));
  }

  /** A link in `/proc/<pid>`. */
  link(text: string): string {
    if (PSEUDO.test(text)) return text;
    const memory = NAMED_MEMORY.exec(text);
    if (memory === null) return this.path(text);
    const [, kind = "", name = ""] = memory;
    return `/${kind}:${this.path(name)}`;
  }

  /** The path of a control group. Ids of containers and pods become others of the same form. */
  cgroup(text: string): string {
    if (text.endsWith(DELETED)) return this.cgroup(text.slice(0, -DELETED.length)) + DELETED;
    return text.replace(/[^/:]+/g, (part) => this.group(part));
  }

  private group(part: string): string {
    const pod = POD.exec(part);
    if (pod !== null) {
      const [, before = "", uid = "", after = ""] = pod;
      return `${this.group(before)}${this.uid(uid)}${after}`;
    }
    const [, task = "", number] = TASK.exec(part) ?? [];
    if (task !== "") return this.uid(task) + (number === undefined ? "" : `-${this.digits(part, number.length)}`);
    if (HANDLE.test(part)) {
      const end = part.slice(part.lastIndexOf("-") + 1);
      return `00000000-0000-4000-8000-${this.ids.of(part).toString(16).padStart(end.length, "0")}`;
    }
    const [, base = part, suffix = ""] = UNIT.exec(part) ?? [];
    const plain = base.replace(IDS, "");
    if (COMMON.has(plain) || plain === "") return base.replace(IDS, (id) => this.id(id)) + suffix;
    const [, wrap = "", name = base] = WRAPPED.exec(base) ?? [];
    return wrap + this.name(name) + suffix;
  }

  private id(id: string): string {
    return this.ids.of(id).toString(16).padStart(64, "0");
  }

  private digits(text: string, length: number): string {
    return this.ids.of(text).toString().padStart(length, "0");
  }

  /** systemd writes underscores for the dashes of the same uid. */
  private uid(uid: string): string {
    const digits = this.ids.of(uid.replaceAll("_", "-")).toString(16);
    if (uid.length === 32) return digits.padStart(32, "0");
    const other = `00000000-0000-4000-8000-${digits.padStart(12, "0")}`;
    return uid.includes("_") ? other.replaceAll("-", "_") : other;
  }
}
