import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../../test/support/tables/broken.ts";
import { parseCgroup } from "./cgroup.ts";
import { type ContainerRef, type Placement, placementOf } from "./container.ts";

const ID = "3aa5ebf863c7d4e2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0987654321fed";
const OUTER = "f00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeed";
const UID = "5f1d8e3a-7c42-4b8e-9a3f-2e6d1c0b9a87";
const SLICED = UID.replaceAll("-", "_");
/** Static pods are known by a hash of their manifest. */
const STATIC = "d78f1f4c5a7e2b9034c6d8e1fa2b3c4d";
const V2_USER = "/user.slice/user-1000.slice/user@1000.service";

function placed(text: string): Placement {
  return placementOf(parseCgroup(utf8Bytes(text)));
}

type Row = readonly [what: string, path: string, container: ContainerRef | undefined];
const in_ = (runtime: NonNullable<ContainerRef["runtime"]>, id: string = ID, podUid?: string): ContainerRef =>
  podUid === undefined ? { runtime, id } : { runtime, id, podUid };
/** Named so by several runtimes. */
const bare = (id: string = ID, podUid?: string): ContainerRef => (podUid === undefined ? { id } : { id, podUid });
const TASK = "34dc0b5e626f2c5c4c5170e34b10e765";
const CONMON = "libpod-conmon-";

const CONTAINERS: readonly Row[] = [
  ["Docker, cgroupfs", `/docker/${ID}`, in_("docker")],
  ["Docker, systemd", `/system.slice/docker-${ID}.scope`, in_("docker")],
  ["Docker, systemd in the container", `/system.slice/docker-${ID}.scope/system.slice/nginx.service`, in_("docker")],
  ["Docker, cgroupfs, systemd in the container", `/docker/${ID}/init.scope`, in_("docker")],
  ["Docker, rootless", `${V2_USER}/user.slice/docker-${ID}.scope`, in_("docker")],
  ["Docker in Docker", `/docker/${OUTER}/docker/${ID}`, in_("docker")],
  ["Docker, a slice of one's own", `/batch.slice/docker-${ID}.scope`, in_("docker")],
  ["Docker, from beside it", `/../docker-${ID}.scope`, in_("docker")],
  ["a job of GitHub", `/actions_job/${ID}`, in_("docker")],
  ["nerdctl, cgroupfs", `/default/${ID}`, in_("containerd")],
  ["nerdctl, systemd", `/system.slice/nerdctl-${ID}.scope`, in_("containerd")],
  ["nerdctl, rootless", `${V2_USER}/user.slice/nerdctl-${ID}.scope`, in_("containerd")],
  ["containerd, no pod's parent", `/k8s.io/${ID}`, in_("containerd")],
  ["Podman, root", `/machine.slice/libpod-${ID}.scope/container`, in_("podman")],
  ["Podman, rootless", `${V2_USER}/user.slice/libpod-${ID}.scope/container`, in_("podman")],
  ["Podman, cgroupfs", `/libpod_parent/libpod-${ID}`, in_("podman")],
  ["Podman, a unit's own", `/system.slice/web.service/libpod-payload-${ID}`, in_("podman")],
  ["Podman, in a pod", `/machine.slice/machine-libpod_pod_${OUTER}.slice/libpod-${ID}.scope`, in_("podman")],
  ["LXC of cgroup v1", "/lxc/web01", in_("lxc", "web01")],
  ["LXC 3.1", "/lxc.payload/web01", in_("lxc", "web01")],
  ["LXC 4 and LXD", "/lxc.payload.web01/system.slice/nginx.service", in_("lxc", "web01")],
  ["Proxmox", "/lxc/101/ns/system.slice/postfix.service", in_("lxc", "101")],
  ["Docker in LXC", `/lxc/101/ns/docker/${ID}`, in_("docker")],
  ["nspawn", "/machine.slice/machine-fedora\\x2d40.scope", in_("nspawn", "fedora-40")],
  ["Amazon ECS on machines of one's own", `/ecs/${TASK}/${ID}`, bare()],
  ["Amazon ECS with the cluster's name", `/ecs/cluster/${TASK}/${ID}`, bare()],
  ["Amazon ECS, systemd", `/ecstasks.slice/ecstasks-${TASK}.slice/docker-${ID}.scope`, in_("docker")],
  ["AWS Fargate", `/ecs/${TASK}/${TASK}-2495160603`, bare(`${TASK}-2495160603`)],
  ["AWS Fargate, from beside it", `/../${TASK}/${TASK}-2495160603`, bare(`${TASK}-2495160603`)],
  ["a parent that somebody chose", `/jenkins/${ID}`, bare()],
  ["from beside it, with no parent", `/../${ID}`, bare()],
  ["its root, from within", `/../../${ID}/..`, bare()],
  ["Docker in a parent that somebody chose", `/jenkins/${OUTER}/docker/${ID}`, in_("docker")],
  ["something in Docker that has an id", `/docker/${OUTER}/jobs/${ID}`, bare()],
  ["Docker's systemd path in the cgroupfs driver", `/system.slice:docker:${ID}`, in_("docker")],
  ["an unknown runtime's", `/system.slice:other:${ID}`, bare()],
  [
    "Cloud Foundry",
    "/system.slice/garden.service/garden/6f265890-5165-7fab-6b52-18d1",
    bare("6f265890-5165-7fab-6b52-18d1"),
  ],
  ["Mesos", `/mesos/${UID}`, bare(UID)],
  ["a monitor in a container", `/docker/${OUTER}/machine.slice/${CONMON}${ID}.scope`, in_("docker", OUTER)],
  [
    "the monitor of a pod in kind",
    `/docker/${OUTER}/kubelet/kubepods/pod${UID}/crio-conmon-${ID}`,
    in_("docker", OUTER),
  ],
  [
    "a container in the service of Docker as a snap",
    `/system.slice/snap.docker.dockerd.service/docker/${ID}`,
    in_("docker"),
  ],
  ["nspawn as a unit", "/machine.slice/systemd-nspawn@fedora.service/payload/init.scope", in_("nspawn", "fedora")],
];

