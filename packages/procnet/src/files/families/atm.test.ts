import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { type AtmVc, parseAtmDevices, parseAtmPvc, parseAtmSvc, parseAtmVc } from "./atm.ts";
import { parseAtmBr2684 } from "./atm-br2684.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
const POINTER = "000000006d3c5f21";
const aal0 = { aal: "0", tx: 0, txErr: 0, rx: 0, rxErr: 0, rxDrop: 0 };
const aals = [aal0, { aal: "5", tx: 120, txErr: 1, rx: 118, rxErr: 2, rxDrop: 3 }];
checkFile({
  name: "atm/devices",
  header: 'Itf Type    ESI/"MAC"addr AAL(TX,err,RX,err,drop) ...               [refcnt]\n',
  text: `  0 solos-pci020000000001  0 ( 0 0 0 0 0 )  5 ( 120 1 118 2 3 )\t[3]
  1 adummy  020000000002  0 ( 0 0 0 0 0 )  5 ( 120 1 118 2 3 )\t[1]
`,
  parse: parseAtmDevices,
  rows: [
    { itf: 0, type: "solos-pci", esi: "020000000001", aals, refCount: 3 },
    { itf: 1, type: "adummy", esi: "020000000002", aals, refCount: 1 },
  ],
});

const pvc = { itf: 0, vpi: 8, vci: 35, aal: "5", rxPcr: 0, rxClass: "UBR", txPcr: 9, txClass: "CBR" };
checkFile({
  name: "atm/pvc",
  header: "Itf VPI VCI   AAL RX(PCR,Class) TX(PCR,Class)\n",
  text: "  0   8    35 5         0 UBR         9 CBR   \n  0   8    35 5         0 UBR         9 CBR   CLIP, Itf:atm0, Encap:LLC/SNAP\n",
  parse: parseAtmPvc,
  rows: [
    { ...pvc, clip: undefined },
    { ...pvc, clip: "CLIP, Itf:atm0, Encap:LLC/SNAP" },
  ],
});

const buffers = { sendQueue: 1, sendBuffer: 212992, receiveQueue: 2, receiveBuffer: 7, refCount: 2 };
checkFile({
  name: "atm/vc",
  header: "Address         Itf VPI VCI   Fam Flags Reply Send buffer     Recv buffer      [refcnt]\n",
  text: `${POINTER}   0   8    35 PVC 0114      0       1/ 212992       2/      7 [2]
${POINTER} Unassigned    SVC 0000    -22       1/ 212992       2/      7 [2]
`,
  parse: parseAtmVc,
  rows: [
    { pointer: POINTER, itf: 0, vpi: 8, vci: 35, family: "PVC", flags: 0x114, reply: 0, ...buffers },
    { pointer: POINTER, family: "SVC", flags: 0, reply: -22, ...buffers },
  ] as AtmVc[],
});

checkFile({
  name: "atm/svc",
  header: "Itf VPI VCI           State      Remote\n",
  text: `  0   8    35         CONNECTED  4930+47000580ffe1000000f21a26d800010000000000\nN/A@${POINTER}  LISTEN     \n`,
  parse: parseAtmSvc,
  rows: [
    {
      pointer: undefined,
      itf: 0,
      vpi: 8,
      vci: 35,
      state: "CONNECTED",
      remote: "4930+47000580ffe1000000f21a26d800010000000000",
    },
    { pointer: POINTER, itf: undefined, vpi: undefined, vci: undefined, state: "LISTEN", remote: undefined },
  ],
});

checkFile({
  name: "atm/br2684",
  header: "",
  text: `dev nas0: num=1, mac=02:00:00:00:00:01 (set)
  vcc 0.8.35: encaps=LLC payload=bridged, failed copies 0/0
    filter=192.0.2.0/255.255.255.0
dev nas1: num=2, mac=02:00:00:00:00:02 (auto)
`,
  parse: parseAtmBr2684,
  rows: [
    {
      ...{ name: "nas0", num: 1, mac: "02:00:00:00:00:01", macFrom: "set" },
      vccs: [
        {
          ...{ itf: 0, vpi: 8, vci: 35, detail: "encaps=LLC payload=bridged, failed copies 0/0" },
          filter: "192.0.2.0/255.255.255.0",
        },
      ],
    },
    { name: "nas1", num: 2, mac: "02:00:00:00:00:02", macFrom: "auto", vccs: [] },
  ],
});
