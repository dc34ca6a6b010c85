import { describeDatagrams } from "../../../../../../test/support/tables/datagram.ts";
import { icmp, icmp6, parseIcmp, parseIcmp6 } from "./icmp.ts";

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";
const HEADER6 =
  "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";

describeDatagrams({
  name: "icmp",
  parse: parseIcmp,
  table: icmp,
  text: [
    HEADER,
    "   45: 010200C0:1234 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1473004 2 00000000c169594e 0",
  ]
    .map((line) => `${line.padEnd(127)}\n`)
    .join(""),
  rows: [
    {
      localAddress: "192.0.2.1",
      localPort: 0x1234,
      remoteAddress: "0.0.0.0",
      state: "CLOSE",
      inode: 1473004,
      drops: 0,
    },
  ],
  slWidth: 5,
  pad: 127,
});

describeDatagrams({
  name: "icmp6",
  parse: parseIcmp6,
  table: icmp6,
  text: [
    HEADER6,
    "   46: 00000000000000000000000001000000:1235 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1473005 2 000000001df00e12 0",
  ]
    .map((line) => `${line}\n`)
    .join(""),
  rows: [{ localAddress: "::1", localPort: 0x1235, remoteAddress: "::", state: "CLOSE", inode: 1473005 }],
  slWidth: 5,
  pad: 0,
});
