import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InetOptions } from "../../../packages/procnet/src/files/sockets/inet/inet-format.ts";
import type { InetTable } from "../../../packages/procnet/src/files/sockets/inet/inet-table.ts";
import type { UdpNetEntry } from "../../../packages/procnet/src/files/sockets/inet/udp.ts";
import { bytes, describeBroken } from "./broken.ts";

/** One file of the family of udp: its parser, its table, and a capture of this file. */
export interface DatagramFile {
  readonly name: string;
  readonly parse: (text: Uint8Array, options?: InetOptions) => UdpNetEntry[];
  readonly table: InetTable<string, UdpNetEntry>;
  readonly text: string;
  /** The rows of `text`, as far as they matter. */
  readonly rows: readonly Partial<UdpNetEntry>[];
  /** How the kernel prints `sl`, and to which length it fills a line. */
  readonly slWidth: number;
  readonly pad: number;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");
const swapWords = (text: string): string => text.replace(/(..)(..)(..)(..)/g, "$4$3$2$1");

/** Prints a row as the kernel does; the addresses are those of the file's first row. */
function print(file: DatagramFile, addresses: readonly [string, string], row: UdpNetEntry): string {
  const { slWidth, pad } = file;
  const state = row.state === "CLOSE" ? "07" : "01";
  const line =
    `${String(17).padStart(slWidth)}: ${addresses[0]}:${hex(row.localPort, 4)} ${addresses[1]}:${hex(row.remotePort, 4)} ` +
    `${state} ${hex(row.txQueue, 8)}:${hex(row.rxQueue, 8)} 00:00000000 00000000 ${String(row.uid).padStart(5)} ` +
    `${"0".padStart(8)} ${row.inode} ${row.refCount} 00000000a60b02f6 ${row.drops}`;
  return `${line.padEnd(pad)}\n`;
}

/** What every file of the family must do. */
export function describeDatagrams(file: DatagramFile): void {
  const { name, parse, table, text } = file;
  const header = text.slice(0, text.indexOf("\n") + 1);
  const digits = table.format.addresses.digits;
  const first = text.slice(header.length).trimStart().split(" ");
  const addresses = [first[1]!.slice(0, digits), first[2]!.slice(0, digits)] as const;

  describe(name, () => {
    it("reads a capture", () => {
      expect(parse(bytes(text), { byteOrder: "LE" })).toEqual(file.rows.map((row) => expect.objectContaining(row)));
    });

    it("reads the same capture of a big-endian machine", () => {
      const big = text.replaceAll(new RegExp(`[0-9A-F]{${digits}}(?=:[0-9A-F]{4} )`, "g"), swapWords);
      expect(big).not.toBe(text);
      expect(parse(bytes(big), { byteOrder: "BE" })).toEqual(parse(bytes(text), { byteOrder: "LE" }));
    });

    it("counts by state what it reads as rows", () => {
      const counter = table.counter!({});
      const whole = bytes(text);
      counter.scan(whole, 0, whole.length);
      const states = new Map<string, number>();
      for (const row of parse(whole)) states.set(row.state, (states.get(row.state) ?? 0) + 1);
      expect([...counter.finish(false)].sort()).toEqual([...states].sort());
    });

    it("filters", () => {
      const [row] = parse(bytes(text));
      expect(parse(bytes(text), { where: { localPort: row!.localPort, inode: row!.inode } })).toEqual([row]);
      expect(parse(bytes(text), { where: { state: "LISTEN" } })).toEqual([]);
    });

    it("gives back every row printed as the kernel prints it", () => {
      const port = fc.integer({ min: 0, max: 0xffff });
      const word = fc.nat(0xffffffff);
      const template = parse(bytes(text))[0]!;
      const entry: fc.Arbitrary<UdpNetEntry> = fc
        .record({
          localPort: port,
          remotePort: port,
          state: fc.constantFrom("CLOSE" as const, "ESTABLISHED" as const),
          txQueue: word,
          rxQueue: word,
          uid: word,
          inode: fc.maxSafeNat(),
          refCount: fc.nat(0x7fffffff),
          drops: word,
        })
        .map((fields) => ({ ...template, ...fields }));
      fc.assert(
        fc.property(fc.array(entry), (rows) => {
          expect(parse(bytes(header + rows.map((row) => print(file, addresses, row)).join("")))).toEqual(rows);
        }),
        { numRuns: 60 },
      );
    });

    it("names the field of a bad row", () => {
      const broken = text.replace(" 07 ", " ZZ ");
      expect(() => parse(bytes(broken))).toThrow(expect.objectContaining({ code: "ERR_PARSE", field: "st" }));
    });
  });

  describeBroken(name, text, parse, { header });
}
