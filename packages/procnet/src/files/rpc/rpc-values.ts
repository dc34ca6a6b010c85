import { decimalSpan } from "../../bytes/decimal.ts";
import { eachLine } from "../../form/forms.ts";
import { type Issues, RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { numberForm } from "../../form/number-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * Files of one value: /proc/net/rpc/<cache>/flush (net/sunrpc/cache.c), use-gss-proxy and gss_krb5_enctypes
 * (net/sunrpc/auth_gss/svcauth_gss.c). The last one has no newline, so that it was cut cannot be seen.
 *
 *   1700000000
 *   18,17,26,25,20,19
 */

/** The text of `/proc/net/rpc/gss_krb5_enctypes`. */
export interface GssKrb5Enctypes {
  /** Kerberos encryption types that the kernel offers, best first: see `Krb5Enctype`. */
  readonly enctypes: readonly number[];
}

/**
 * The text of `/proc/net/rpc/gss_krb5_enctypes`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcGssKrb5Enctypes } from "procnet/tables";
 * console.log(read(rpcGssKrb5Enctypes));
 * ```
 */
export const rpcGssKrb5Enctypes: TextTable<"rpc/gss_krb5_enctypes", GssKrb5Enctypes> = table(
  { name: "rpc/gss_krb5_enctypes", needs: "CONFIG_SUNRPC_GSS, module auth_rpcgss", since: "6.4" },
  { parse: enctypes },
);

/**
 * When a cache was last flushed, seconds since 1970: `/proc/net/rpc/<cache>/flush`. Entries made before count as expired.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcFlush } from "procnet/tables";
 * console.log(read(rpcFlush, { name: "rpc/auth.unix.ip/flush" }));
 * ```
 */
export const rpcFlush: TextTable<"rpc/*/flush", number | undefined> = table(
  {
    name: "rpc/*/flush",
    needs: "CONFIG_SUNRPC, module sunrpc, and the module of the cache (nfsd, nfs, ...)",
    readers: "root",
  },
  numberForm,
);

/**
 * 1 when the kernel asks gssproxy, 0 when another daemon, -1 while that is undecided: `/proc/net/rpc/use-gss-proxy`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcUseGssProxy } from "procnet/tables";
 * console.log(read(rpcUseGssProxy));
 * ```
 */
export const rpcUseGssProxy: TextTable<"rpc/use-gss-proxy", number | undefined> = table(
  { name: "rpc/use-gss-proxy", needs: "CONFIG_SUNRPC_GSS, module auth_rpcgss", since: "3.10", readers: "root" },
  numberForm,
);

/**
 * Parses the text of `/proc/net/rpc/<cache>/flush`: when the cache was last flushed, seconds since 1970. Entries made before
 * count as expired. `undefined` when the text is empty.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when it is no number, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRpcFlush } from "procnet/parse";
 * new Date((parseRpcFlush(bytes) ?? 0) * 1000);
 * ```
 */
export function parseRpcFlush(text: Uint8Array, options: ParseOptions = {}): number | undefined {
  return rpcFlush.parse(text, options);
}

/**
 * Parses the text of `/proc/net/rpc/use-gss-proxy`: 1 when the kernel asks gssproxy, 0 when another daemon, -1 while that is
 * undecided. `undefined` when the text is empty.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when it is no number, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRpcUseGssProxy } from "procnet/parse";
 * parseRpcUseGssProxy(bytes) === 1;
 * ```
 */
export function parseRpcUseGssProxy(text: Uint8Array, options: ParseOptions = {}): number | undefined {
  return rpcUseGssProxy.parse(text, options);
}

/**
 * Parses the text of `/proc/net/rpc/gss_krb5_enctypes`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first word that is no number, unless `onIssue` is given
 * @example
 * ```ts
 * import { Krb5Enctype, nameOf } from "procnet";
 * import { parseGssKrb5Enctypes } from "procnet/parse";
 * parseGssKrb5Enctypes(bytes).enctypes.map((type) => nameOf(Krb5Enctype, type));
 * ```
 */
export function parseGssKrb5Enctypes(text: Uint8Array, options: ParseOptions = {}): GssKrb5Enctypes {
  return rpcGssKrb5Enctypes.parse(text, options);
}

const COMMA = 0x2c;

function enctypes(text: Uint8Array, options: ParseOptions): GssKrb5Enctypes {
  const types: number[] = [];
  const take = (line: Line, issues: Issues): void => {
    if (types.length > 0) throw new RowError(line.start, "line", "expected one line");
    for (let at = line.start; at < line.end; at++) {
      let end = at;
      while (end < line.end && text[end] !== COMMA) end++;
      const type = decimalSpan(text, at, end);
      if (Number.isNaN(type)) issues.row(line, new RowError(at, "enctype", "expected a decimal number"));
      else types.push(type);
      at = end;
    }
  };
  eachLine(text, options, take, { unended: true });
  return { enctypes: types };
}
