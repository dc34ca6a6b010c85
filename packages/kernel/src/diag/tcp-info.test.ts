import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { compiled, noCompiler } from "../../../../test/support/kernel/compiled.ts";
import { skipIf } from "../../../../test/support/tools.ts";
import { kernelBytes } from "../netlink/bytes.ts";
import { bitsOf, TCP_INFO_FIELDS, tcpInfoReader, USUAL_FIELDS } from "./tcp-info.ts";

describe("where the fields of struct tcp_info lie", () => {
  beforeEach((context) => skipIf(context, noCompiler()));

  it("is where the C compiler has them, by this machine's header", () => {
    // Headers of Linux 6.1 end before the window of this side. Each field, or group of bits, is filled with ones alone: what a reader then has is its own place, and no other.
    const groups = { snd_wscale: 4, rcv_wscale: 4, delivery_rate_app_limited: 1, fastopen_client_fail: 2 };
    const known = TCP_INFO_FIELDS.filter(
      (name) => !/^(rcv_wnd|rehash|total_rto|received_|delivered_e|delivered_ce_|accecn)/.test(name),
    );
    const fill = known
      .map((name) => `memset(&info, 0, sizeof info); info.tcpi_${name} = -1; show("${name}");`)
      .join("\n");
    const said = compiled(`
      #include <linux/tcp.h>
      #include <stdio.h>
      #include <string.h>
      static struct tcp_info info;
      static void show(const char *name) {
        printf("%s ", name);
        for (unsigned at = 0; at < sizeof info; at++) printf("%02x", ((unsigned char *)&info)[at]);
        puts("");
      }
      int main(void) { ${fill} }`);
    const lines = said.trim().split("\n");
    expect(lines.length).toBe(known.length);
    const all = tcpInfoReader("all");
    for (const line of lines) {
      const [name = "", digits = ""] = line.split(" ");
      const bytes = Uint8Array.from(Buffer.from(digits, "hex"));
      const found = Object.entries(all(kernelBytes(bytes), 0, bytes.length)).filter(
        ([, value]) => value !== 0 && value !== undefined,
      );
      // All ones are no pacing rate: it is absent, and nothing else is set.
      if (/pacing_rate/.test(name)) expect(found, name).toEqual([]);
      else
        expect(
          found.map(([key]) => key),
          name,
        ).toEqual([name]);
      const bits = groups[name as keyof typeof groups];
      if (bits !== undefined) expect(found[0]?.[1], name).toBe(2 ** bits - 1);
    }
  });
});

it("the usual fields are the same by their own reader and by the table, at any length", () => {
  const table = tcpInfoReader(USUAL_FIELDS);
  const usual = tcpInfoReader();
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 300 }), fc.boolean(), (bytes, littleEndian) => {
      const of = kernelBytes(bytes, littleEndian);
      expect(usual(of, 0, bytes.length)).toEqual(table(of, 0, bytes.length));
    }),
  );
});

it("fields that a kernel does not have yet are absent: Linux 3.10 tells up to total_retrans", () => {
  const info = tcpInfoReader("all")(kernelBytes(new Uint8Array(104)), 0, 104);
  expect(info).toMatchObject({ rtt: 0, total_retrans: 0 });
  expect(Object.keys(info)).not.toContain("pacing_rate");
  expect(Object.keys(info)).not.toContain("bytes_acked");
});

it("what headers of 6.1 do not have lies behind the peer's window, field by field to the end of 280 bytes", () => {
  const bytes = Uint8Array.from({ length: 280 }, (_, at) => at & 0xff);
  const at = (from: number, size: number): number =>
    Array.from({ length: size }, (_, index) => ((from + index) & 0xff) * 256 ** index).reduce(
      (sum, part) => sum + part,
      0,
    );
  expect(tcpInfoReader("all")(kernelBytes(bytes, true), 0, 280)).toMatchObject({
    ...{
      rcv_wnd: at(232, 4),
      rehash: at(236, 4),
      total_rto: at(240, 2),
      total_rto_recoveries: at(242, 2),
      total_rto_time: at(244, 4),
    },
    ...{ received_ce: at(248, 4), delivered_e1_bytes: at(252, 4), received_ce_bytes: at(272, 4) },
    ...{ accecn_fail_mode: at(276, 2), accecn_opt_seen: at(278, 2) },
  });
});

it("bits are counted from the end that the compiler of the machine begins with", () => {
  expect([bitsOf(0b1010_0001, 0, 4, true), bitsOf(0b1010_0001, 0, 4, false)]).toEqual([1, 10]);
  expect([bitsOf(0b0000_0110, 1, 2, true), bitsOf(0b0110_0000, 1, 2, false)]).toEqual([3, 3]);
});
