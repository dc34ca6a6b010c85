import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";
import { NET_LINE, type RpcNetLine, type RpcProcedures, rpcLines } from "./rpc-lines.ts";

/*
 * /proc/net/rpc/nfs, the NFS client: rpc_proc_show (net/sunrpc/stats.c). Behind proc2, proc3 and proc4 stands how many
 * numbers follow, more with each kernel. All wrap at 2^32.
 *
 *   net 0 0 0 0
 *   rpc 18 2 18
 *   proc3 22 1 6 0 2 3 0 0 0 0 0 0 0 0 0 0 0 0 0 1 2 1 0
 */

/** Counters of `/proc/net/rpc/nfs` by the first word of each line. */
export interface RpcNfs<Value extends Counter = number> extends RpcProcedures<Value> {
  /** Not counted by the client of current kernels: zeros. */
  readonly net?: RpcNetLine<Value>;
  /** Calls, those sent again, and times credentials were renewed. */
  readonly rpc?: {
    readonly calls: Value;
    readonly retransmissions: Value;
    readonly authRefreshes: Value;
    /** Numbers after those this version knows; absent when there are none. */
    readonly extra?: readonly Value[];
  };
}

/**
 * Counters of `/proc/net/rpc/nfs` by the first word of each line.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcNfs } from "procnet/tables";
 * read(rpcNfs).rpc?.retransmissions;
 * ```
 */
export const rpcNfs: TextTable<"rpc/nfs", RpcNfs, RpcNfs<bigint>> = counterTable(
  { name: "rpc/nfs", needs: "CONFIG_NFS_FS, module nfs" },
  { parse },
);

const SHAPES = /* @__PURE__ */ new Map([
  ["net", NET_LINE],
  ["rpc", { names: ["calls", "retransmissions", "authRefreshes"] }],
]);

/**
 * Parses the text of `/proc/net/rpc/nfs`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRpcNfs } from "procnet/parse";
 * parseRpcNfs(bytes).rpc?.retransmissions;
 * ```
 */
export function parseRpcNfs<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): RpcNfs<CounterOf<Exact>>;
export function parseRpcNfs(text: Uint8Array, options: ParseOptions = {}): RpcNfs<Counter> {
  return rpcNfs.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): RpcNfs<Counter> {
  return rpcLines(text, options, SHAPES);
}
