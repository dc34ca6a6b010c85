import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Rate } from "procnet";
import { COUNTER_COLUMNS, itemSchemaOf, schemaOf } from "procnet/view";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { procnet } from "../../../../test/support/command/run.ts";
import { CONNTRACK, devText, softnetRow, statText } from "../../../../test/support/live/sample.ts";
import { runProgram } from "../program.ts";

const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-rates-"));
  mkdirSync(join(root, "1/net/stat"), { recursive: true });
  write({ devices: { eth0: { recvBytes: 900 }, eth1: { recvBytes: 5 } }, dropped: 2 ** 32 - 1, drop: 7 });
});
afterEach(() => rmSync(root, { recursive: true }));

interface Written {
  readonly devices: Parameters<typeof devText>[0];
  readonly dropped: number;
  readonly drop: number;
}

function write({ devices, dropped, drop }: Written): void {
  const put = (name: string, text: string) => writeFileSync(join(root, "1/net", name), text);
  put("dev", devText(devices));
  put("softnet_stat", softnetRow({ dropped }));
  put("stat/nf_conntrack", statText(CONNTRACK, { drop }));
}

/** Two rounds over the tree, which is written anew between them. */
async function rounds(args: readonly string[], next: Written): Promise<{ out: string; err: string; code: number }> {
  let [out, err] = ["", ""];
  const io = testIo({
    out: (text) => {
      if (out === "") write(next);
      out += text;
      return true;
    },
    err: (text) => {
      err += text;
    },
    drain: async () => true,
  });
  const code = await runProgram(["rates", "--root", root, "--every", "5ms", "--rounds", "2", ...args], io);
  return { out, err, code };
}

const RATE: Omit<Rate, "delta" | "perSecond"> = {
  name: "dev.recvBytes",
  file: "net/dev",
  scope: "namespace",
  kind: "counter",
  bits: 64,
  of: { kind: "interface", interface: "eth0", index: 2 },
  value: 90,
};

const NEXT: Written = { devices: { eth0: { recvBytes: 3, sentBytes: 4 }, wlan0: {} }, dropped: 6, drop: 9 };

describe("procnet rates", () => {
  it("says what happened to the counting, a line for each interface, and gives that no rate", async () => {
    const { out, err, code } = await rounds([], NEXT);
    expect(code).toBe(0);
    expect(err.trimEnd().split("\n")).toEqual([
      "procnet: dev.* (16 counters) of eth0 began anew, so it has no rate this time",
      "procnet: dev.* (16 counters) of wlan0 is new",
      "procnet: softnet_stat.dropped of CPU 0 went past its end of 32 bits, so it has no rate this time",
      "procnet: dev.* (16 counters) of eth1 is gone",
    ]);
    const { rates } = JSON.parse(out.trimEnd().split("\n")[1]!);
    expect(rates.map(({ name, delta }: { name: string; delta: number }) => [name, delta])).toEqual([
      ["stat/nf_conntrack.drop", 2],
    ]);
  });

  it("tells of what happened to that alone which was asked for", async () => {
    const { err } = await rounds(["eth1", "stat/*"], NEXT);
    expect(err).toBe("procnet: dev.* (16 counters) of eth1 is gone\n");
  });

  it("prints documents and lines that the schema knows", async () => {
    const { out } = await rounds(["--zeros"], NEXT);
    const validate = ajv.compile(schemaOf("rates"));
    const documents = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(documents).toHaveLength(2);
    for (const document of documents) expect(validate(document) || validate.errors).toBe(true);
    const lines = await procnet(["rates", "--ndjson", "lo"]);
    const isRate = ajv.compile(itemSchemaOf("rates")!);
    const items = lines.out.trimEnd().split("\n");
    expect(items.length).toBe(16);
    for (const line of items) expect(isRate(JSON.parse(line)) || isRate.errors).toBe(true);
  });

  it("fails where one name means nothing, and shows what the others mean", async () => {
    const { out, err, code } = await procnet(["rates", "lo", "RetransSeg"]);
    expect(code).toBe(4);
    expect(out).toContain("dev.recvBytes");
    expect(err).toContain('no counter or interface is called "RetransSeg" (did you mean RetransSegs?)');
  });

  it("has a table with what counters grew by, and that by the time between", () => {
    const rate = (perSecond: number | undefined) =>
      COUNTER_COLUMNS.map(({ value }) => value({ ...RATE, perSecond, delta: perSecond && perSecond * 2 }));
    expect(rate(12.34)).toEqual(["dev.recvBytes", "eth0", "12.3", 24.68, 90, "net/dev"]);
    expect(rate(undefined)).toEqual(["dev.recvBytes", "eth0", undefined, undefined, 90, "net/dev"]);
  });

  it("has all tables by CPU, old ones too", async () => {
    const { out } = await procnet(["rates", "--root", "/proc", "--zeros", "stat/*", "--columns", "name"]);
    for (const name of ["stat/rt_cache.inSlowTot", "stat/arp_cache.lookups"]) expect(out).toContain(name);
  });
});
