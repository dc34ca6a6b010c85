import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/rpc/<cache>/channel: cache_read_procfs (net/sunrpc/cache.c). The daemon that answers the kernel reads its requests
 * here: who else reads takes them away from it.
 */

/**
 * Requests of the kernel to the daemon of a cache: `/proc/net/rpc/<cache>/channel`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcChannel } from "procnet/tables";
 * console.log(read(rpcChannel, { name: "rpc/auth.unix.ip/channel" }));
 * ```
 */
export const rpcChannel: TextTable<"rpc/*/channel", string> = table(
  {
    name: "rpc/*/channel",
    needs: "CONFIG_SUNRPC, module sunrpc, and the module of the cache (nfsd, nfs, ...)",
    readers: "root",
    sideEffect: "takes requests away from the daemon they are meant for",
  },
  rawText,
);
