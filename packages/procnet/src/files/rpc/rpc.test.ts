import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { describeAlike, describeTexts } from "../../../../../test/support/tables/tree-of.ts";
import { Krb5Enctype } from "../../codes/krb5.ts";
import { nameOf } from "../../codes/two-way.ts";
import { rpcChannel } from "./rpc-channel.ts";
import { parseRpcContent, rpcContent } from "./rpc-content.ts";
import { parseRpcNfs } from "./rpc-nfs.ts";
import { parseRpcNfsd } from "./rpc-nfsd.ts";
import {
  parseGssKrb5Enctypes,
  parseRpcFlush,
  parseRpcUseGssProxy,
  rpcFlush,
  rpcGssKrb5Enctypes,
  rpcUseGssProxy,
} from "./rpc-values.ts";

const ZEROS = (count: number) => " 0".repeat(count);
const NFS = `net 0 1 2 3
rpc 18 2 4294967295
proc3 22 1 6${ZEROS(20)}
proc4 61${ZEROS(60)} 9
`;
const NFSD = `rc 0 10 18446744073709551615
fh 7 0 0 0 0
io 4096 8192
th 8 0${" 0.000".repeat(10)}
ra 0${ZEROS(11)}
net 42 0 42 1
rpc 42 6 1 2 3
proc3 22 2 10${ZEROS(20)}
proc4 2 1 30
proc4ops 4 0 0 0 12
wdeleg_getattr 5
`;
const CONTENT_HEADER = "#path domain(flags)\n";
const CONTENT = `${CONTENT_HEADER}/export/tmp\t*(rw,insecure,sec=1:390003)
# expiry=1700000000 refcnt=2 flags=1
/tmp/a\\040+\\040b\t*,szarotka.example.org(ro,wdelay)
# /tmp/\\303\\251\\134x\t*()
`;

it("reads the counters of the client", () => {
  expect(parseRpcNfs(bytes(NFS))).toEqual({
    net: { packets: 0, udp: 1, tcp: 2, tcpConnections: 3 },
    rpc: { calls: 18, retransmissions: 2, authRefreshes: 4294967295 },
    proc3: [1, 6, ...new Array(20).fill(0)],
    proc4: [...new Array(60).fill(0), 9],
  });
});

it("reads the counters of the server", () => {
  expect(parseRpcNfsd(bytes(NFSD))).toEqual({
    rc: { hits: 0, misses: 10, nocache: 2 ** 64 },
    fh: { stale: 7, extra: [0, 0, 0, 0] },
    io: { read: 4096, write: 8192 },
    th: { threads: 8, allBusy: 0, histogram: new Array(10).fill(0) },
    ra: { numbers: new Array(12).fill(0) },
    net: { packets: 42, udp: 0, tcp: 42, tcpConnections: 1 },
    rpc: { calls: 42, bad: 6, badFormat: 1, badAuth: 2, badClient: 3 },
    proc3: [2, 10, ...new Array(20).fill(0)],
    proc4: [1, 30],
    proc4ops: [0, 0, 0, 12],
    wdeleg_getattr: { count: 5 },
  });
  expect(parseRpcNfsd(bytes(NFSD), { bigint: true }).rc?.nocache).toBe(2n ** 64n - 1n);
});

it("keeps lines and numbers of newer kernels, and the seconds of old ones", () => {
  const text = "new_line 1 2\nrpc 42 6 1 2 3 4\nth 8 3 1.500 0.020\n";
  expect(parseRpcNfsd(bytes(text), { bigint: true })).toEqual({
    rpc: { calls: 42n, bad: 6n, badFormat: 1n, badAuth: 2n, badClient: 3n, extra: [4n] },
    th: { threads: 8n, allBusy: 3n, histogram: [1.5, 0.02] },
    others: { new_line: [1n, 2n] },
  });
});

