// SunRPC and NFS: what is public of each file. `npm run lists` makes the doors of it.
export {
  type NfsfsServer,
  type NfsfsServersEntries,
  type NfsfsServersEntry,
  nfsfsServers,
  parseNfsfsServers,
} from "./nfsfs-servers.ts";
export { type NfsfsVolumesEntries, type NfsfsVolumesEntry, nfsfsVolumes, parseNfsfsVolumes } from "./nfsfs-volumes.ts";
export { rpcChannel } from "./rpc-channel.ts";
export { parseRpcContent, type RpcContentEntries, type RpcContentEntry, rpcContent } from "./rpc-content.ts";
export { parseRpcNfs, type RpcNfs, rpcNfs } from "./rpc-nfs.ts";
export { parseRpcNfsd, type RpcNfsd, rpcNfsd } from "./rpc-nfsd.ts";
export {
  type GssKrb5Enctypes,
  parseGssKrb5Enctypes,
  parseRpcFlush,
  parseRpcUseGssProxy,
  rpcFlush,
  rpcGssKrb5Enctypes,
  rpcUseGssProxy,
} from "./rpc-values.ts";
