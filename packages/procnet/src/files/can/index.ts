// CAN: what is public of each file. `npm run lists` makes the doors of it.
export { type CanBcm, type CanBcmOp, type CanBcmRxOp, type CanBcmTxOp, canBcm, parseCanBcm } from "./can-bcm.ts";
export {
  type CanRcvlistEntries,
  type CanRcvlistEntry,
  canRcvlistAll,
  canRcvlistEff,
  canRcvlistErr,
  canRcvlistFil,
  canRcvlistInv,
  canRcvlistSff,
  parseCanRcvlist,
} from "./can-rcvlist.ts";
export { type CanStats, canStats, parseCanStats } from "./can-stats.ts";
export { canResetStats, canVersion } from "./can-text.ts";
