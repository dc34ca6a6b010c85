import { describeTexts } from "../../../../../test/support/tables/tree-of.ts";
import {
  ip6Queue,
  ipAcct,
  ipForward,
  ipFwchains,
  ipFwnames,
  ipInput,
  ipMasquerade,
  ipOutput,
  ipp2p,
  ipQueue,
  layer7Numpackets,
  xtQtaguidCtrl,
  xtQtaguidIfaceStatAll,
  xtQtaguidIfaceStatFmt,
  xtQtaguidStats,
  xtQuota,
} from "./firewall.ts";

/*
 * No kernel with these was at hand: the texts follow the formats in the sources that print them. Of ipp2p no source was found
 * that prints a file.
 */
const QUEUE = "ip_queue_show (net/ipv4/netfilter/ip_queue.c)";
const queue = (pid: number): string => `Peer PID          : ${pid}
Copy mode         : 2
Copy range        : 65535
Queue length      : 0
Queue max. length : 1024
Queue dropped     : 0
Netlink dropped   : 0
`;
const RULES = "ip_chain_procinfo (net/ipv4/ip_fw.c of Linux 2.0)";
const RULE = `0A000000/FF000000->00000000/00000000 - 00000000 0 0 0 ${"17".padEnd(20)} ${"1428".padEnd(20)}${" 0".repeat(10)} AFF X00\n`;
const MASQUERADE = "Prc FromIP   FPrt ToIP     TPrt Masq Init-seq  Delta PDelta Expires (free=4095,4096)";
const TRAFFIC =
  "rx_tcp_bytes rx_tcp_packets rx_udp_bytes rx_udp_packets rx_other_bytes rx_other_packets tx_tcp_bytes tx_tcp_packets tx_udp_bytes tx_udp_packets tx_other_bytes tx_other_packets";

describeTexts([
  [ipQueue, "ip_queue", QUEUE, queue(4242)],
  [ip6Queue, "ip6_queue", QUEUE.replace("4/netfilter/ip_", "6/netfilter/ip6_"), queue(0)],
  [
    ipFwchains,
    "ip_fwchains",
    "dump_rule (net/ipv4/ip_fw.c of Linux 2.2)",
    `    input 0A000000/FF000000->00000000/00000000 eth0 0 0 6 ${["0", "17", "0", "1428"].map((count) => count.padEnd(9)).join(" ")} 0-65535 80-80 AFF X00 00000000 0 0    ACCEPT\n`,
  ],
  [
    ipFwnames,
    "ip_fwnames",
    "ip_chain_name_procinfo (net/ipv4/ip_fw.c of Linux 2.2)",
    "input ACCEPT 1 0 5211 0 1203442\nforward DENY 1 0 0 0 0\noutput ACCEPT 1 0 4810 0 998213\n",
  ],
  [
    ipMasquerade,
    "ip_masquerade",
    "ip_msqhst_procinfo (net/ipv4/ip_masq.c of Linux 2.0)",
    `${MASQUERADE.padEnd(127)}\n${"TCP 0A000009:0400 C0000209:0050 EA60 00000000      0      0   89120".padEnd(127)}\n`,
  ],
  [ipInput, "ip_input", RULES, `IP firewall input rules, default 1\n${RULE}`],
  [ipOutput, "ip_output", RULES, `IP firewall output rules, default 1\n${RULE}`],
  [ipForward, "ip_forward", RULES, `IP firewall forward rules, default 0\n${RULE}`],
  [ipAcct, "ip_acct", RULES, `IP accounting rules\n${RULE}`],
  [layer7Numpackets, "layer7_numpackets", "layer7_read_proc (ipt_layer7.c of l7-filter)", "10\n"],
  [ipp2p, "ipp2p", "no source at hand, a line alone", "0\n"],
  [xtQuota, "xt_quota/limit", "quota_proc_read (xt_quota2.c of xtables-addons)", "18446744073709551615\n"],
  [
    xtQtaguidCtrl,
    "xt_qtaguid/ctrl",
    "qtaguid_ctrl_proc_read (net/netfilter/xt_qtaguid.c of Android)",
    "sock=ffffffc03a1b2c00 tag=0xffffff0100002714 (uid=10004) pid=1811 f_count=2\nevents: sockets_tagged=12 sockets_untagged=11 counter_set_changes=3 delete_cmds=0 iface_events=4 match_calls=900 match_found_sk=800 match_found_sk_in_ct=0 match_found_no_sk_in_ct=0 match_no_sk=100 match_no_sk_file=20\n",
  ],
  [
    xtQtaguidStats,
    "xt_qtaguid/stats",
    "a device with Android, pp_stats_line (net/netfilter/xt_qtaguid.c)",
    `idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes tx_packets ${TRAFFIC}\n2 rmnet0 0x0 0 0 18393 326 8506 166 10889 267 7504 59 0 0 4180 101 3397 54 929 11\n`,
  ],
  [
    xtQtaguidIfaceStatAll,
    "xt_qtaguid/iface_stat_all",
    "pp_iface_stat_line (net/netfilter/xt_qtaguid.c of Android)",
    "rmnet0 1 4968 35 3081 39 0 0 0 0\n",
  ],
  [
    xtQtaguidIfaceStatFmt,
    "xt_qtaguid/iface_stat_fmt",
    "pp_iface_stat_line (net/netfilter/xt_qtaguid.c of Android)",
    `ifname total_skb_rx_bytes total_skb_rx_packets total_skb_tx_bytes total_skb_tx_packets ${TRAFFIC}\nrmnet0 4968 35 3081 39 4968 35 0 0 0 0 3081 39 0 0 0 0\n`,
  ],
]);
