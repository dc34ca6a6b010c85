// SCTP: what is public of each file. `npm run lists` makes the doors of it.
export { parseSctpAssocs, type SctpAssocsEntries, type SctpAssocsEntry, sctpAssocs } from "./sctp-assocs.ts";
export { parseSctpDbgObjcnt, type SctpDbgObjcnt, sctpDbgObjcnt } from "./sctp-dbg-objcnt.ts";
export { parseSctpEps, type SctpEpsEntries, type SctpEpsEntry, sctpEps } from "./sctp-eps.ts";
export { parseSctpRemaddr, type SctpRemaddrEntries, type SctpRemaddrEntry, sctpRemaddr } from "./sctp-remaddr.ts";
export { parseSctpSnmp, type SctpSnmp, sctpSnmp } from "./sctp-snmp.ts";
