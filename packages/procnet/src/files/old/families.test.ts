import { describeTexts } from "../../../../../test/support/tables/tree-of.ts";
import {
  appletalk,
  atalkIface,
  decnet,
  decnetCache,
  decnetDev,
  decnetNeigh,
  decnetRoute,
  econet,
  ipxInterface,
  ipxRoute,
  ipxSocket,
  ircomm,
  irda,
  irlan,
  irnet,
  mptcpFullmesh,
  mptcpNetMptcp,
  mptcpNetSnmp,
  ndisc,
  profile,
  rarp,
  softnet,
  statDnNeighCache,
  trRif,
  wanrouter,
} from "./families.ts";

/*
 * No kernel with these was at hand: the texts follow the formats in the sources that print them. Of econet and softnet no
 * source was found that prints a file: net-tools looks whether the first is there, and nothing more is known of either.
 */
const line = (text: string, width: number): string => `${text.padEnd(width)}\n`;
const side = (node: string, object: string): string =>
  `${node.padStart(6)}/0000 0000:0000 0000:0000 0 ${object.padEnd(16)}`;
const NEIGH_STAT =
  "entries  allocs destroys hash_grows  lookups hits  res_failed  rcv_probes_mcast rcv_probes_ucast  periodic_gc_runs forced_gc_runs";

