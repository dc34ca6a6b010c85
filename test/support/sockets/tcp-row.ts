/** A row of /proc/net/tcp: a listener of 127.0.0.1, unless the state (in hexadecimal) says otherwise. */
export function tcpRow(port: number, inode: number, { state = "0A", uid = 0, timer = "00" } = {}): string {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const times = `00000000:00000000 ${timer}:00000000 00000000`;
  return `   0: ${local} 00000000:0000 ${state} ${times} ${uid} 0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;
}
