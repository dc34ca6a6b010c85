// AFS and RxRPC: what is public of each file. `npm run lists` makes the doors of it.
export { type AfsAddrPrefsEntries, type AfsAddrPrefsEntry, afsAddrPrefs, parseAfsAddrPrefs } from "./afs-addr-prefs.ts";
export { type AfsCellsEntries, type AfsCellsEntry, afsCells, parseAfsCells } from "./afs-cells.ts";
export { afsRootcell, afsSysname, parseAfsRootcell, parseAfsSysname } from "./afs-names.ts";
export {
  type AfsServerAddress,
  type AfsServersEntries,
  type AfsServersEntry,
  afsServers,
  parseAfsServers,
} from "./afs-servers.ts";
export { type AfsStats, type AfsStatsGroup, afsStats, parseAfsStats } from "./afs-stats.ts";
export {
  type AfsVlserver,
  type AfsVlserverAddress,
  type AfsVlservers,
  afsVlservers,
  parseAfsVlservers,
} from "./afs-vlservers.ts";
export { type AfsVolumesEntries, type AfsVolumesEntry, afsVolumes, parseAfsVolumes } from "./afs-volumes.ts";
export { parseRxrpcBundles, type RxrpcBundlesEntries, type RxrpcBundlesEntry, rxrpcBundles } from "./rxrpc-bundles.ts";
export {
  oldRxrpcCalls,
  parseRxrpcCalls,
  type RxrpcCallsEntries,
  type RxrpcCallsEntry,
  rxrpcCalls,
} from "./rxrpc-calls.ts";
export {
  oldRxrpcConns,
  parseRxrpcConns,
  type RxrpcConnsEntries,
  type RxrpcConnsEntry,
  rxrpcConns,
} from "./rxrpc-conns.ts";
export { parseRxrpcLocals, type RxrpcLocalsEntries, type RxrpcLocalsEntry, rxrpcLocals } from "./rxrpc-locals.ts";
export { parseRxrpcPeers, type RxrpcPeersEntries, type RxrpcPeersEntry, rxrpcPeers } from "./rxrpc-peers.ts";
export { parseRxrpcStats, type RxrpcStats, type RxrpcStatsGroup, rxrpcStats } from "./rxrpc-stats.ts";
