/**
 * A server that tells of the sockets of a machine: metrics that fit node_exporter, with owners.
 *
 * @packageDocumentation
 */

export type { FilterOptions } from "./collectors/filters.ts";
export { createProcnetServer, type ProcnetServer, type ServerOptions } from "./server.ts";
