import { type CatalogueEntry, entry } from "../form/catalogue-entry.ts";
import type { Counter } from "../form/options.ts";
import { rawTextTable } from "../form/raw-text.ts";
import { type AfsAddrPrefsEntries, afsAddrPrefsTable } from "./afs/afs-addr-prefs.ts";
import { type AfsCellsEntries, afsCellsTable } from "./afs/afs-cells.ts";
import { afsRootcellTable, afsSysnameTable } from "./afs/afs-names.ts";
import { type AfsServersEntries, afsServersTable } from "./afs/afs-servers.ts";
import { type AfsStats, afsStatsTable } from "./afs/afs-stats.ts";
import { type AfsVlservers, afsVlserversTable } from "./afs/afs-vlservers.ts";
import { type AfsVolumesEntries, afsVolumesTable } from "./afs/afs-volumes.ts";
import { type RxrpcBundlesEntries, rxrpcBundlesTable } from "./afs/rxrpc-bundles.ts";
import { type RxrpcCallsEntries, rxrpcCallsTable } from "./afs/rxrpc-calls.ts";
import { type RxrpcConnsEntries, rxrpcConnsTable } from "./afs/rxrpc-conns.ts";
import { type RxrpcLocalsEntries, rxrpcLocalsTable } from "./afs/rxrpc-locals.ts";
import { type RxrpcPeersEntries, rxrpcPeersTable } from "./afs/rxrpc-peers.ts";
import { type RxrpcStats, rxrpcStatsTable } from "./afs/rxrpc-stats.ts";
import { type CanBcm, canBcmTable } from "./can/can-bcm.ts";
import { type CanRcvlistEntries, canRcvlistTable } from "./can/can-rcvlist.ts";
import { type CanStats, canStatsTable } from "./can/can-stats.ts";
import { type KcmEntries, kcmTable } from "./families/kcm.ts";
import { type KcmStats, kcmStatsTable } from "./families/kcm-stats.ts";
import { type SctpAssocsEntries, sctpAssocsTable } from "./sctp/sctp-assocs.ts";
import { type SctpDbgObjcnt, sctpDbgObjcntTable } from "./sctp/sctp-dbg-objcnt.ts";
import { type SctpEpsEntries, sctpEpsTable } from "./sctp/sctp-eps.ts";
import { type SctpRemaddrEntries, sctpRemaddrTable } from "./sctp/sctp-remaddr.ts";
import { type SctpSnmp, sctpSnmpTable } from "./sctp/sctp-snmp.ts";

/** The files of SCTP, CAN, RxRPC, AFS and KCM. */
export interface ProtocolTables<Value extends Counter = number> {
  readonly "afs/addr_prefs": AfsAddrPrefsEntries;
  readonly "afs/cells": AfsCellsEntries;
  readonly "afs/rootcell": string | undefined;
  readonly "afs/servers": AfsServersEntries;
  readonly "afs/stats": AfsStats<Value>;
  readonly "afs/sysname": string[];
  readonly "afs/*/vlservers": AfsVlservers | undefined;
  readonly "afs/*/volumes": AfsVolumesEntries;
  readonly "can/rcvlist_all": CanRcvlistEntries<Value>;
  readonly "can/rcvlist_eff": CanRcvlistEntries<Value>;
  readonly "can/rcvlist_err": CanRcvlistEntries<Value>;
  readonly "can/rcvlist_fil": CanRcvlistEntries<Value>;
  readonly "can/rcvlist_inv": CanRcvlistEntries<Value>;
  readonly "can/rcvlist_sff": CanRcvlistEntries<Value>;
  readonly "can/reset_stats": string;
  readonly "can/stats": CanStats<Value>;
  readonly "can/version": string;
  readonly "can-bcm/*": CanBcm<Value> | undefined;
  readonly kcm: KcmEntries<Value>;
  readonly kcm_stats: KcmStats<Value>;
  readonly "rxrpc/bundles": RxrpcBundlesEntries;
  readonly "rxrpc/calls": RxrpcCallsEntries;
  readonly "rxrpc/conns": RxrpcConnsEntries;
  readonly "rxrpc/locals": RxrpcLocalsEntries;
  readonly "rxrpc/peers": RxrpcPeersEntries;
  readonly "rxrpc/stats": RxrpcStats;
  readonly rxrpc_calls: RxrpcCallsEntries;
  readonly rxrpc_conns: RxrpcConnsEntries;
  readonly "sctp/assocs": SctpAssocsEntries;
  readonly "sctp/eps": SctpEpsEntries;
  readonly "sctp/remaddr": SctpRemaddrEntries;
  readonly "sctp/sctp_dbg_objcnt": SctpDbgObjcnt;
  readonly "sctp/snmp": SctpSnmp<Value>;
}