const KUBERNETES: readonly Row[] = [
  ["besteffort, cgroupfs", `/kubepods/besteffort/pod${UID}/${ID}`, bare(ID, UID)],
  ["burstable, cgroupfs", `/kubepods/burstable/pod${UID}/${ID}`, bare(ID, UID)],
  ["guaranteed, cgroupfs", `/kubepods/pod${UID}/${ID}`, bare(ID, UID)],
  ["static pod, cgroupfs", `/kubepods/burstable/pod${STATIC}/${ID}`, bare(ID, STATIC)],
  ["CRI-O, cgroupfs", `/kubepods/burstable/pod${UID}/crio-${ID}`, in_("cri-o", ID, UID)],
  [
    "besteffort, systemd",
    `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${SLICED}.slice/cri-containerd-${ID}.scope`,
    in_("containerd", ID, UID),
  ],
  [
    "burstable, systemd",
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${SLICED}.slice/cri-containerd-${ID}.scope`,
    in_("containerd", ID, UID),
  ],
  [
    "guaranteed, systemd",
    `/kubepods.slice/kubepods-pod${SLICED}.slice/cri-containerd-${ID}.scope`,
    in_("containerd", ID, UID),
  ],
  [
    "static pod, systemd",
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${STATIC}.slice/cri-containerd-${ID}.scope`,
    in_("containerd", ID, STATIC),
  ],
  [
    "Docker, systemd",
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${SLICED}.slice/docker-${ID}.scope`,
    in_("docker", ID, UID),
  ],
  [
    "CRI-O with crun",
    `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${SLICED}.slice/crio-${ID}.scope/container`,
    in_("cri-o", ID, UID),
  ],
  [
    "a systemd path in the cgroupfs driver",
    `/system.slice/containerd.service/kubepods-burstable-pod${SLICED}.slice:cri-containerd:${ID}`,
    in_("containerd", ID, UID),
  ],
  [
    "kind of cgroup v2",
    `/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${SLICED}.slice/cri-containerd-${ID}.scope`,
    in_("containerd", ID, UID),
  ],
  ["kind of cgroup v1", `/docker/${OUTER}/kubelet/kubepods/besteffort/pod${UID}/${ID}`, bare(ID, UID)],
  ["a pod alone", `/kubepods/burstable/pod${UID}`, in_("kubernetes", UID, UID)],
];

const NONE: readonly Row[] = [
  ["a plain host", "/", undefined],
  ["init", "/init.scope", undefined],
  ["a service called docker", "/system.slice/docker.service", undefined],
  ["the kubelet", "/system.slice/kubelet.service", undefined],
  ["a session", "/user.slice/user-1000.slice/session-3.scope", undefined],
  ["a short id", "/docker/3aa5ebf863c7", undefined],
  ["an id that is not hexadecimal", `/docker/${"z".repeat(64)}`, undefined],
  ["a build of Docker", "/docker/buildkit/8sbwyxpp0vlr2jqmlp3ikbw3q", undefined],
  ["a virtual machine", "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator", undefined],
  ["the monitor of LXC", "/lxc.monitor.web01", undefined],
  ["the monitor of LXC 3.1", "/lxc.monitor/web01", undefined],
  ["the monitor of Podman", `/machine.slice/${CONMON}${ID}.scope`, undefined],
  ["the monitor of Podman, rootless", `${V2_USER}/user.slice/${CONMON}${ID}.scope`, undefined],
  ["the monitor of CRI-O", `/kubepods.slice/kubepods-pod${SLICED}.slice/crio-conmon-${ID}.scope`, undefined],
  ["the monitor of CRI-O, cgroupfs", `/kubepods/burstable/pod${UID}/crio-conmon-${ID}`, undefined],
  ["Docker as a snap", "/system.slice/snap.docker.dockerd.service", undefined],
  ["63 digits", `/jenkins/${ID.slice(1)}`, undefined],
  ["65 digits", `/jenkins/0${ID}`, undefined],
  ["capital digits", `/jenkins/${ID.toUpperCase()}`, undefined],
  ["a name that ends in an id", `/jenkins/job-${ID}`, undefined],
  ["a task of ECS", `/ecs/${TASK}`, undefined],
  ["a number behind 32 digits elsewhere", `/jobs/${TASK}-2495160603`, undefined],
  ["a handle elsewhere", "/jobs/6f265890-5165-7fab-6b52-18d1", undefined],
  ["an image of Apptainer", "/user.slice/user-1000.slice/apptainer-4711.scope", undefined],
  ["a podcast", "/system.slice/podcast.service", undefined],
];

describe("placementOf", () => {
  it.each([...CONTAINERS, ...KUBERNETES, ...NONE])("%s: cgroup v2", (_what, path, container) => {
    expect(placed(`0::${path}\n`)).toMatchObject({ cgroup: path, container });
  });

  it.each([...CONTAINERS, ...KUBERNETES, ...NONE])("%s: cgroup v1", (_what, path, container) => {
    const v1 = placed(`12:memory:${path}\n4:cpu,cpuacct:${path}\n1:name=systemd:${path}\n0::/\n`);
    expect(v1).toMatchObject({ cgroup: path, container });
  });

  it.each([
    ["/system.slice/nginx.service", "nginx.service"],
    ["/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service"],
    ["/user.slice/user-1000.slice/session-3.scope", "session-3.scope"],
    [`${V2_USER}/app.slice/app-org.gnome.Terminal-7.scope`, "app-org.gnome.Terminal-7.scope"],
    [`/system.slice/docker-${ID}.scope/system.slice/nginx.service`, "nginx.service"],
    ["/machine.slice/systemd-nspawn@fedora.service/payload", "systemd-nspawn@fedora.service"],
    ["/init.scope", "init.scope"],
    [`/docker/${ID}`, undefined],
    ["/user.slice", undefined],
  ])("knows the unit of %s", (path, unit) => {
    expect(placed(`0::${path}\n`).unit).toBe(unit);
    expect(placed(`3:pids:/\n1:name=systemd:${path}\n`).unit).toBe(unit);
  });

  it("looks for a container in every hierarchy, and shows the group that says most", () => {
    const text = `11:devices:/docker/${ID}\n2:cpuset:/\n1:name=systemd:/system.slice/containerd.service\n0::/\n`;
    expect(placed(text)).toEqual({
      cgroup: "/system.slice/containerd.service",
      container: { runtime: "docker", id: ID },
      unit: "containerd.service",
    });
  });

  it("knows nothing of a process without control groups", () => {
    expect(placementOf([])).toEqual({ cgroup: undefined, container: undefined, unit: undefined });
  });

  it("never throws, and names only what the path holds", () => {
    const part = fc.oneof(
      fc.constantFrom("docker", "lxc", "kubepods", `pod${UID}`, ID, "a:b", ".scope", "machine-.scope", "lxc.payload."),
      fc.constantFrom(`kubepods-pod${SLICED}.slice`, `docker-${ID}.scope`, "\\x2d", "pod", "machine-\\x.scope"),
      fc.string({ unit: "binary" }),
    );
    const path = fc.array(part).map((parts) => `/${parts.join("/")}`);
    const hierarchy = fc.record({ hierarchy: fc.nat(), controllers: fc.array(fc.string()), path });
    fc.assert(
      fc.property(fc.array(hierarchy), (entries) => {
        const { cgroup, container, unit } = placementOf(entries);
        const paths = entries.map((entry) => entry.path);
        if (cgroup !== undefined) expect(paths).toContain(cgroup);
        if (unit !== undefined) expect(cgroup).toContain(unit);
        if (container === undefined) return;
        expect(container.id).not.toBe("");
        expect(paths.some((text) => text.replaceAll("_", "-").includes(container.id.replaceAll("_", "-")))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
