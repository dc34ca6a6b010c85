import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A process of a captured machine. */
export interface FakeProcess {
  readonly pid: number;
  readonly comm: string | Buffer;
  readonly cmdline?: readonly string[];
  readonly cgroup?: string;
  readonly sockets?: readonly number[];
  readonly namespace?: number;
}

/** A captured machine: files of /proc/net, and processes. Removed by `remove`. */
export interface Tree {
  readonly root: string;
  readonly remove: () => void;
}

export function makeTree(files: Readonly<Record<string, string | Buffer>>, processes: readonly FakeProcess[]): Tree {
  const root = mkdtempSync(join(tmpdir(), "procnet-cli-"));
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [name, content] of Object.entries(files)) write(`1/net/${name}`, content);
  for (const process of processes) {
    const { pid, comm, cmdline = [], cgroup = "0::/\n", sockets = [], namespace = 4026531840 } = process;
    const name = Buffer.from(comm);
    write(`${pid}/stat`, Buffer.concat([Buffer.from(`${pid} (`), name, Buffer.from(`) S 1 ${STAT}`)]));
    write(`${pid}/comm`, Buffer.concat([name, Buffer.from("\n")]));
    write(`${pid}/cmdline`, cmdline.map((argument) => `${argument}\0`).join(""));
    write(`${pid}/cgroup`, cgroup);
    mkdirSync(join(root, `${pid}/fd`), { recursive: true });
    sockets.forEach((inode, index) => {
      symlinkSync(`socket:[${inode}]`, join(root, `${pid}/fd/${index + 3}`));
    });
    mkdirSync(join(root, `${pid}/ns`), { recursive: true });
    symlinkSync(`net:[${namespace}]`, join(root, `${pid}/ns/net`));
    if (pid !== 1) symlinkSync("../1/net", join(root, `${pid}/net`));
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Fields 5 to 52 of `stat`; the start time is 4242. */
const STAT = `${Array.from({ length: 48 }, (_, index) => (index === 17 ? 4242 : 0)).join(" ")}\n`;

const TCP = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/** A row of `tcp` or `tcp6`; addresses as the kernel prints them. */
export function tcpRow(
  index: number,
  local: string,
  remote: string,
  state: string,
  uid: number,
  inode: number,
): string {
  const short = state === "06";
  const tail = short ? " 0000000000000000" : " 0000000000000000 100 0 0 10 0";
  return `${String(index).padStart(4)}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${String(uid).padStart(5)}        0 ${inode} 1${tail}\n`;
}

export const tcp = (...rows: string[]): string => TCP + rows.join("");

/** A machine with a web server in a container, a database, a client, and somebody unknown. */
export function usualTree(): Tree {
  const any = "00000000:0000";
  const any6 = "00000000000000000000000000000000:0000";
  const id = "0123456789abcdef".repeat(4);
  return makeTree(
    {
      tcp: tcp(
        tcpRow(0, "00000000:01BB", any, "0A", 0, 1001),
        tcpRow(1, "0100007F:1538", any, "0A", 70, 1002),
        tcpRow(2, "0200000A:01BB", "0500000A:C350", "01", 0, 1003),
        tcpRow(3, "0200000A:01BB", "0600000A:C351", "08", 0, 1003),
        tcpRow(4, "0200000A:01BB", "0700000A:C352", "06", 0, 0),
        tcpRow(5, "0100007F:C353", "0100007F:1538", "01", 1000, 1004),
      ),
      tcp6: tcp(
        tcpRow(0, "00000000000000000000000000000000:0050", any6, "0A", 0, 1005),
        tcpRow(1, "B80D0120000000000000000001000000:01BB", "B80D01200123456789ABCDEF02000000:C354", "01", 0, 1006),
      ),
      udp:
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n" +
        "  100: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1007 2 0000000000000000 3\n",
      unix:
        "Num       RefCount Protocol Flags    Type St Inode Path\n" +
        "0000000000000000: 00000002 00000000 00010000 0001 01 1008 /run/app dir/app.sock\n" +
        "0000000000000000: 00000003 00000000 00000000 0002 01 1009 @abstract\n",
      dev:
        "Inter-|   Receive                                                |  Transmit\n" +
        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n" +
        "    lo: 1000 10 0 0 0 0 0 0 1000 10 0 0 0 0 0 0\n" +
        "  eth0: 123456789 4567 1 2 0 0 0 0 987654321 7654 0 0 0 0 0 0\n",
      route:
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n" +
        "eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n" +
        "eth0\t0000000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n",
      arp:
        "IP address       HW type     Flags       HW address            Mask     Device\n" +
        "10.0.0.1         0x1         0x2         02:00:00:00:00:01     *        eth0\n",
      snmp: "Tcp: RtoAlgorithm ActiveOpens RetransSegs\nTcp: 1 5 0\n",
    },
    [
      { pid: 1, comm: "init", cmdline: ["/sbin/init"] },
      {
        pid: 200,
        comm: "nginx",
        cmdline: ["nginx: master process"],
        cgroup: `0::/system.slice/docker-${id}.scope\n`,
        sockets: [1001, 1003, 1005, 1006],
      },
      { pid: 201, comm: "nginx", cgroup: `0::/system.slice/docker-${id}.scope\n`, sockets: [1001] },
      { pid: 300, comm: "postgres", cgroup: "0::/system.slice/postgresql.service\n", sockets: [1002, 1008] },
      { pid: 400, comm: "psql", sockets: [1004, 1009] },
    ],
  );
}
