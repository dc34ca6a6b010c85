import type { SocketOwner } from "procnet";

/** Programs that hold ports for others: for containers, virtual machines, or services that start when they are called. */
interface Publisher {
  /** Whose ports they are. */
  readonly whose: string;
  /** What to do in place of ending the program. */
  readonly instead: string;
  /** Names of programs; with a suffix behind a mark that is no letter (`passt.avx2`, `docker-proxy-current`) as well. */
  readonly names: readonly string[];
  /** Names that mean something else with a suffix: `systemd-resolved`. */
  readonly exact?: readonly string[];
}

const CONTAINER = "what answers runs in a container, so stop that container";
const MACHINE = "what answers runs in a virtual machine, so stop it there";

const PUBLISHERS: readonly Publisher[] = [
  {
    whose: "Docker's",
    instead: `${CONTAINER} (docker ps shows which)`,
    names: ["dockerd", "docker-proxy", "com.docker.backend", "docker-desktop", "rootlesskit", "cri-dockerd"],
  },
  {
    whose: "containerd's",
    instead: CONTAINER,
    names: ["containerd", "nerdctl", "buildkitd", "bypass4netns", "bypass4netnsd", "runc", "crun"],
  },
  {
    whose: "Podman's",
    instead: `${CONTAINER} (podman ps shows which)`,
    names: ["conmon", "conmonrs", "podman", "rootlessport", "netavark", "aardvark-dns", "gvproxy", "gvforwarder"],
  },
  { whose: "a rootless container's", instead: CONTAINER, names: ["slirp4netns", "pasta"] },
  {
    whose: "Kubernetes'",
    instead: "it holds the port for a service or a pod, so delete that",
    names: ["kube-proxy", "kubelet", "kubelite", "k3s", "k0s", "rke2", "microk8s", "crio", "klipper-lb", "svclb"],
  },
  { whose: "LXD's or Incus'", instead: CONTAINER, names: ["incusd"], exact: ["lxd", "incus", "lxc"] },
  {
    whose: "a virtual machine's",
    instead: MACHINE,
    names: ["passt", "vpnkit", "com.docker.vpnkit", "vfkit", "krunkit", "limactl", "lima-guestagent", "colima"].concat(
      ["qemu-system", "VBoxHeadless", "VBoxNetNAT", "multipassd", "rancher-desktop", "host-switch"],
      ["wslrelay", "wslhost", "wslservice"],
    ),
  },
  {
    whose: "systemd's",
    instead: "it holds the port for a unit, so stop that (systemctl list-sockets shows which)",
    names: ["systemd-socket-proxyd", "systemd-socket-activate"],
    exact: ["systemd"],
  },
];

/** The kernel keeps so many bytes of `comm`: TASK_COMM_LEN, include/linux/sched.h. */
const COMM_BYTES = 15;

/** What a program is that holds a port for a container, a virtual machine or a unit; `undefined` for all others. */
export function publisherOf(owner: SocketOwner): Publisher | undefined {
  const { comm, program, exe, cmdline } = owner;
  const first = cmdline[0]?.split(" ", 1)[0];
  const names = [program, exe?.replace(/ \(deleted\)$/, ""), first].map((path) =>
    path?.slice(path.lastIndexOf("/") + 1),
  );
  const known = PUBLISHERS.find(
    (publisher) => isOne(comm, publisher, true) || names.some((name) => name !== undefined && isOne(name, publisher)),
  );
  return known ?? (isLimaTunnel(owner) ? PUBLISHERS.find(({ names: all }) => all.includes("limactl")) : undefined);
}

function isOne(name: string, { names, exact = [] }: Publisher, mayBeCut = false): boolean {
  if (exact.includes(name)) return true;
  return names.some((known) => {
    if (mayBeCut && name.length === COMM_BYTES && known.startsWith(name)) return true;
    return name.startsWith(known) && !/^[\p{L}\p{N}]/u.test(name.slice(known.length));
  });
}

/** Lima forwards ports by ssh, which has the socket of its master in Lima's own directory. */
function isLimaTunnel({ program, comm, cmdline }: SocketOwner): boolean {
  return (program === "ssh" || comm === "ssh") && cmdline.some((argument) => /\/\.?(?:lima|colima)\//.test(argument));
}

/** Says when the owner only passes on what comes, or keeps the port for another. */
export function proxyNote(owner: SocketOwner): string | undefined {
  const publisher = publisherOf(owner);
  if (publisher === undefined) return undefined;
  return `${owner.program}[${owner.pid}] is ${publisher.whose}: ${publisher.instead} instead`;
}

/** Says when systemd would start the owner again. */
export function unitNote({ program, pid, unit, container }: SocketOwner): string | undefined {
  if (container !== undefined || unit === undefined || !unit.endsWith(".service")) return undefined;
  return unit.startsWith("user@") ? undefined : `${program}[${pid}] belongs to ${unit}, which systemd may start again`;
}
