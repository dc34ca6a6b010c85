import { describeTexts } from "../../../../../test/support/tables/tree-of.ts";
import { atm, atmArp, atmLec, atmMpc, z8530drv } from "./driver-text.ts";

// No such hardware was at hand: the texts follow the formats in the sources that print them.
const QOS = [8000, 0, 0, 0, 9188].map((value) => String(value).padEnd(7)).join(" ");
const ESA = "47000580ffe1000000f21a26d80020ea000ee000";

describeTexts([
  [
    atmArp,
    "atm/arp",
    "atmarp_info (net/atm/clip.c)",
    "IPitf TypeEncp Idle IP address      ATM address\natm0  SVC LLC    12 192.0.2.9       (resolving)\n",
  ],
  [
    atmLec,
    "atm/lec",
    "lec_info (net/atm/lec.c)",
    `Itf  MAC          ATM destination                          Status            Flags VPI/VCI Recv VPI/VCI\nlec0 020000000001 ${ESA} ESI_FORWARD_DIRECT 0000  0  75 \n`,
  ],
  [
    atmMpc,
    "atm/mpc",
    "atm_mpoa_disp_qos (net/atm/mpc.c)",
    `QoS entries for shortcuts:\nIP address\n  TX:max_pcr pcr     min_pcr max_cdv max_sdu\n  RX:max_pcr pcr     min_pcr max_cdv max_sdu\n192.0.2.9\n     ${QOS}\n     ${QOS}\n`,
  ],
  [atm, "atm/eni:0", "eni_proc_read (drivers/atm/eni.c)", "eni(itf 0) signal okay, 512kB, 353207 cps remaining\n"],
  [
    z8530drv,
    "z8530drv",
    "scc_net_seq_show (drivers/net/hamradio/scc.c)",
    "z8530drv-3.0\nscc0\t303 302 7 4915200 01 1 000 000 0\n\t1200 0 0 1 384\n\t12 3 0 0\n\t7 0 0 / 5 0 0 / 0 384\n\t36 25 16 3 0 240 24 7 3000 120 4 0\n\n",
  ],
]);
