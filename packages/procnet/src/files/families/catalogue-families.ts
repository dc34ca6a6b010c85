import { type CatalogueEntry, entry } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { rawTextTable } from "../../form/raw-text.ts";
import {
  type AtalkArp,
  type AtalkInterface,
  type AtalkRoute,
  type AtalkSocket,
  atalkArpTable,
  atalkInterfaceTable,
  atalkRouteTable,
  atalkSocketTable,
} from "./atalk.ts";
import {
  type AtmDevice,
  type AtmPvc,
  type AtmSvc,
  type AtmVc,
  atmDevicesTable,
  atmPvcTable,
  atmSvcTable,
  atmVcTable,
} from "./atm.ts";
import { type AtmBr2684, atmBr2684Table } from "./atm-br2684.ts";
import { type Ax25Calls, type Ax25Entry, type Ax25Route, ax25CallsTable, ax25RouteTable, ax25Table } from "./ax25.ts";
import { type BluetoothEntries, bluetoothTable } from "./bluetooth.ts";
import { type BpqetherEntries, bpqetherTable } from "./bpqether.ts";
import { type LlcCore, type LlcSocket, llcCoreTable, llcSocketTable } from "./llc.ts";
import { type NrEntry, type NrNeigh, type NrNode, nrNeighTable, nrNodesTable, nrTable } from "./netrom.ts";
import { type PfkeyEntries, pfkeyTable } from "./pfkey.ts";
import { type PhonetEntries, type PnresourceEntries, phonetTable, pnresourceTable } from "./phonet.ts";
import {
  type RoseEntry,
  type RoseNeigh,
  type RoseNode,
  type RoseRoute,
  roseNeighTable,
  roseNodesTable,
  roseRoutesTable,
  roseTable,
} from "./rose.ts";
import {
  type X25Forward,
  type X25Route,
  type X25Socket,
  x25ForwardTable,
  x25RouteTable,
  x25SocketTable,
} from "./x25.ts";
import { type YamPorts, yamTable } from "./yam.ts";

/** The files of the lesser protocol families. None has counters of 64 bits; `Value` is there for the sake of its siblings. */
export interface FamilyTables<_Value extends Counter = number> {
  readonly hci: BluetoothEntries;
  readonly l2cap: BluetoothEntries;
  readonly rfcomm: BluetoothEntries;
  readonly sco: BluetoothEntries;
  readonly bnep: BluetoothEntries;
  readonly hidp: BluetoothEntries;
  readonly cmtp: BluetoothEntries;
  readonly iso: BluetoothEntries;
  readonly pfkey: PfkeyEntries;
  readonly phonet: PhonetEntries;
  readonly pnresource: PnresourceEntries;
  readonly "x25/route": X25Route[];
  readonly "x25/socket": X25Socket[];
  readonly "x25/forward": X25Forward[];
  readonly "llc/socket": LlcSocket[];
  readonly "llc/core": LlcCore[];
  readonly "atm/devices": AtmDevice[];
  readonly "atm/pvc": AtmPvc[];
  readonly "atm/vc": AtmVc[];
  readonly "atm/svc": AtmSvc[];
  readonly "atm/br2684": AtmBr2684[];
  readonly "atm/arp": string;
  readonly "atm/lec": string;
  readonly "atm/mpc": string;
  /** Text of a device's driver, file `<type>:<number>`. The kernel refuses reads that are shorter than a piece of it. */
  readonly "atm/*": string;
  readonly ax25: Ax25Entry[];
  readonly ax25_route: Ax25Route[];
  readonly ax25_calls: Ax25Calls;
  readonly nr: NrEntry[];
  readonly nr_neigh: NrNeigh[];
  readonly nr_nodes: NrNode[];
  readonly rose: RoseEntry[];
  readonly rose_neigh: RoseNeigh[];
  readonly rose_nodes: RoseNode[];
  readonly rose_routes: RoseRoute[];
  readonly bpqether: BpqetherEntries;
  readonly yam: YamPorts;
  readonly z8530drv: string;
  readonly "atalk/interface": AtalkInterface[];
  readonly "atalk/route": AtalkRoute[];
  readonly "atalk/socket": AtalkSocket[];
  readonly "atalk/arp": AtalkArp[];
}

