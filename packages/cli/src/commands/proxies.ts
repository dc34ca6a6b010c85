import type { SocketOwner } from "procnet";

/** Programs that listen on behalf of a container, by the name of the process (15 bytes at most). */
const PROXIES: Readonly<Record<string, string>> = {
  "docker-proxy": "Docker's",
  rootlessport: "rootless Podman's",
  rootlesskit: "rootless Docker's",
  slirp4netns: "a rootless container's",
  pasta: "a rootless container's",
  "pasta.avx2": "a rootless container's",
  passt: "a virtual machine's",
  gvproxy: "Podman machine's",
};

/** Says when the owner only passes on what comes: the program that answers is in a container. */
export function proxyNote({ comm, pid }: SocketOwner): string | undefined {
  if (!Object.hasOwn(PROXIES, comm)) return undefined;
  return `${comm}[${pid}] is ${PROXIES[comm]} proxy: what answers runs in a container, so stop that container instead`;
}

/** Says when systemd would start the owner again. */
export function unitNote({ comm, pid, unit, container }: SocketOwner): string | undefined {
  if (container !== undefined || unit === undefined || !unit.endsWith(".service")) return undefined;
  return unit.startsWith("user@") ? undefined : `${comm}[${pid}] belongs to ${unit}, which systemd may start again`;
}
