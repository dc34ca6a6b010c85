/*
 * Ports on which the kernel itself listens, with a socket that no process has. Procfs shows such a socket like any other, so
 * that only the port tells what it may be.
 */

const UDP: ReadonlyMap<number, string> = new Map([
  [1701, "L2TP"],
  [2049, "the NFS server"],
  [2152, "GTP tunnels"],
  [4789, "VXLAN tunnels"],
  [4791, "RDMA over Ethernet"],
  [6081, "GENEVE tunnels"],
  [6118, "TIPC"],
  [6635, "MPLS over UDP"],
  [7001, "AFS"],
  [8472, "VXLAN tunnels"],
  [9899, "SCTP over UDP"],
  [51820, "WireGuard"],
]);

const TCP: ReadonlyMap<number, string> = new Map([
  [445, "the SMB server ksmbd"],
  [2049, "the NFS server"],
  [3260, "the iSCSI target"],
  [4420, "the NVMe target"],
  [7777, "OCFS2"],
  [16385, "RDS"],
  [21064, "DLM"],
]);

/** What of the kernel usually listens on a port; `undefined` when nothing is known to. */
export function kernelUse(protocol: string, port: number): string | undefined {
  return (protocol.startsWith("udp") ? UDP : TCP).get(port);
}
