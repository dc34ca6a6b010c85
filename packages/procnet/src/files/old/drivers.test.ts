import { describeTexts } from "../../../../../test/support/tables/tree-of.ts";
import { dccpprobe, hostap, ieee80211, rtl8192, sctpprobe, tcpprobe } from "./drivers.ts";

// No machine with these was at hand: the texts follow the formats in the sources that print them.
describeTexts([
  [
    tcpprobe,
    "tcpprobe",
    "tcpprobe_sprint (net/ipv4/tcp_probe.c)",
    "0.000204182 192.0.2.1:43210 192.0.2.9:80 32 0x3f2a1b0c 0x3f2a1b0c 10 2147483647 65535 26 29312\n",
  ],
  [dccpprobe, "dccpprobe", "jdccp_sendmsg (net/dccp/probe.c)", "0.000204182 192.0.2.1:43210 192.0.2.9:5001 256\n"],
  [
    sctpprobe,
    "sctpprobe",
    "jsctp_sf_eat_sack (net/sctp/probe.c)",
    "1.000204 ffff88003a1b2c00  7777 43210  1500    65536     0 *192.0.2.9  2     4380    65536        0        0     1500 \n",
  ],
  [
    hostap,
    "hostap/wlan0/debug",
    "prism2_debug_proc_show (drivers/net/wireless/intersil/hostap/hostap_proc.c)",
    `next_txfid=0 next_alloc=0\n${"FID: tx=0112 intransmit=FFFF\n".repeat(8)}FW TX rate control: 0\nbeacon_int=100\ndtim_period=1\nwds_max_connections=16\ndev_enabled=1\nsw_tick_stuck=0\npri_only=0\npci=1\nsram_type=-1\nno_pri=0\n`,
  ],
  [
    rtl8192,
    "rtl8192/wlan0/stats-ap",
    "proc_get_stats_ap (drivers/staging/rtl8192u/r8192U_core.c)",
    "home WPA\nguest non_WPA\n",
  ],
  [
    ieee80211,
    "ieee80211/debug_level",
    "debug_level_proc_show (drivers/net/wireless/intel/ipw2x00/libipw_module.c)",
    "0x00000000\n",
  ],
]);
