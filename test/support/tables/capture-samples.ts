import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const COUNTS6 = "00000100 00000001 00000000 00000001";
const FIXTURES = join(import.meta.dirname, "..", "..", "fixtures");

/** Texts of files with addresses and names of a machine that wants to stay unknown. */
export const SAMPLES: readonly (readonly [file: string, text: string])[] = [
  ["route", "Iface\tDestination\tGateway \tFlags\nsecret0\t00004D0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"],
  [
    "fib_trie",
    "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.77.0.0\n        /24 link UNICAST\n     |-- 10.77.0.9\n        /32 host LOCAL\n",
  ],
  [
    "arp",
    "IP address       HW type     Flags       HW address            Mask     Device\n" +
      "10.77.0.2        0x1         0x2         52:54:00:12:34:56     *        secret0\n" +
      "10.77.0.3        0xfffe      0x6                               *        secret1\n",
  ],
  [
    "rt_cache",
    "Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource\t\tMTU\tWindow\tIRTT\tTOS\tHHRef\tHHUptod\tSpecDst\n" +
      "secret0\t02004D0A\t01004D0A\t       0\t1\t17\t0\t09004D0A\t1500\t0\t0\t00\t3\t1\t09004D0A\n",
  ],
  ["ipv6_route", `${"fd77".padEnd(32, "0")} 40 ${"0".repeat(32)} 00 ${"fd77".padEnd(31, "0")}9 ${COUNTS6}   secret0\n`],
  [
    "if_inet6",
    "fd770000000000015054a1fffe123456 02 40 00 80  secret0\nfe800000000000005054a1fffe123456 02 40 20 80  secret0\n",
  ],
  ["dev_mcast", "2    secret0         1     0     3333ff123456\n2    secret0         1     0     01005e4d0102\n"],
  [
    "igmp",
    "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n2\tsecret0123:     1      V3\n\t\t\t\t09094DEF     1 0:00000000\t\t0\n",
  ],
  ["igmp6", "2    secret0         ff0200000000000000000001ff123456     1 00000004 0\n"],
  ["anycast6", "2    secret0         fd770000000000010000000000000000     1\n"],
  ["mcfilter", "Idx Device        MCA        SRC    INC    EXC\n  2 secret0 0xef4d0909 0x0a4d0009      1      0\n"],
  [
    "mcfilter6",
    "Idx Device                Multicast Address                   Source Address    INC    EXC\n" +
      "  2 secret0 ff3e0000000000000000000077777777 fd770000000000010000000000777777      1      0\n",
  ],
  [
    "ip6_flowlabel",
    "Label S Owner  Users  Linger Expires  Dst                              Opt\n0BEEF 2 17118  1      6      19       fd770000000000010000000000777777 0\n",
  ],
  [
    "ip_mr_vif",
    "Interface      BytesIn  PktsIn  BytesOut PktsOut Flags Local    Remote\n" +
      " 0 secret0           28       1         0       0 00000 09004D0A 00000000\n" +
      " 1 secret1            0       0        28       1 00008 00000005 00000000\n",
  ],
  [
    "ip_mr_cache",
    "Group    Origin   Iif     Pkts    Bytes    Wrong Oifs\n09094DEF 09004D0A 0          1       28        0  1:1\n",
  ],
  [
    "ip6_mr_vif",
    "Interface      BytesIn  PktsIn  BytesOut PktsOut Flags\n 0 secret0           28       1         0       0 00000\n",
  ],
  [
    "ip6_mr_cache",
    "Group                            Origin                           Iif      Pkts  Bytes     Wrong  Oifs\n" +
      "ff0e:0000:0000:0000:0000:0000:7777:7777 fd77:0000:0000:0001:0000:0000:0077:7777 0          0        0        0  1:1\n",
  ],
  ["ptype", "Type Device      Function\nALL           packet_rcv\nALL  secret0     packet_rcv [af_packet]\n"],
  [
    "vlan/config",
    "VLAN Dev name\t | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\nsecret0.5      | 5  | secret0\n",
  ],
  [
    "vlan/secret0.5",
    "secret0.5  VID: 5\t REORDER_HDR: 1  dev->priv_flags: 1021\n         total frames received          102\n          total bytes received         9812\n" +
      "      Broadcast/Multicast Rcvd            3\n\n      total frames transmitted           98\n" +
      "       total bytes transmitted         8116\nDevice: secret0\n" +
      "INGRESS priority mappings: 0:0  1:0  2:0  3:0  4:0  5:0  6:0 7:0\n EGRESS priority mappings: 0:1 6:7\n",
  ],
  [
    "bonding/secret9",
    "Ethernet Channel Bonding Driver: v6.1.0\n\nBonding Mode: fault-tolerance (active-backup)\n" +
      "Primary Slave: secret0 (primary_reselect always)\nCurrently Active Slave: secret1\nMII Status: up\n" +
      "ARP IP target/s (n.n.n.n form): 10.77.0.2, 10.77.0.3\nNS IPv6 target/s (xx::xx form): fd77:0:0:1::9, fe80::5254:a1ff:fe12:3456\n\n" +
      "Slave Interface: secret0\nMII Status: up\nLink Failure Count: 0\nPermanent HW addr: 52:54:00:12:34:56\nSlave queue ID: 0\n",
  ],
  ["nf_conntrack_expect", "299 l3proto = 2 proto=6 src=10.77.0.9 dst=203.0.78.1 sport=0 dport=51210 ftp\n"],
  ["xt_recent/secretlist", "src=203.0.78.1 ttl: 64 last_seen: 4295612771 oldest_pkt: 1 4295612760\n"],
  ["ipt_hashlimit/secretlist", "9 203.0.78.1:0->10.77.0.9:8080 58823871991616 68719476500000 13743895300000\n"],
  [
    "ip6t_hashlimit/secretlist",
    "9 fd77:0000:0000:0001:0000:0000:0077:7777:40000->0000:0000:0000:0000:0000:0000:0000:0000:80 1 2 3\n",
  ],
  [
    "ip_vs",
    "IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\n" +
      "TCP  0A4D0009:0050 rr persistent 75000 FFFFFFFF\n  -> 0A4D0002:1F90      Masq    1      0          0\n" +
      "TCP  [fd77:0000:0000:0001:0000:0000:0077:7777]:0050 rr\nFWM  00000001 wlc\n",
  ],
  [
    "ip_vs_conn",
    "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData\n" +
      "TCP CB004E01 C350 0A4D0009 0050 0A4D0002 1F90 ESTABLISHED     899 sip secretcall\n",
  ],
  [
    "ip_vs_conn_sync",
    "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Origin Expires\nTCP CB004E01 C350 0A4D0009 0050 0A4D0002 1F90 ESTABLISHED LOCAL      899\n",
  ],
  [
    "sctp/eps",
    " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\n000000003af07362 000000008b6ed7e6 2   10  29   5000      0 12345 127.0.0.1 10.77.0.9 \n",
  ],
  ["sctp/remaddr", "ADDR ASSOC_ID HB_ACT RTO MAX_PATH_RTX REM_ADDR_RTX START STATE\n10.77.0.2  5 1 250 5 0 0 2\n"],
  ["pnp", "#PROTO: DHCP\ndomain secret.example\nnameserver 10.77.0.53\nbootserver 10.77.0.1\n"],
  ["ipconfig/ntp_servers", "10.77.0.53\n"],
];

/** The fixtures of each kernel: file by file. */
export function* fixtures(): Generator<readonly [kernel: string, file: string, text: string]> {
  for (const kernel of readdirSync(FIXTURES).filter((name) => /^\d/.test(name))) {
    const directory = join(FIXTURES, kernel, "1", "net");
    for (const file of readdirSync(directory)) {
      yield [kernel, file, readFileSync(join(directory, file), "latin1")];
    }
  }
}
