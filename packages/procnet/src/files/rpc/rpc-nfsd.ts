import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";
import { NET_LINE, type RpcLineShape, type RpcNetLine, type RpcProcedures, rpcLines } from "./rpc-lines.ts";

/*
 * /proc/net/rpc/nfsd, the NFS server: nfsd_show (fs/nfsd/stats.c) and svc_seq_show (net/sunrpc/stats.c).
 *
 *   rc 0 10 32
 *   fh 0 0 0 0 0
 *   io 4096 8192
 *   th 8 0 0.000 0.000 0.000 0.000 0.000 0.000 0.000 0.000 0.000 0.000
 *   ra 0 0 0 0 0 0 0 0 0 0 0 0
 *   net 42 0 42 1
 *   rpc 42 0 0 0 0
 *   proc3 22 2 10 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
 *   proc4 2 1 30
 *   proc4ops 3 0 0 0
 *   wdeleg_getattr 0
 */

/** Counters of `/proc/net/rpc/nfsd` by the first word of each line. Those before `net` are 64 bits wide on current kernels. */
export interface RpcNfsd<Value extends Counter = number> extends RpcProcedures<Value> {
  /** Reply cache: requests answered from it, those not in it, those that never are. */
  readonly rc?: { readonly hits: Value; readonly misses: Value; readonly nocache: Value };
  /** File handles: `stale` ones; the other numbers are 0 on current kernels. */
  readonly fh?: { readonly stale: Value; readonly extra?: readonly Value[] };
  /** Bytes read and written by clients. */
  readonly io?: { readonly read: Value; readonly write: Value };
  /** `threads` that serve; how often all were busy, and for how many seconds what share was: zeros on current kernels. */
  readonly th?: { readonly threads: Value; readonly allBusy: Value; readonly histogram: readonly number[] };
  /** Read-ahead cache: its size, then hits by depth. Zeros on current kernels. */
  readonly ra?: { readonly numbers: readonly Value[] };
  /** Packets and connections that came in. */
  readonly net?: RpcNetLine<Value>;
  /** `bad` is the sum of the three after it. */
  readonly rpc?: {
    readonly calls: Value;
    readonly bad: Value;
    readonly badFormat: Value;
    readonly badAuth: Value;
    readonly badClient: Value;
  };
  /** Operations inside the `COMPOUND` procedure of NFS version 4; position is the operation's number, 0 to 2 unused. */
  readonly proc4ops?: readonly Value[];
  /** Attributes asked for while a write delegation was out. Since Linux 6.6. */
  readonly wdeleg_getattr?: { readonly count: Value };
}

/**
 * Counters of `/proc/net/rpc/nfsd` by the first word of each line.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcNfsd } from "procnet/tables";
 * read(rpcNfsd).io?.read;
 * ```
 */
export const rpcNfsd: TextTable<"rpc/nfsd", RpcNfsd, RpcNfsd<bigint>> = counterTable(
  { name: "rpc/nfsd", needs: "CONFIG_NFSD, module nfsd" },
  { parse },
);

const SHAPES: ReadonlyMap<string, RpcLineShape> = /* @__PURE__ */ new Map<string, RpcLineShape>([
  ["rc", { names: ["hits", "misses", "nocache"] }],
  ["fh", { names: ["stale"] }],
  ["io", { names: ["read", "write"] }],
  ["th", { names: ["threads", "allBusy"], rest: "histogram" }],
  ["ra", { names: [], rest: "numbers" }],
  ["net", NET_LINE],
  ["rpc", { names: ["calls", "bad", "badFormat", "badAuth", "badClient"] }],
  ["wdeleg_getattr", { names: ["count"] }],
]);

/**
 * Parses the text of `/proc/net/rpc/nfsd`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRpcNfsd } from "procnet/parse";
 * parseRpcNfsd(bytes).io?.read;
 * ```
 */
export function parseRpcNfsd<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): RpcNfsd<CounterOf<Exact>>;
export function parseRpcNfsd(text: Uint8Array, options: ParseOptions = {}): RpcNfsd<Counter> {
  return rpcNfsd.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): RpcNfsd<Counter> {
  return rpcLines(text, options, SHAPES);
}
