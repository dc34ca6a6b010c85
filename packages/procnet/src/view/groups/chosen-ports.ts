import type { GroupContext } from "./context.ts";

/** `net.ipv4.ip_local_port_range` unless somebody changed it. */
const USUAL = [32_768, 60_999] as const;

/**
 * Ports that the kernel chooses from when a program binds none: udp_lib_get_port (net/ipv4/udp.c) takes one at the first sendto(2) or
 * connect(2), and the row looks like that of a server. Those that are reserved it leaves alone: they were chosen by somebody.
 */
export class ChosenPorts {
  private readonly context: Pick<GroupContext, "limits" | "namespace">;

  constructor(context: Pick<GroupContext, "limits" | "namespace">) {
    this.context = context;
  }

  /** Whether the port of a socket may be one of them. */
  has({ localPort: port, namespace }: { readonly localPort: number; readonly namespace: number | undefined }): boolean {
    const { limits, namespace: judged } = this.context;
    // The settings of another namespace are not shown.
    const known = judged === undefined || judged === namespace ? limits : undefined;
    const [first, last] = known?.["net.ipv4.ip_local_port_range"].values ?? USUAL;
    if (first === undefined || last === undefined || port < first || port > last) return false;
    const reserved = known?.["net.ipv4.ip_local_reserved_ports"].values ?? [];
    return !reserved.some((from, at) => at % 2 === 0 && port >= from && port <= (reserved[at + 1] ?? from));
  }
}
