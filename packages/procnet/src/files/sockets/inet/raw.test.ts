import { describeDatagrams } from "../../../../../../test/support/tables/datagram.ts";
import { IpProtocol } from "../../../codes/ip-protocol.ts";
import { parseRaw, parseRaw6, raw, raw6 } from "./raw.ts";

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";
const HEADER6 =
  "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";

describeDatagrams({
  name: "raw",
  parse: parseRaw,
  table: raw,
  text: [
    HEADER,
    " 117: 010200C0:0001 090200C0:0000 01 00000000:00000000 00:00000000 00000000     0        0 1472999 2 0000000008303058 0",
    " 216: 00000000:0059 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1472998 2 00000000bc0d37b9 0",
  ]
    .map((line) => `${line}\n`)
    .join(""),
  rows: [
    {
      localAddress: "192.0.2.1",
      localPort: 1,
      remoteAddress: "192.0.2.9",
      remotePort: 0,
      state: "ESTABLISHED",
      inode: 1472999,
    },
    {
      localAddress: "0.0.0.0",
      localPort: IpProtocol.OSPF,
      remoteAddress: "0.0.0.0",
      state: "CLOSE",
      refCount: 2,
      drops: 0,
    },
  ],
  slWidth: 4,
  pad: 0,
});

describeDatagrams({
  name: "raw6",
  parse: parseRaw6,
  table: raw6,
  text: [
    HEADER6,
    "    6: B80D0120000000000000000001000000:00FF 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1473001 2 000000009f6a07c4 0",
    "   55: 00000000000000000000000000000000:003A 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1473000 2 00000000bb0476ab 0",
  ]
    .map((line) => `${line}\n`)
    .join(""),
  rows: [
    { localAddress: "2001:db8::1", localPort: IpProtocol.RAW, remoteAddress: "::", state: "CLOSE", inode: 1473001 },
    { localAddress: "::", localPort: IpProtocol.ICMPV6, inode: 1473000, drops: 0 },
  ],
  slWidth: 5,
  pad: 0,
});