const bluetooth = (needs: string, since = "3.6"): { since: string; scope: "initial"; needs: string } => ({
  since,
  scope: "initial",
  needs,
});
const initial = (needs: string): { scope: "initial"; needs: string } => ({ scope: "initial", needs });
const until71 = (needs: string): { scope: "initial"; needs: string; until: string } => ({
  scope: "initial",
  needs,
  until: "7.1",
});

const X25 = initial("CONFIG_X25, module x25");
const LLC = initial("CONFIG_LLC2, module llc2");
const ATM = initial("CONFIG_ATM, module atm");
const AX25 = until71("CONFIG_AX25, module ax25");
const NETROM = until71("CONFIG_NETROM, module netrom");
const ROSE = until71("CONFIG_ROSE, module rose");
const ATALK = until71("CONFIG_ATALK, module appletalk");

export const FAMILIES: { readonly [Name in keyof FamilyTables]: CatalogueEntry<FamilyTables<Counter>[Name]> } = {
  hci: entry(bluetoothTable, bluetooth("CONFIG_BT, module bluetooth")),
  l2cap: entry(bluetoothTable, bluetooth("CONFIG_BT, module bluetooth")),
  rfcomm: entry(bluetoothTable, bluetooth("CONFIG_BT_RFCOMM, module rfcomm")),
  sco: entry(bluetoothTable, bluetooth("CONFIG_BT, module bluetooth")),
  bnep: entry(bluetoothTable, bluetooth("CONFIG_BT_BNEP, module bnep")),
  hidp: entry(bluetoothTable, bluetooth("CONFIG_BT_HIDP, module hidp")),
  cmtp: entry(bluetoothTable, { ...bluetooth("CONFIG_BT_CMTP, module cmtp"), until: "7.1" }),
  iso: entry(bluetoothTable, bluetooth("CONFIG_BT_LE, module bluetooth, ISO sockets enabled", "6.0")),
  pfkey: entry(pfkeyTable, { needs: "CONFIG_NET_KEY, module af_key", since: "2.6.25" }),
  phonet: entry(phonetTable, { needs: "CONFIG_PHONET, module phonet", since: "2.6.33" }),
  pnresource: entry(pnresourceTable, { ...initial("CONFIG_PHONET, module phonet"), since: "2.6.38" }),
  "x25/route": entry(x25RouteTable, X25),
  "x25/socket": entry(x25SocketTable, X25),
  "x25/forward": entry(x25ForwardTable, X25),
  "llc/socket": entry(llcSocketTable, LLC),
  "llc/core": entry(llcCoreTable, LLC),
  "atm/devices": entry(atmDevicesTable, ATM),
  "atm/pvc": entry(atmPvcTable, ATM),
  "atm/vc": entry(atmVcTable, ATM),
  "atm/svc": entry(atmSvcTable, until71("CONFIG_ATM, module atm")),
  "atm/br2684": entry(atmBr2684Table, initial("CONFIG_ATM_BR2684, module br2684")),
  "atm/arp": entry(rawTextTable, until71("CONFIG_ATM_CLIP, module clip")),
  "atm/lec": entry(rawTextTable, until71("CONFIG_ATM_LANE, module lec")),
  "atm/mpc": entry(rawTextTable, until71("CONFIG_ATM_MPOA, module mpoa")),
  "atm/*": entry(rawTextTable, ATM),
  ax25: entry(ax25Table, AX25),
  ax25_route: entry(ax25RouteTable, AX25),
  ax25_calls: entry(ax25CallsTable, AX25),
  nr: entry(nrTable, NETROM),
  nr_neigh: entry(nrNeighTable, NETROM),
  nr_nodes: entry(nrNodesTable, NETROM),
  rose: entry(roseTable, ROSE),
  rose_neigh: entry(roseNeighTable, ROSE),
  rose_nodes: entry(roseNodesTable, ROSE),
  rose_routes: entry(roseRoutesTable, ROSE),
  bpqether: entry(bpqetherTable, until71("CONFIG_BPQETHER, module bpqether")),
  yam: entry(yamTable, until71("CONFIG_YAM, module yam")),
  z8530drv: entry(rawTextTable, until71("CONFIG_SCC, module scc")),
  "atalk/interface": entry(atalkInterfaceTable, ATALK),
  "atalk/route": entry(atalkRouteTable, ATALK),
  "atalk/socket": entry(atalkSocketTable, ATALK),
  "atalk/arp": entry(atalkArpTable, ATALK),
};
