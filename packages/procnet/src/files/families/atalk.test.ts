import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import {
  type AtalkArp,
  type AtalkRoute,
  parseAtalkArp,
  parseAtalkInterface,
  parseAtalkRoute,
  parseAtalkSocket,
} from "./atalk.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
checkFile({
  name: "atalk/interface",
  header: "Interface        Address   Networks  Status\n",
  text: "eth0             FF00:2A  FF00-FFFE  1\n",
  parse: parseAtalkInterface,
  rows: [{ interface: "eth0", net: 0xff00, node: 0x2a, firstNet: 0xff00, lastNet: 0xfffe, status: 1 }],
});

checkFile({
  name: "atalk/route",
  header: "Target        Router  Flags Dev\n",
  text: "Default     0001:02  3     eth0\nFF00:00     0000:00  1     eth0\n",
  parse: parseAtalkRoute,
  rows: [
    { routerNet: 1, routerNode: 2, flags: 3, dev: "eth0" },
    { targetNet: 0xff00, targetNode: 0, routerNet: 0, routerNode: 0, flags: 1, dev: "eth0" },
  ] as AtalkRoute[],
});

checkFile({
  name: "atalk/socket",
  header: "Type Local_addr  Remote_addr Tx_queue Rx_queue St UID\n",
  text: "02   FF00:2A:FD  0001:02:03  00000004:00000010 07 1000\n",
  parse: parseAtalkSocket,
  rows: [
    {
      ...{ type: 2, localNet: 0xff00, localNode: 0x2a, localPort: 0xfd, remoteNet: 1, remoteNode: 2, remotePort: 3 },
      ...{ txQueue: 4, rxQueue: 16, state: 7, uid: 1000 },
    },
  ],
});

const arp = { net: 0xff00, node: 1, interface: "eth0", hwAddress: "02:00:00:00:00:01" };
checkFile({
  name: "atalk/arp",
  header: "Address  Interface   Hardware Address   Expires LastSend  Retry Status\n",
  text: `FF00:01  eth0        02:00:00:00:00:01   118.40                 resolved
FF00:01  eth0        02:00:00:00:00:01     9.05     0.50      3 unresolved
`,
  parse: parseAtalkArp,
  rows: [
    { ...arp, expires: 118.4, status: "resolved" },
    { ...arp, expires: 9.05, lastSend: 0.5, retry: 3, status: "unresolved" },
  ] as AtalkArp[],
});

it("gives back every AppleTalk socket printed as the kernel prints it", () => {
  const byte = fc.nat({ max: 0xff });
  const word = fc.nat({ max: 0xffff });
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
  fc.assert(
    fc.property(word, byte, byte, fc.nat(), fc.nat(), (net, node, port, queue, uid) => {
      const end = `${hex(net, 4)}:${hex(node, 2)}:${hex(port, 2)}`;
      const header = "Type Local_addr  Remote_addr Tx_queue Rx_queue St UID\n";
      const text = `${header}02   ${end}  ${end}  ${hex(queue, 8)}:${hex(0, 8)} 07 ${uid}\n`;
      const expected = { localNet: net, remoteNode: node, localPort: port, txQueue: queue, rxQueue: 0, uid };
      expect(parseAtalkSocket(bytes(text))).toMatchObject([expected]);
    }),
    { numRuns: 60 },
  );
});
