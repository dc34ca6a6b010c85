import type { TrafficLook } from "@procnet/kernel";
import type { BaseProcFs } from "procnet";
import type { TrafficRates } from "procnet/view";
import type { Namespaces } from "../../commands/where.ts";
import type { KernelPackage } from "../../source/kernel.ts";

/** What the last second brought: of sockets by their inode, of processes by their number. */
export interface Traffic {
  readonly bySocket: ReadonlyMap<number, TrafficRates>;
  readonly byProcess: ReadonlyMap<number, TrafficRates>;
}

/** Looks at traffic beside the looks at sockets, as it is counted from look to look. */
export class TrafficLooks {
  /** `undefined` before the second look. */
  latest: Traffic | undefined;
  private readonly kernel: KernelPackage;
  private readonly procfs: BaseProcFs;
  private readonly every: number;
  private ending = new AbortController();

  constructor(kernel: KernelPackage, procfs: BaseProcFs, every: number) {
    this.kernel = kernel;
    this.procfs = procfs;
    this.every = every;
  }

  /** Looks in other network namespaces from now on. */
  lookIn(namespaces: Namespaces["read"]): void {
    this.close();
    this.ending = new AbortController();
    this.latest = undefined;
    void this.run(namespaces, this.ending.signal);
  }

  close(): void {
    this.ending.abort();
  }

  /** Where the kernel does not tell it any more there is none: the screen has enough besides. */
  private async run(namespaces: Namespaces["read"], signal: AbortSignal): Promise<void> {
    const { procfs, every } = this;
    try {
      for await (const look of this.kernel.traffic({ namespaces, procfs, every, signal }))
        if (!signal.aborted) this.latest = trafficOf(look);
    } catch {
      if (!signal.aborted) this.latest = undefined;
    }
  }
}

function trafficOf({ connections, seconds }: TrafficLook): Traffic {
  const bySocket = new Map<number, TrafficRates>();
  const byProcess = new Map<number, TrafficRates>();
  for (const { socket, sent, received } of connections) {
    const rates = { sentPerSecond: sent / seconds, receivedPerSecond: received / seconds };
    if (socket.inode !== 0) bySocket.set(socket.inode, rates);
    const pid = socket.owners?.[0]?.pid;
    if (pid === undefined) continue;
    const before = byProcess.get(pid);
    byProcess.set(pid, {
      sentPerSecond: rates.sentPerSecond + (before?.sentPerSecond ?? 0),
      receivedPerSecond: rates.receivedPerSecond + (before?.receivedPerSecond ?? 0),
    });
  }
  return { bySocket, byProcess };
}
