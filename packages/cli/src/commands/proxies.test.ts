import type { SocketOwner } from "procnet";
import { describe, expect, it } from "vitest";
import { proxyNote, publisherOf } from "./proxies.ts";

const owner = (more: Partial<SocketOwner>): SocketOwner => ({
  pid: 5,
  startTime: 1,
  program: "node",
  comm: "node",
  cmdline: [],
  exe: undefined,
  uid: 0,
  fds: [3],
  cgroup: undefined,
  container: undefined,
  unit: undefined,
  ...more,
});
const called = (program: string): SocketOwner => owner({ program, comm: program.slice(0, 15) });

describe("what holds ports for containers, machines or units", () => {
  it.each([
    "dockerd",
    "docker-proxy",
    "docker-proxy-current",
    "com.docker.backend",
    "containerd-shim-runc-v2",
    "conmon",
    "conmonrs",
    "passt",
    "passt.avx2",
    "pasta.avx2",
    "slirp4netns",
    "rootlessport",
    "rootlesskit",
    "rootlesskit-docker-proxy",
    "netavark",
    "aardvark-dns",
    "podman",
    "gvproxy",
    "vpnkit-bridge",
    "limactl",
    "kube-proxy",
    "k3s",
    "k3s-server",
    "crio",
    "incusd",
    "lxd",
    "qemu-system-x86_64",
    "wslrelay.exe",
    "systemd",
    "systemd-socket-proxyd",
  ])("%s", (name) => {
    expect(publisherOf(called(name))).toBeDefined();
    expect(proxyNote(called(name))).toMatch(/^\S+\[5\] is .*: .*\b(stop|delete)\b.* instead$/);
  });

  it.each(["node", "nginx", "systemd-resolved", "systemd-networkd", "passthrough", "dockerize", "k9s", "lxd-exporter"])(
    "%s does not",
    (name) => {
      expect(publisherOf(called(name))).toBeUndefined();
      expect(proxyNote(called(name))).toBeUndefined();
    },
  );

  it("is known by comm, which the kernel cuts, by the program's file and by its first argument", () => {
    expect(publisherOf(owner({ comm: "systemd-socket-" }))).toBeDefined();
    expect(publisherOf(owner({ comm: "com.docker.back" }))).toBeDefined();
    expect(publisherOf(owner({ comm: "exe", exe: "/usr/bin/rootlessport (deleted)" }))).toBeDefined();
    expect(publisherOf(owner({ comm: "exe", cmdline: ["/usr/libexec/docker/docker-proxy", "-proto"] }))).toBeDefined();
  });

  it("ssh does where it is Lima's tunnel", () => {
    const ssh = (path: string): SocketOwner => owner({ program: "ssh", comm: "ssh", cmdline: ["ssh:", path, "[mux]"] });
    expect(publisherOf(ssh("/home/u/.lima/default/ssh.sock"))).toBeDefined();
    expect(publisherOf(ssh("/home/u/.ssh/mux"))).toBeUndefined();
  });
});
