import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Chunks } from "../../packages/procnet/src/bytes/chunks.ts";
import { parseTcp, parseTcp6, tcp, tcp6 } from "../../packages/procnet/src/files/sockets/inet/tcp.ts";
import { parseUdp, parseUdp6, udp, udp6 } from "../../packages/procnet/src/files/sockets/inet/udp.ts";
import { parseUnix, unix } from "../../packages/procnet/src/files/sockets/unix/unix.ts";
import { type Scanner, scanChunks } from "../../packages/procnet/src/form/scanner.ts";
import type { ByteOrder, InetOptions, InetSocketEntry, TcpState } from "../../packages/procnet/src/index.ts";
import { inetText, kernelRow } from "../support/kernel-rows.ts";
import { referenceRows } from "./reference-parser.ts";

const FILES = [
  { name: "tcp", parse: parseTcp, table: tcp, digits: 8 },
  { name: "tcp6", parse: parseTcp6, table: tcp6, digits: 32 },
  { name: "udp", parse: parseUdp, table: udp, digits: 8 },
  { name: "udp6", parse: parseUdp6, table: udp6, digits: 32 },
] as const;

const byteOrder: fc.Arbitrary<ByteOrder> = fc.constantFrom("LE", "BE");
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Delivers a text in pieces of the given sizes, over and over. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]): (buffer: Uint8Array, offset: number) => number {
  let at = 0;
  let piece = 0;
  return (buffer, offset) => {
    const size = Math.min(sizes[piece++ % sizes.length]!, buffer.length - 1 - offset);
    const part = bytes.subarray(at, at + size);
    buffer.set(part, offset);
    at += part.length;
    return part.length;
  };
}

describe.each(FILES)("$name", ({ name, parse, table, digits }) => {
  const isTcp = name.startsWith("tcp");
  const rows = fc.array(kernelRow(isTcp), { maxLength: 40 });
  const text = fc.tuple(rows, byteOrder, fc.boolean()).map(([rows, order, padded]) => ({
    order,
    bytes: encode(inetText(name, rows, { digits, order, padded })),
    reference: referenceRows(inetText(name, rows, { digits, order, padded }), isTcp, order),
  }));

  it("agrees with a parser that splits lines into words", () => {
    fc.assert(
      fc.property(text, ({ bytes, order, reference }) => {
        expect(parse(bytes, { byteOrder: order })).toEqual(reference);
      }),
      { numRuns: 300 },
    );
  });

  it("gives back what was printed", () => {
    fc.assert(
      fc.property(rows, byteOrder, (rows, order) => {
        const parsed = parse(encode(inetText(name, rows, { digits, order, padded: true })), { byteOrder: order });
        expect(
          parsed.map(({ localPort, uid, inode, rxQueue, txQueue }) => [localPort, uid, inode, rxQueue, txQueue]),
        ).toEqual(rows.map(({ localPort, uid, inode, rxQueue, txQueue }) => [localPort, uid, inode, rxQueue, txQueue]));
      }),
    );
  });

  it("filters and counts as the rows say", () => {
    const where: fc.Arbitrary<NonNullable<InetOptions["where"]>> = fc.record(
      {
        state: fc.subarray(["LISTEN", "ESTABLISHED", "TIME_WAIT", "CLOSE", "UNKNOWN(14)"] as TcpState[]),
        localPort: fc.subarray([0, 80, 65535]),
        remotePort: fc.subarray([0, 80, 65535]),
        uid: fc.subarray([0, 65534, 4294967295]),
        inode: fc.subarray([0, 1, 99999, 4294967296]).map((inodes) => new Set(inodes)),
      },
      { requiredKeys: [] },
    );
    const keeps = (row: InetSocketEntry, by: NonNullable<InetOptions["where"]>): boolean =>
      ((by.state as readonly string[] | undefined)?.includes(row.state) ?? true) &&
      ((by.localPort as readonly number[] | undefined)?.includes(row.localPort) ?? true) &&
      ((by.remotePort as readonly number[] | undefined)?.includes(row.remotePort) ?? true) &&
      ((by.uid as readonly number[] | undefined)?.includes(row.uid) ?? true) &&
      ((by.inode as ReadonlySet<number> | undefined)?.has(row.inode) ?? true);
    fc.assert(
      fc.property(text, where, ({ bytes, order, reference }, where) => {
        // Listeners come first in the kernel's files, and asking for them alone relies on that.
        fc.pre(!(isTcp && where.state?.length === 1 && where.state[0] === "LISTEN"));
        const options = { byteOrder: order, where };
        const expected = reference.filter((row) => keeps(row, where));
        expect(parse(bytes, options)).toEqual(expected);
        expect(counted(table, bytes, options)).toEqual(countsOf(expected));
        expect(counted(table, bytes, { byteOrder: order })).toEqual(countsOf(reference));
      }),
      { numRuns: 300 },
    );
  });

  it("does not care where the text is cut into pieces", () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9000 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(text, sizes, fc.integer({ min: 2, max: 5000 }), ({ bytes, order, reference }, sizes, room) => {
        const chunks = (): Chunks => new Chunks(inPieces(bytes, sizes), new Uint8Array(room));
        expect(scanChunks(table.scanner({ byteOrder: order }) as Scanner<InetSocketEntry>, chunks())).toEqual(
          reference,
        );
        const counter = table.counter!({ byteOrder: order });
        const all = chunks();
        while (all.next()) expect(counter.scan(all.bytes, all.start, all.end)).toBe(true);
        expect(counter.finish(all.cut)).toEqual(countsOf(reference));
      }),
      { numRuns: 200 },
    );
  });
});

