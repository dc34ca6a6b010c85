import { describeDatagrams } from "../../../../../../test/support/tables/datagram.ts";
import { parseUdplite, parseUdplite6, udplite, udplite6 } from "./udplite.ts";

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";
const HEADER6 =
  "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";

describeDatagrams({
  name: "udplite",
  parse: parseUdplite,
  table: udplite,
  text: [
    HEADER,
    " 6746: 0100007F:1E61 00000000:0000 07 00000000:00000340 00:00000000 00000000     0        0 1473006 2 00000000d6072b85 0",
    "14127: 0100007F:BB36 0100007F:1E61 01 00000000:00000000 00:00000000 00000000     0        0 1473007 2 00000000883aa814 0",
  ]
    .map((line) => `${line.padEnd(127)}\n`)
    .join(""),
  rows: [
    { localAddress: "127.0.0.1", localPort: 7777, remotePort: 0, state: "CLOSE", rxQueue: 0x340, inode: 1473006 },
    { localAddress: "127.0.0.1", localPort: 47926, remoteAddress: "127.0.0.1", remotePort: 7777, state: "ESTABLISHED" },
  ],
  slWidth: 5,
  pad: 127,
});

describeDatagrams({
  name: "udplite6",
  parse: parseUdplite6,
  table: udplite6,
  text: [
    HEADER6,
    " 6747: B80D0120000000000000000001000000:1E62 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1473008 2 00000000dadfb71c 0",
  ]
    .map((line) => `${line}\n`)
    .join(""),
  rows: [{ localAddress: "2001:db8::1", localPort: 7778, remoteAddress: "::", state: "CLOSE", inode: 1473008 }],
  slWidth: 5,
  pad: 0,
});
