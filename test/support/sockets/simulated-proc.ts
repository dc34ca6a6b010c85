import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcFs } from "../../../packages/procnet/src/index.ts";

/** A process of a simulated tree; what is left out has a usual value. */
export interface SimulatedProcess {
  readonly comm?: string;
  readonly state?: string;
  readonly flags?: number;
  /** When it began: a process with another value is another process. */
  readonly startTime?: number;
  /** How often it has run; left out, nothing is said of its threads. */
  readonly switches?: number;
  /** The text of `schedstat`; left out, the kernel has no such file. */
  readonly scheduled?: string;
  /** Inodes of sockets by descriptor, or the whole link; `refused` as in the capture of a reader without rights. */
  readonly fds?: Readonly<Record<number, number | string>> | "refused";
  readonly namespace?: number;
  readonly cgroup?: string;
}

/** A tree like /proc, as plain files. Process 1 has the tables. */
export class SimulatedProc {
  readonly root: string = mkdtempSync(join(tmpdir(), "procnet-proc-"));
  readonly procfs: ProcFs;

  constructor() {
    this.process(1, { comm: "init", startTime: 1, fds: {} });
    this.procfs = new ProcFs({ root: this.root });
  }

  /** Makes a process, in place of the one with that number. */
  process(pid: number, options: SimulatedProcess = {}): void {
    const { comm = "server", state = "S", flags = 0, startTime = 1000, switches, fds = {}, namespace } = options;
    for (const name of ["stat", "status", "schedstat", "task", "fd", "ns", "cmdline", "cgroup"])
      this.removeFile(`${pid}/${name}`);
    const behind = [1, pid, pid, 0, -1, flags, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 1, 0, startTime];
    this.write(`${pid}/stat`, `${pid} (${comm}) ${state} ${behind.join(" ")}${" 0".repeat(30)}\n`);
    this.write(`${pid}/cmdline`, `${comm}\0--flag\0`);
    this.write(`${pid}/cgroup`, `0::${options.cgroup ?? "/"}\n`);
    if (switches !== undefined) {
      const counts = `voluntary_ctxt_switches:\t${switches}\nnonvoluntary_ctxt_switches:\t0\n`;
      // Of its only thread the process says the same.
      for (const at of [`${pid}`, `${pid}/task/${pid}`]) {
        this.write(`${at}/status`, `Name:\t${comm}\nState:\t${state} (sleeping)\n${counts}`);
      }
    }
    if (options.scheduled !== undefined) this.write(`${pid}/schedstat`, options.scheduled);
    if (namespace !== undefined) this.link(`${pid}/ns/net`, `net:[${namespace}]`);
    if (fds === "refused") return;
    mkdirSync(`${this.root}/${pid}/fd`, { recursive: true });
    for (const [fd, target] of Object.entries(fds)) {
      this.link(`${pid}/fd/${fd}`, typeof target === "number" ? `socket:[${target}]` : target);
    }
  }

  exit(pid: number): void {
    this.removeFile(`${pid}`);
  }

  /** Rows of TCP of IPv4, as seen by a process. */
  tcp(rows: readonly string[], pid = 1): void {
    const header = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    this.write(`${pid}/net/tcp`, header + rows.join(""));
    this.write(`${pid}/net/dev`, "");
  }

  write(path: string, text: string): void {
    const file = `${this.root}/${path}`;
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  private link(path: string, target: string): void {
    const file = `${this.root}/${path}`;
    mkdirSync(join(file, ".."), { recursive: true });
    symlinkSync(target, file);
  }

  private removeFile(path: string): void {
    rmSync(`${this.root}/${path}`, { recursive: true, force: true });
  }
}