it("asked for listeners alone, finds those among and behind other rows, and the row that cannot be read", () => {
  fc.assert(
    fc.property(fc.array(kernelRow(true)), (rows) => {
      const text = inetText("tcp", rows, { digits: 8, order: "LE", padded: true });
      const listeners = referenceRows(text, true, "LE").filter(({ state }) => state === "LISTEN");
      const where = { state: "LISTEN" } as const;
      expect(parseTcp(encode(text), { byteOrder: "LE", where })).toEqual(listeners);
      const broken = encode(`${text}no row at all\n`);
      expect(() => parseTcp(broken, { byteOrder: "LE", where })).toThrow(
        expect.objectContaining({ code: "ERR_PARSE" }),
      );
    }),
  );
});

it("joins the lines of unix names wherever the text is cut", () => {
  const name = fc.string({ unit: fc.constantFrom("a", " ", "\n", "ü", "日", "\u001b", "@", "/"), maxLength: 30 });
  const line = fc.tuple(fc.nat(999_999), fc.option(name, { nil: undefined })).map(([inode, path]) => {
    const numbers = `00000000d01efaba: 00000002 00000000 00010000 0001 01 ${String(inode).padStart(5)}`;
    return path === undefined ? numbers : `${numbers} ${path}`;
  });
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (lines, sizes) => {
      const bytes = encode(["Num       RefCount Protocol Flags    Type St Inode Path", ...lines, ""].join("\n"));
      const chunks = new Chunks(inPieces(bytes, sizes), new Uint8Array(64));
      const rows = scanChunks(unix.scanner({}), chunks);
      expect(rows).toEqual(parseUnix(bytes));
      expect(rows.map(({ inode, path }) => `${inode} ${path}`)).toEqual(
        lines.map((line) => {
          const [, inode, path] = /^.{52} *(\d+)(?: ([\s\S]*))?$/.exec(line)!;
          return `${inode} ${path}`;
        }),
      );
    }),
  );
});

type Table = (typeof FILES)[number]["table"];

function counted(table: Table, bytes: Uint8Array, options: InetOptions): Map<string, number> {
  const counter = table.counter!(options);
  counter.scan(bytes, 0, bytes.length);
  return counter.finish(false);
}

function countsOf(rows: readonly InetSocketEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
