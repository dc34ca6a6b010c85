import { expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseAx25, parseAx25Calls, parseAx25Route } from "./ax25.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
const link = {
  ...{ state: 3, vs: 1, vr: 2, va: 4, t1Timer: 5, t1: 10, t2Timer: 6, t2: 3, t3Timer: 240, t3: 300 },
  ...{ idleTimer: 7, idle: 1200, n2Count: 0, n2: 10, rtt: 8, window: 2, paclen: 256 },
};
const NUMBERS = "3 1 2 4 5 10 6 3 240 300 7 1200 0 10 8 2 256";

checkFile({
  name: "ax25",
  header: "",
  text: `000000006d3c5f21 bpq0 N0CALL-1* N1CALL,DIGI1*,DIGI2 ${NUMBERS} 9 11 24601\nd0a1b2c3 ??? N0CALL * ${NUMBERS} * * *\n`,
  parse: parseAx25,
  rows: [
    {
      ...{ pointer: "000000006d3c5f21", dev: "bpq0", srcAddr: "N0CALL-1*", destAddr: "N1CALL" },
      ...{ digipeaters: ["DIGI1*", "DIGI2"], ...link, sendQueue: 9, receiveQueue: 11, inode: 24601 },
    },
    {
      ...{ pointer: "d0a1b2c3", dev: "???", srcAddr: "N0CALL", destAddr: "*", digipeaters: [], ...link },
      ...{ sendQueue: undefined, receiveQueue: undefined, inode: undefined },
    },
  ],
});

checkFile({
  name: "ax25_route",
  header: "callsign  dev  mode digipeaters\n",
  text: "default   bpq0   vc DIGI1 DIGI2\nN1CALL    bpq0    *\n",
  parse: parseAx25Route,
  rows: [
    { callsign: "default", dev: "bpq0", mode: "vc", digipeaters: ["DIGI1", "DIGI2"] },
    { callsign: "N1CALL", dev: "bpq0", mode: "*", digipeaters: [] },
  ],
});

checkFile({
  name: "ax25_calls",
  header: "Policy: 1\n",
  text: "  1000 N0CALL\n",
  parse: (text, options) => parseAx25Calls(text, options).users,
  rows: [{ uid: 1000, callsign: "N0CALL" }],
});

it("reads the policy of ax25_calls", () => {
  expect(parseAx25Calls(bytes("Policy: 1\n"))).toEqual({ policy: 1, users: [] });
});
