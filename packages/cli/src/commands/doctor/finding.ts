/** One thing that was looked at. */
export interface Finding {
  /** What it is about: the same word in every answer. */
  readonly topic: Topic;
  /**
   * `ok`: nothing is kept from this reader by it; `limited`: something is; `absent`: there is no such thing here;
   * `failed`: nothing can be read.
   */
  readonly status: "ok" | "limited" | "absent" | "failed";
  readonly finding: string;
  /** What would change it. */
  readonly remedy?: string;
}

export type Topic =
  | "system"
  | "root"
  | "rights"
  | "user namespace"
  | "ptrace scope"
  | "hidepid"
  | "pid namespace"
  | "network namespace"
  | "processes"
  | "sockets"
  | "pinned owners"
  | "kernel source"
  | "files"
  | "sysfs"
  | "runtime";
