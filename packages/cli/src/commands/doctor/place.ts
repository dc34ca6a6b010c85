import { existsSync } from "node:fs";
import { type BaseProcFs, isProcfsError, networkNamespaces, placementOf } from "procnet";
import { containerText } from "procnet/view";
import type { Finding } from "./finding.ts";
import { has, isInitial, MACHINE, namespaceOf, textOf } from "./own.ts";

/** Which processes and namespaces this reader is among. */
export function placeFindings(procfs: BaseProcFs): Finding[] {
  return [hidepid(procfs.root), pidNamespace(procfs), ...networkNamespace(procfs)].filter((one) => one !== undefined);
}

/** Options of the procfs that is mounted at a place; the last mount there is the one that is seen. */
function mountOptions(root: string): string[] | undefined {
  const lines = (textOf(`${MACHINE}/self/mountinfo`) ?? "").split("\n");
  const unescaped = (path: string): string =>
    path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  const mount = lines.findLast((line) => line.includes(" - proc ") && unescaped(line.split(" ")[4] ?? "") === root);
  return mount?.slice(mount.lastIndexOf(" ") + 1).split(",");
}

function hidepid(root: string): Finding | undefined {
  const options = mountOptions(root);
  if (options === undefined) return undefined;
  const value = options.find((option) => option.startsWith("hidepid="))?.slice("hidepid=".length) ?? "0";
  const group = options.find((option) => option.startsWith("gid="))?.slice("gid=".length);
  if (value === "0" || value === "off") {
    return {
      topic: "hidepid",
      status: "ok",
      finding: `${root} is mounted without hidepid: processes of all users are listed`,
    };
  }
  const mounted = `${root} is mounted with hidepid=${value}`;
  const isMember = group !== undefined && (process.getgroups?.() ?? []).includes(Number(group));
  // Of that group hidepid=4, which is called ptraceable, makes no exception (proc_pid_permission, fs/proc/base.c).
  const isExempt = isMember && value !== "4" && value !== "ptraceable";
  if (isExempt)
    return { topic: "hidepid", status: "ok", finding: `${mounted}, and you are in the group ${group} that sees all` };
  if (has("CAP_SYS_PTRACE") && isInitial("user")) {
    return { topic: "hidepid", status: "ok", finding: `${mounted}, which hides nothing from CAP_SYS_PTRACE` };
  }
  const join = group === undefined || value === "4" || value === "ptraceable" ? "" : `be in the group ${group}, `;
  return {
    topic: "hidepid",
    status: "limited",
    finding: `${mounted}: processes of other users are hidden, and with them whose sockets they hold`,
    remedy: `run it as root, ${join}or mount it anew: mount -o remount,hidepid=0 ${root}`,
  };
}

function pidNamespace(procfs: BaseProcFs): Finding | undefined {
  if (!isOwnNumbering(procfs)) {
    return {
      topic: "pid namespace",
      status: "limited",
      finding: `${procfs.root} is that of another pid namespace: its process ids mean nothing here, and port --kill refuses them`,
      remedy: "run procnet where that procfs belongs, to end processes",
    };
  }
  if (isInitial("pid")) {
    return {
      topic: "pid namespace",
      status: "ok",
      finding: "the one that the machine began with: all processes are in it",
    };
  }
  const container = containerOf(procfs);
  return {
    topic: "pid namespace",
    status: "limited",
    finding: `this is a container${container === undefined ? "" : ` (${container})`}, or another pid namespace of its own: processes outside are not seen`,
    remedy: "run it on the host, or with the host's processes: docker run --pid=host, hostPID: true",
  };
}

/** Whether the procfs numbers processes as the kernel does for this one. */
function isOwnNumbering(procfs: BaseProcFs): boolean {
  try {
    return procfs.self().pid === process.pid;
  } catch (error) {
    if (isProcfsError(error)) return false;
    throw error;
  }
}

function containerOf(procfs: BaseProcFs): string | undefined {
  try {
    const told = containerText(placementOf(procfs.self().cgroup()).container);
    if (told !== undefined) return told;
  } catch (error) {
    if (!isProcfsError(error)) throw error;
  }
  if (existsSync("/.dockerenv")) return "docker";
  return existsSync("/run/.containerenv") ? "podman" : undefined;
}

function networkNamespace(procfs: BaseProcFs): Finding[] {
  const own = namespaceOf(`${procfs.root}/self`, "net");
  const first = namespaceOf(`${procfs.root}/1`, "net");
  const all = networkNamespaces(procfs);
  const unnamed = all.filter(({ inode }) => inode === undefined).length;
  const others = all.filter(({ inode, current }) => inode !== undefined && current !== true).length;
  const which = own === undefined ? "the network namespace" : `network namespace ${own}`;
  const relation =
    own === undefined || first === undefined
      ? ""
      : own === first
        ? ", which process 1 is in"
        : ", not that of process 1";
  const seen =
    others === 0 ? "no other has a process that is seen" : `${others} more: --all-namespaces, or --netns for one`;
  const here: Finding = { topic: "network namespace", status: "ok", finding: `${which}${relation}; ${seen}` };
  if (unnamed === 0) return [here];
  return [
    here,
    {
      topic: "network namespace",
      status: "limited",
      finding: `the number of ${unnamed} namespaces is not told: their processes may not be looked into`,
      remedy: "run it as root, or with CAP_SYS_PTRACE",
    },
  ];
}
