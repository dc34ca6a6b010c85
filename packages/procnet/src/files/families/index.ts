// The lesser protocol families: what is public of each file. `npm run lists` makes the doors of it.
export {
  type AtalkArp,
  type AtalkInterface,
  type AtalkRoute,
  type AtalkSocket,
  atalkArp,
  atalkInterface,
  atalkRoute,
  atalkSocket,
  parseAtalkArp,
  parseAtalkInterface,
  parseAtalkRoute,
  parseAtalkSocket,
} from "./atalk.ts";
export {
  type AtmAalStats,
  type AtmDevice,
  type AtmPvc,
  type AtmSvc,
  type AtmVc,
  atmDevices,
  atmPvc,
  atmSvc,
  atmVc,
  parseAtmDevices,
  parseAtmPvc,
  parseAtmSvc,
  parseAtmVc,
} from "./atm.ts";
export { type AtmBr2684, type AtmBr2684Vcc, atmBr2684, parseAtmBr2684 } from "./atm-br2684.ts";
export {
  type Ax25Calls,
  type Ax25Entry,
  type Ax25Route,
  ax25,
  ax25Calls,
  ax25Route,
  parseAx25,
  parseAx25Calls,
  parseAx25Route,
} from "./ax25.ts";
export {
  type BluetoothEntries,
  type BluetoothEntry,
  bnep,
  cmtp,
  hci,
  hidp,
  iso,
  l2cap,
  parseBluetooth,
  rfcomm,
  sco,
} from "./bluetooth.ts";
export { type BpqetherEntries, type BpqetherEntry, bpqether, parseBpqether } from "./bpqether.ts";
export { atm, atmArp, atmLec, atmMpc, z8530drv } from "./driver-text.ts";
export { type KcmEntries, type KcmEntry, kcm, parseKcm } from "./kcm.ts";
export { type KcmStats, kcmStats, parseKcmStats } from "./kcm-stats.ts";
export { type LlcCore, type LlcSocket, llcCore, llcSocket, parseLlcCore, parseLlcSocket } from "./llc.ts";
export {
  type NrEntry,
  type NrNeigh,
  type NrNode,
  nr,
  nrNeigh,
  nrNodes,
  parseNr,
  parseNrNeigh,
  parseNrNodes,
} from "./netrom.ts";
export { type PfkeyEntries, type PfkeyEntry, parsePfkey, pfkey } from "./pfkey.ts";
export {
  type PhonetEntries,
  type PhonetEntry,
  type PnresourceEntries,
  type PnresourceEntry,
  parsePhonet,
  parsePnresource,
  phonet,
  pnresource,
} from "./phonet.ts";
export {
  parseRose,
  parseRoseNeigh,
  parseRoseNodes,
  parseRoseRoutes,
  type RoseEntry,
  type RoseNeigh,
  type RoseNode,
  type RoseRoute,
  type RoseRouteEnd,
  rose,
  roseNeigh,
  roseNodes,
  roseRoutes,
} from "./rose.ts";
export {
  parseX25Forward,
  parseX25Route,
  parseX25Socket,
  type X25Forward,
  type X25Route,
  type X25Socket,
  x25Forward,
  x25Route,
  x25Socket,
} from "./x25.ts";
export { parseYam, type YamPort, type YamPorts, yam } from "./yam.ts";