describeTexts([
  [
    ndisc,
    "ndisc",
    "ndisc_get_info (net/ipv6/ndisc.c of Linux 2.4)",
    "fe800000000000000000000000000001 00 80 01 02 0000012c 00000120 00000bb8 1770 0001 0004     eth0 020000000001\n",
  ],
  [
    rarp,
    "rarp",
    "rarp_get_info (net/ipv4/rarp.c of Linux 2.2)",
    `IP address       HW type             HW address\n${"192.0.2.9".padEnd(17)}${"10Mbps Ethernet".padEnd(20)}02:00:00:00:00:09\n`,
  ],
  [softnet, "softnet", "no source at hand, lines of another file", "00000001 00000000\n"],
  [
    profile,
    "profile",
    "profile_read_proc (net/core/profile.c of Linux 2.2)",
    "Slot            Hits       Hi         Lo         OnIrqHi    OnIrqLo    Ufl\n",
  ],
  [
    trRif,
    "tr_rif",
    "rif_seq_show (net/802/tr.c)",
    "if     TR address       TTL   rcf   routing segments\ntr0 02:00:00:00:00:01     119 local\n",
  ],
  [
    decnet,
    "decnet",
    "dn_socket_format_entry (net/decnet/af_decnet.c)",
    `Local                                              Remote\n${side("1.3", "23")} ${side("0.0", "0")} OPEN IMMED\n`,
  ],
  [
    decnetDev,
    "decnet_dev",
    "dn_dev_seq_show (net/decnet/dn_dev.c)",
    `Name     Flags T1   Timer1 T3   Timer3 BlkSize Pri State DevType    Router Peer\n${"eth0".padEnd(8)} B     0000 0000   0005 0010   1498    064 04    ${"ethernet".padEnd(10)} ${"1.1".padEnd(7)} ${"".padEnd(7)}\n`,
  ],
  [
    decnetNeigh,
    "decnet_neigh",
    "dn_neigh_format_entry (net/decnet/dn_neigh.c)",
    `Addr    Flags State Use Blksize Dev\n${"1.1".padEnd(7)} -2-   02    01  0001498 ${"eth0".padEnd(8)}\n`,
  ],
  [
    decnetCache,
    "decnet_cache",
    "dn_rt_cache_seq_show (net/decnet/dn_route.c)",
    `${"eth0".padEnd(8)} ${"1.1".padEnd(7)} ${"1.3".padEnd(7)} 0001 0012 0000\n`,
  ],
  [
    decnetRoute,
    "decnet_route",
    "decnet_rt_get_info (net/decnet/dn_fib.c of Linux 2.4)",
    line("Iface\tDest\tGW  \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT", 127),
  ],
  [
    statDnNeighCache,
    "stat/dn_neigh_cache",
    "neigh_stat_seq_show (net/core/neighbour.c)",
    `${NEIGH_STAT}\n00000002 00000001 00000002 00000003  00000004 00000005  00000006  00000007 00000008  00000009 0000000a\n`,
  ],
  [
    ipxInterface,
    "ipx/interface",
    "ipx_seq_interface_show (net/ipx/ipx_proc.c)",
    `Network    Node_Address   Primary  Device     Frame_Type\n00000123   020000000001   ${"Yes".padEnd(9)}${"eth0".padEnd(11)}${"802.2".padEnd(9)}\n`,
  ],
  [
    ipxRoute,
    "ipx/route",
    "ipx_seq_route_show (net/ipx/ipx_proc.c)",
    "Network    Router_Net   Router_Node\n00000123   Directly     Connected\n00000456   00000123     020000000002\n",
  ],
  [
    ipxSocket,
    "ipx/socket",
    "ipx_seq_socket_show (net/ipx/ipx_proc.c)",
    `Local_Address  Remote_Address              Tx_Queue  Rx_Queue  State  Uid\n00000123:4003  ${"Not_Connected".padEnd(28)}00000000  00000000  07     000\n`,
  ],
  [
    irda,
    "irda/discovery",
    "discovery_seq_show (net/irda/discovery.c)",
    "IrLMP: Discovery log:\n\nnickname: phone, hint: 0x8204, saddr: 0xa1a6cc7c, daddr: 0x3fcbdfde\n",
  ],
  [
    ircomm,
    "ircomm",
    "ircomm_seq_show (net/irda/ircomm/ircomm_core.c)",
    "ircomm0 state: IRCOMM_CONN, slsap_sel: 0x2, dlsap_sel: 0x3, mode: 9-wire\n",
  ],
  [irlan, "irlan", "irlan_seq_show (net/irda/irlan/irlan_common.c)", "IrLAN instances:\n"],
  [
    irnet,
    "irnet",
    "irnet_proc_show (net/irda/irnet/irnet_irda.c)",
    "IrNET server - IrDA state: running, stsap_sel: 10, dtsap_sel: 00\n",
  ],
  [econet, "econet", "no source at hand, a heading alone", "Econet\n"],
  [
    wanrouter,
    "wanrouter/config",
    "config_show (net/wanrouter/wanproc.c)",
    `Device name    | port |IRQ|DMA|  mem.addr  |mem.size|option1|option2|option3|option4\n${"wanpipe1".padEnd(15)}|0x${"360".padEnd(4)}|  7|  0| 0x${"D0000".padEnd(8)} |0x${"2000".padEnd(6)}|      1|      0|      0|      0\n`,
  ],
  [
    appletalk,
    "appletalk",
    "atalk_get_info (net/appletalk/ddp.c of Linux 2.0)",
    "Type local_addr  remote_addr tx_queue rx_queue st uid\n02   FF00:2A:80  0000:00:00  00000000:00000000 07 0\n",
  ],
  [
    atalkIface,
    "atalk_iface",
    "atalk_if_get_info (net/appletalk/ddp.c of Linux 2.0)",
    `Interface\t  Address   Networks   Status\n${"eth0".padEnd(16)} FF00:2A  FF00-FFFE  2\n`,
  ],
  [
    mptcpNetMptcp,
    "mptcp_net/mptcp",
    "mptcp_pm_seq_show (net/mptcp/mptcp_ctrl.c of MPTCP 0.9x)",
    `  sl  loc_tok  rem_tok  v6 ${"local_address".padEnd(37)} ${"remote_address".padEnd(37)} st ns tx_queue rx_queue inode\n   0: 2D0B85BA 39F8CCC5  0 ${"6601A8C0:E89F".padEnd(37)} ${"2DE66882:0050".padEnd(37)} 01 01 00000000:00000000 21895\n`,
  ],
  [
    mptcpNetSnmp,
    "mptcp_net/snmp",
    "mptcp_snmp_seq_show (net/mptcp/mptcp_ctrl.c of MPTCP 0.9x)",
    `${"DSSNoMatchTCP".padEnd(32)}\t0\n${"AddAddrRx".padEnd(32)}\t3\n`,
  ],
  [
    mptcpFullmesh,
    "mptcp_fullmesh",
    "mptcp_fm_seq_show (net/mptcp/mptcp_fullmesh.c of MPTCP 0.9x)",
    "Index, Address-ID, Backup, IP-address\nIPv4, next v4-index: 1\n0, 1, 0, 192.0.2.9\nIPv6, next v6-index: 0\n",
  ],
]);
