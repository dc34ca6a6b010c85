// What is public of the files of a process.
export { type CgroupEntry, parseCgroup } from "./cgroup.ts";
export { type ContainerRef, type Placement, placementOf } from "./container.ts";
export type { ContainerRuntime } from "./container-names.ts";
export {
  type AnonInodeTarget,
  type DeletedTarget,
  type FdTarget,
  type MemfdTarget,
  type NamespaceTarget,
  type NamespaceType,
  type OtherTarget,
  type PathTarget,
  type PidfdTarget,
  type PipeTarget,
  parseFdTarget,
  type SocketTarget,
  type UnknownTarget,
  type UnreadableTarget,
} from "./fd-target.ts";
export { type ProcessStat, parseProcessStat } from "./process-stat.ts";
export { type ProgramClues, programOf } from "./program.ts";
