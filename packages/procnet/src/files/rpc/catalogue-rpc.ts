import { type CatalogueEntry, entry } from "../../form/catalogue-entry.ts";
import { numberTable } from "../../form/number-table.ts";
import type { Counter } from "../../form/options.ts";
import { rawTextTable } from "../../form/raw-text.ts";
import { type NfsfsServersEntries, nfsfsServersTable } from "./nfsfs-servers.ts";
import { type NfsfsVolumesEntries, nfsfsVolumesTable } from "./nfsfs-volumes.ts";
import { type RpcContentEntries, rpcContentTable } from "./rpc-content.ts";
import { type RpcNfs, rpcNfsTable } from "./rpc-nfs.ts";
import { type RpcNfsd, rpcNfsdTable } from "./rpc-nfsd.ts";
import { type GssKrb5Enctypes, gssKrb5EnctypesTable } from "./rpc-values.ts";

/** The files of NFS and of the RPC below it. */
export interface RpcTables<Value extends Counter = number> {
  readonly "nfsfs/servers": NfsfsServersEntries;
  readonly "nfsfs/volumes": NfsfsVolumesEntries;
  readonly "rpc/gss_krb5_enctypes": GssKrb5Enctypes;
  readonly "rpc/nfs": RpcNfs<Value>;
  readonly "rpc/nfsd": RpcNfsd<Value>;
  readonly "rpc/use-gss-proxy": number | undefined;
  readonly "rpc/*/channel": string;
  readonly "rpc/*/content": RpcContentEntries;
  readonly "rpc/*/flush": number | undefined;
}

const NFSFS = { needs: "CONFIG_NFS_FS, module nfs", since: "4.1" };
const CACHE = {
  needs: "CONFIG_SUNRPC, module sunrpc, and the module of the cache (nfsd, nfs, ...)",
  readers: "root",
} as const;
const GSS = "CONFIG_SUNRPC_GSS, module auth_rpcgss";

export const RPC: { readonly [Name in keyof RpcTables]: CatalogueEntry<RpcTables<Counter>[Name]> } = {
  "nfsfs/servers": entry(nfsfsServersTable, NFSFS),
  "nfsfs/volumes": entry(nfsfsVolumesTable, NFSFS),
  "rpc/gss_krb5_enctypes": entry(gssKrb5EnctypesTable, { needs: GSS, since: "6.4" }),
  "rpc/nfs": entry(rpcNfsTable, { needs: "CONFIG_NFS_FS, module nfs" }),
  "rpc/nfsd": entry(rpcNfsdTable, { needs: "CONFIG_NFSD, module nfsd" }),
  "rpc/use-gss-proxy": entry(numberTable, { needs: GSS, since: "3.10", readers: "root" }),
  "rpc/*/channel": entry(rawTextTable, {
    ...CACHE,
    sideEffect: "takes requests away from the daemon they are meant for",
  }),
  "rpc/*/content": entry(rpcContentTable, {
    ...CACHE,
    sideEffect: "checks the entries, and may ask the daemon about them",
  }),
  "rpc/*/flush": entry(numberTable, CACHE),
};