it("does not take a list of the wrong length", () => {
  const { kept, issues } = outcome(parseRpcNfs, bytes("net 1 2 3 4\nproc3 22 1 6\n"));
  expect(kept).toEqual({ net: { packets: 1, udp: 2, tcp: 3, tcpConnections: 4 } });
  expect(issues.map(({ line, field }) => [line, field])).toEqual([[2, "proc3"]]);
});

it("reads the entries of caches: escapes, those not valid, the line of debugging", () => {
  expect(parseRpcContent(bytes(CONTENT))).toEqual([
    { valid: true, fields: ["/export/tmp", "*(rw,insecure,sec=1:390003)"], debug: undefined },
    {
      valid: true,
      fields: ["/tmp/a + b", "*,szarotka.example.org(ro,wdelay)"],
      debug: "expiry=1700000000 refcnt=2 flags=1",
    },
    { valid: false, fields: ["/tmp/é\\x", "*()"], debug: undefined },
  ]);
  expect(parseRpcContent(bytes("#h\n\\4 \\08 \\777 \\\n"))[0]?.fields).toEqual(["\\4", "\\08", "\\777", "\\"]);
});

it("reads files of one value", () => {
  expect(parseRpcFlush(bytes("1700000000\n"))).toBe(1700000000);
  expect(parseRpcUseGssProxy(bytes("-1\n"))).toBe(-1);
  expect(parseRpcFlush(bytes(""))).toBeUndefined();
  const { enctypes } = parseGssKrb5Enctypes(bytes("18,17,26,25,20,19,99"));
  expect(enctypes).toEqual([18, 17, 26, 25, 20, 19, 99]);
  expect(nameOf(Krb5Enctype, enctypes[0]!)).toBe("AES256_CTS_HMAC_SHA1_96");
  expect(parseGssKrb5Enctypes(bytes("18\n"))).toEqual({ enctypes: [18] });
  expect(parseGssKrb5Enctypes(bytes(""))).toEqual({ enctypes: [] });
  for (const parse of [parseRpcFlush, parseRpcUseGssProxy, parseGssKrb5Enctypes]) {
    for (const wrong of ["x\n", "1 2\n", "1\n2\n"]) expect(() => parse(bytes(wrong)), wrong).toThrow();
  }
});

it("gives back every list of procedures printed as the kernel prints it", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffffffff)), fc.array(fc.nat(0xffffffff)), (proc3, proc4) => {
      const print = (name: string, counts: number[]) => `${[name, counts.length, ...counts].join(" ")}\n`;
      expect(parseRpcNfs(bytes(print("proc3", proc3) + print("proc4", proc4)))).toEqual({ proc3, proc4 });
    }),
    { numRuns: 60 },
  );
});

describeBroken("rpc/nfs", NFS, parseRpcNfs);
describeBroken("rpc/nfsd", NFSD, parseRpcNfsd);
describeBroken("rpc/<cache>/content", CONTENT, parseRpcContent, { header: CONTENT_HEADER });

// read_flush (net/sunrpc/cache.c), read_gssp, read_gss_krb5_enctypes (net/sunrpc/auth_gss/svcauth_gss.c).
describeAlike(parseRpcContent, CONTENT, [[rpcContent, "rpc/nfsd.export/content"]]);
describeAlike(parseRpcFlush, "1700000000\n", [[rpcFlush, "rpc/nfsd.export/flush"]]);
describeAlike(parseRpcUseGssProxy, "-1\n", [[rpcUseGssProxy, "rpc/use-gss-proxy"]]);
describeAlike(parseGssKrb5Enctypes, "18,17,26,25,20,19", [[rpcGssKrb5Enctypes, "rpc/gss_krb5_enctypes"]]);
// ip_map_request (net/sunrpc/svcauth_unix.c): what mountd is asked.
describeTexts([[rpcChannel, "rpc/auth.unix.ip/channel", "ip_map_request", "nfsd 192.0.2.9\n"]]);