const AFS = { needs: "CONFIG_AFS_FS, module kafs", since: "4.18" };
const CAN = { needs: "CONFIG_CAN, module can", since: "2.6.25" };
const KCM = { needs: "CONFIG_AF_KCM, module kcm", since: "4.6" };
const RXRPC = { needs: "CONFIG_AF_RXRPC, module rxrpc", since: "4.12" };
const OLD_RXRPC = { needs: RXRPC.needs, since: "2.6.22", until: "4.12" };
const SCTP = { needs: "CONFIG_IP_SCTP, module sctp" };
const filters = entry<CanRcvlistEntries<Counter>, object>(canRcvlistTable, CAN);

export const PROTOCOLS: {
  readonly [Name in keyof ProtocolTables]: CatalogueEntry<ProtocolTables<Counter>[Name]>;
} = {
  "afs/addr_prefs": entry(afsAddrPrefsTable, { ...AFS, since: "6.8" }),
  "afs/cells": entry(afsCellsTable, AFS),
  "afs/rootcell": entry(afsRootcellTable, AFS),
  "afs/servers": entry(afsServersTable, AFS),
  "afs/stats": entry(afsStatsTable, AFS),
  "afs/sysname": entry(afsSysnameTable, AFS),
  "afs/*/vlservers": entry(afsVlserversTable, AFS),
  "afs/*/volumes": entry(afsVolumesTable, AFS),
  "can/rcvlist_all": filters,
  "can/rcvlist_eff": filters,
  "can/rcvlist_err": filters,
  "can/rcvlist_fil": filters,
  "can/rcvlist_inv": filters,
  "can/rcvlist_sff": filters,
  "can/reset_stats": entry(rawTextTable, { ...CAN, sideEffect: "resets the CAN statistics of the namespace" }),
  "can/stats": entry(canStatsTable, CAN),
  "can/version": entry(rawTextTable, { ...CAN, until: "5.10" }),
  "can-bcm/*": entry(canBcmTable, { needs: "CONFIG_CAN_BCM, module can-bcm", since: "2.6.25" }),
  kcm: entry(kcmTable, KCM),
  kcm_stats: entry(kcmStatsTable, KCM),
  "rxrpc/bundles": entry(rxrpcBundlesTable, { ...RXRPC, since: "6.10" }),
  "rxrpc/calls": entry(rxrpcCallsTable, RXRPC),
  "rxrpc/conns": entry(rxrpcConnsTable, RXRPC),
  "rxrpc/locals": entry(rxrpcLocalsTable, { ...RXRPC, since: "5.1" }),
  "rxrpc/peers": entry(rxrpcPeersTable, { ...RXRPC, since: "5.1" }),
  "rxrpc/stats": entry(rxrpcStatsTable, { ...RXRPC, since: "6.2" }),
  rxrpc_calls: entry(rxrpcCallsTable, OLD_RXRPC),
  rxrpc_conns: entry(rxrpcConnsTable, OLD_RXRPC),
  "sctp/assocs": entry(sctpAssocsTable, SCTP),
  "sctp/eps": entry(sctpEpsTable, SCTP),
  "sctp/remaddr": entry(sctpRemaddrTable, SCTP),
  "sctp/sctp_dbg_objcnt": entry(sctpDbgObjcntTable, { needs: "CONFIG_SCTP_DBG_OBJCNT, module sctp" }),
  "sctp/snmp": entry(sctpSnmpTable, SCTP),
};
