/**
 * A server that tells of the sockets of a machine: metrics that fit node_exporter, with owners.
 *
 * @packageDocumentation
 */

export type { Expose } from "./api/expose.ts";
export type { FilterOptions } from "./collectors/filters.ts";
export { activatedDescriptors } from "./listen/activation.ts";
export type { ServerOptions } from "./options.ts";
export type { OtlpOptions } from "./otlp/destination.ts";
export { type ProcnetMetrics, type ProcnetMetricsOptions, procnetMetrics } from "./procnet-metrics.ts";
export { createProcnetServer, type ProcnetServer } from "./server.ts";
