/**
 * Typed readers for everything under `/proc/net`, and sockets joined to the processes that own them.
 *
 * @packageDocumentation
 */

import type { Net } from "./net.ts";
import { ProcFs } from "./procfs.ts";

export { escapeText } from "./bytes/escape.ts";
export {
  type CaptureAsyncOptions,
  type CaptureOptions,
  type CaptureResult,
  captureProcNet,
  captureProcNetAsync,
} from "./capture/capture.ts";
export type { CountableName, OptionsOf, RowTableName, TableName, Tables } from "./catalogue.ts";
export type { CountableTable, FileFacts, RowTable, Table, TextTable } from "./form/table.ts";
export type { DefaultRoute } from "./host/default-routes.ts";
export type { Fd } from "./host/fds.ts";
export {
  defaultRoutes,
  type InterfacesAsyncOptions,
  type InterfacesOptions,
  interfaces,
  interfacesAsync,
  type LanAddressOptions,
  lanAddress,
  type NetOptions,
} from "./host/helpers.ts";
export type { AddressKernelFields, InterfaceKernelFields, LinkStatistics } from "./host/interface-kernel-fields.ts";
export {
  type InterfaceSource,
  type NetworkPlace,
  type NetworkSource,
  networkPlace,
  type RouteWay,
} from "./host/interface-source.ts";
export type { Interface, InterfaceAddress, LanAddress } from "./host/interfaces.ts";
export { type MachineIdentity, machineIdentity } from "./host/machine-identity.ts";
export { foreignProcessIds, PIN_PLACES, type PinnedOwnersState } from "./host/pin-file.ts";
export { BaseProcess } from "./host/process.ts";
export { BaseProcFs, baseProcFs, type ProcFsOptions } from "./host/procfs.ts";
export { type HeldByRow, isUnixFd, NamesBefore, otherKinds } from "./host/unix-fd.ts";
export { type HealthOptions, health } from "./live/health.ts";
export { type LimitsOptions, limits } from "./live/limits.ts";
export { type RatesOptions, rates } from "./live/rates.ts";
export { type TakeSampleOptions, takeSample } from "./live/take-sample.ts";
export { type WatchOptions, type WatchOwnOptions, watch } from "./live/watch/watch.ts";
export type { Watch, WatchRead } from "./live/watch/watcher.ts";
export * from "./live.ts";
export { type AllTables, Net, type SkippedFile } from "./net.ts";
export type { TableMethods } from "./net-methods.ts";
export * from "./parse.ts";
export { allProcesses, Process, ProcFs } from "./procfs.ts";
export type { Located, Place } from "./read/place.ts";
export { isProcfs } from "./read/procfs-type.ts";
export {
  count,
  each,
  type FileOptions,
  isFromLinux,
  type OptionsOfTable,
  type ReadOptions,
  type ResultOfTable,
  type RowOfTable,
  read,
  readBytes,
} from "./read/read.ts";
export { type DescribedNamespace, describeNamespace } from "./sockets/describe-namespace.ts";
export { SocketEngine, type SocketEngineOptions } from "./sockets/engine.ts";
export { type NetworkNamespace, networkNamespaces, networkNamespacesAsync } from "./sockets/network-namespaces.ts";
export type { EachSocketOptions, SocketsOptions, UsualProtocol } from "./sockets/options.ts";
export type { OwnSockets } from "./sockets/own-sockets.ts";
export { HeldRecords } from "./sockets/pinned/held-records.ts";
export {
  PinnedOwners,
  type PinnedOwnersOptions,
  pinnedOwners,
  pinnedOwnersState,
} from "./sockets/pinned/pinned-owners.ts";
export { type HeldFile, readHeld } from "./sockets/pinned/read-held.ts";
export { OWNER_MARK, OWNER_RECORD } from "./sockets/pinned/record.ts";
export type {
  FreePort,
  Listener,
  OwnedPort,
  PortAnswer,
  PortBlocker,
  PortSocket,
  UnknownPort,
  WhoListens,
  WhoListensOptions,
} from "./sockets/port-types.ts";
export { type ProcessSockets, type ProcessSocketsOptions, processSockets } from "./sockets/process-sockets.ts";
export {
  eachSocket,
  ownSockets,
  type ProcfsChoice,
  sockets,
  socketsSync,
  type Where,
  whoListens,
  whoListensSync,
} from "./sockets/sockets.ts";
export type { HeldSockets, SocketSource, SourceAsked, SourceLook, SourceQuestion } from "./sockets/source.ts";
export { isTcp6Empty } from "./sockets/tables/tcp6.ts";
export type {
  BpfInstruction,
  DatagramSocket,
  InetKernelFields,
  InetSockOpt,
  KernelFields,
  MptcpInfo,
  MptcpSubflow,
  NetlinkKernelFields,
  NetlinkOptions,
  NetlinkSocket,
  OwnerlessReason,
  PacketFanout,
  PacketKernelFields,
  PacketMembership,
  PacketOptions,
  PacketRing,
  PacketSocket,
  ReadNamespace,
  Skipped,
  SkMemInfo,
  Socket,
  SocketContext,
  SocketOf,
  SocketOwner,
  SocketProtocol,
  SocketsRest,
  SocketsResult,
  TcpInfo,
  TcpKernelFields,
  TcpSocket,
  TlsInfo,
  UnixKernelFields,
  UnixSocket,
} from "./sockets/types.ts";

/**
 * The network files of this process's own namespace.
 *
 * @example
 * ```ts
 * import { net } from "procnet";
 * const listening = net.tcp({ where: { state: "LISTEN" } });
 * ```
 */
export const net: Net = /* @__PURE__ */ ownNet();

/* @__NO_SIDE_EFFECTS__ */
function ownNet(): Net {
  return new ProcFs().net;
}
