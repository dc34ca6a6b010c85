/**
 * Typed readers for everything under `/proc/net`, and sockets joined to the processes that own them.
 *
 * @packageDocumentation
 */
import type { Net } from "./proc/net.ts";
import { ProcFs } from "./proc/procfs.ts";

export { isProcfsError, type OnIssue, ProcfsError, type ProcfsErrorCode, type ProcfsIssue } from "./errors.ts";
export * from "./net/public.ts";
export type { CountableName, OptionsOf, RowTableName, TableName, Tables } from "./parse/catalogue.ts";
export * from "./parse/public.ts";
export {
  type CaptureAsyncOptions,
  type CaptureOptions,
  type CaptureResult,
  captureProcNet,
  captureProcNetAsync,
} from "./proc/capture.ts";
export type { DefaultRoute } from "./proc/default-routes.ts";
export type { Fd } from "./proc/fds.ts";
export { defaultRoutes, type InterfacesOptions, interfaces, lanAddress, type NetOptions } from "./proc/helpers.ts";
export type { Interface, InterfaceAddress, LanAddress } from "./proc/interfaces.ts";
export { Net } from "./proc/net.ts";
export type { AllTables, SkippedFile } from "./proc/net-reader.ts";
export { Process } from "./proc/process.ts";
export { allProcesses, ProcFs, type ProcFsOptions } from "./proc/procfs.ts";
export { isProcfs } from "./proc/procfs-type.ts";
export { beginningOfText, networkDirectory, type PiecesOptions, textPieces, wholeText } from "./proc/text-files.ts";
export { isUnixFd, NamesBefore } from "./proc/unix-fd.ts";
export { SocketEngine, type SocketEngineOptions } from "./sockets/engine.ts";
export { type NetworkNamespace, networkNamespaces, networkNamespacesAsync } from "./sockets/network-namespaces.ts";
export type { OwnSockets } from "./sockets/own-sockets.ts";
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
export {
  eachSocket,
  ownSockets,
  sockets,
  socketsSync,
  type Where,
  whoListens,
  whoListensSync,
} from "./sockets/sockets.ts";
export type {
  DatagramSocket,
  EachSocketOptions,
  NetlinkSocket,
  OwnerlessReason,
  PacketSocket,
  ReadNamespace,
  Skipped,
  Socket,
  SocketContext,
  SocketOwner,
  SocketProtocol,
  SocketsOptions,
  SocketsRest,
  SocketsResult,
  TcpSocket,
  UnixSocket,
} from "./sockets/types.ts";
export { escapeText } from "./text/escape.ts";

/**
 * The network files of this process's own namespace.
 *
 * @example
 * ```ts
 * import { net } from "procnet";
 * const listening = net.tcp({ where: { state: "LISTEN" } });
 * ```
 */
export const net: Net = new ProcFs().net;
