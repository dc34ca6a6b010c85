/*
 * How the programs that make containers name the control groups of them: read by `placementOf`, and kept where a capture
 * replaces names by others, so that a container stays one.
 */

/** A program that makes containers, by the naming that a control group follows. */
export type ContainerRuntime = "docker" | "containerd" | "cri-o" | "podman" | "lxc" | "nspawn" | "kubernetes";

/** Prefixes of the scopes that systemd's cgroup driver makes: `docker-<id>.scope`. */
export const SCOPES: readonly (readonly [string, ContainerRuntime])[] = [
  ["docker-", "docker"],
  ["cri-containerd-", "containerd"],
  ["nerdctl-", "containerd"],
  ["crio-", "cri-o"],
  ["libpod-payload-", "podman"],
  ["libpod-", "podman"],
];

/** What watches a container from outside of it, and has a group of its own: `libpod-conmon-<id>.scope`. */
export const MONITORS: readonly string[] = ["libpod-conmon-", "crio-conmon-", "lxc.monitor."];
/** The parent of such groups: `/lxc.monitor/<name>`. */
export const MONITOR_PARENT = "lxc.monitor";

/** Parents whose children are called by a bare id: `/docker/<id>`. */
export const PARENTS: readonly (readonly [string, ContainerRuntime])[] = [
  ["docker", "docker"],
  ["actions_job", "docker"],
  ["libpod_parent", "podman"],
  ["lxc", "lxc"],
  ["lxc.payload", "lxc"],
];

/** Parents whose children are called by a handle: Garden of Cloud Foundry, and Mesos. */
export const HANDLE_PARENTS: readonly string[] = ["garden", "mesos"];
export const HANDLE: RegExp = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-(?:[0-9a-f]{4}|[0-9a-f]{12})$/;

/**
 * A task of Amazon ECS: `/ecs/<task>/<container>`. In AWS Fargate the container is called by its task and a number:
 * `/ecs/<task>/<task>-1234567890`.
 */
export const TASK: RegExp = /^([0-9a-f]{32})(?:-([0-9]{1,20}))?$/;

/** Namespaces of containerd, which stand for the parent where none is asked for: `/default/<id>`. */
export const CONTAINERD_NAMESPACES: readonly string[] = ["default", "k8s.io"];

/** The id of a container. */
export const ID: RegExp = /[0-9a-f]{64}/;

/**
 * `metadata.uid` of a pod, whose dashes systemd's cgroup driver writes as underscores. Static pods have a hash of their manifest
 * in its place.
 */
export const POD_UID: RegExp = /[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32}/;
