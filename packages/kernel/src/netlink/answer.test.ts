import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Answer } from "./answer.ts";
import { kernelBytes } from "./bytes.ts";
import { KernelError } from "./errors.ts";
import { BrokenMessage, requestBytes, Writer } from "./message.ts";

const [ERROR, DONE, OVERRUN, ROW] = [2, 3, 4, 20];
const [DUMP_INTR, CAPPED, ACK_TLVS] = [0x10, 0x100, 0x200];

interface Part {
  readonly type: number;
  readonly flags?: number;
  readonly sequence?: number;
  readonly payload?: Uint8Array;
}

describe.each([
  ["little-endian", true],
  ["big-endian", false],
])("an answer of a %s machine", (_, littleEndian) => {
  const one = ({ type, flags = 2, sequence = 5, payload = new Uint8Array() }: Part): Uint8Array =>
    requestBytes({ type, flags, sequence, payload }, littleEndian);
  const datagram = (...parts: readonly Part[]): Uint8Array =>
    Uint8Array.from(
      parts.flatMap((part) => {
        const bytes = one(part);
        return [...bytes, ...Array((4 - (bytes.length & 3)) & 3).fill(0)];
      }),
    );
  const writer = (): Writer => new Writer(littleEndian);
  const number = (value: number): Uint8Array =>
    writer()
      .u32(value >>> 0)
      .bytes();
  const text = (words: string): Uint8Array => new TextEncoder().encode(`${words}\0`);

  function given(isDump: boolean, ...datagrams: readonly Uint8Array[]) {
    const rows: string[] = [];
    let of = kernelBytes(new Uint8Array());
    const answer = new Answer("a question", 5, isDump, (type, from, to) =>
      rows.push(`${type} ${Buffer.from(of.bytes.subarray(from, to)).toString("hex")}`),
    );
    for (const bytes of datagrams) {
      of = kernelBytes(bytes, littleEndian);
      answer.bytes(of, bytes.length);
    }
    return { rows, isOver: answer.isOver, isInterrupted: answer.isInterrupted };
  }
  const refusal = (...datagrams: readonly Uint8Array[]): KernelError => {
    try {
      given(true, ...datagrams);
    } catch (error) {
      if (error instanceof KernelError) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  };

  it("is over with the end of a dump, over several datagrams, at any length of rows", () => {
    const rows = [
      { type: ROW, payload: Uint8Array.of(1, 2, 3) },
      { type: ROW, payload: Uint8Array.of(4) },
    ];
    expect(given(true, datagram(...rows))).toEqual({
      rows: ["20 010203", "20 04"],
      isOver: false,
      isInterrupted: false,
    });
    const second = datagram({ type: ROW }, { type: DONE, payload: number(0) });
    expect(given(true, datagram(...rows), second)).toMatchObject({ rows: ["20 010203", "20 04", "20 "], isOver: true });
    expect(given(true, datagram({ type: DONE }))).toMatchObject({ isOver: true });
  });

  it("of one message is over with it", () => {
    expect(given(false, datagram({ type: ROW, payload: Uint8Array.of(7) }))).toMatchObject({
      rows: ["20 07"],
      isOver: true,
    });
    const acknowledged = datagram({
      type: ERROR,
      payload: writer()
        .u32(0)
        .raw(one({ type: 21 }))
        .bytes(),
    });
    expect(given(false, acknowledged)).toEqual({ rows: [], isOver: true, isInterrupted: false });
  });

  it("leaves out what answers a question before, and what comes behind its end", () => {
    const mixed = datagram(
      { type: ROW, sequence: 4, payload: Uint8Array.of(1) },
      { type: ERROR, sequence: 4, payload: number(-22) },
      { type: DONE, sequence: 6 },
      { type: ROW, payload: Uint8Array.of(2) },
      { type: DONE },
      { type: ROW, payload: Uint8Array.of(3) },
    );
    expect(given(true, mixed)).toEqual({ rows: ["20 02"], isOver: true, isInterrupted: false });
  });

  it.each([ROW, DONE])("says that the kernel was interrupted, by a message of type %i", (type) => {
    expect(given(true, datagram({ type, flags: 2 | DUMP_INTR })).isInterrupted).toBe(true);
    expect(given(true, datagram({ type, flags: 2 | DUMP_INTR, sequence: 4 })).isInterrupted).toBe(false);
  });

  it("that refuses is an error with the kernel's name of it", () => {
    const error = refusal(
      datagram({
        type: ERROR,
        payload: writer()
          .u32(-13 >>> 0)
          .raw(one({ type: 20 }))
          .bytes(),
      }),
    );
    expect([error.code, error.errno, error.message]).toEqual(["EACCES", 13, "a question: EACCES"]);
    expect(refusal(datagram({ type: ERROR, payload: number(-999) })).code).toBe("errno 999");
    expect(refusal(datagram({ type: ERROR, payload: Uint8Array.of(1) })).code).toBe("EIO");
    expect(refusal(datagram({ type: OVERRUN })).code).toBe("ENOBUFS");
  });

  it("that refuses with words says them: behind the request told again, or behind its head alone", () => {
    const asked = one({ type: 20, payload: new Uint8Array(9) });
    const padded = Uint8Array.from([...asked, 0, 0, 0]);
    const words = writer().attribute(2, number(24)).attribute(1, text("invalid bytecode")).bytes();
    const whole = writer()
      .u32(-22 >>> 0)
      .raw(padded)
      .raw(words)
      .bytes();
    expect(refusal(datagram({ type: ERROR, flags: ACK_TLVS, payload: whole })).message).toBe(
      "a question: invalid bytecode (EINVAL)",
    );
    const head = writer()
      .u32(-22 >>> 0)
      .raw(asked.subarray(0, 16))
      .raw(words)
      .bytes();
    expect(refusal(datagram({ type: ERROR, flags: ACK_TLVS | CAPPED, payload: head })).message).toBe(
      "a question: invalid bytecode (EINVAL)",
    );
    // Without the flag what follows are no words.
    expect(refusal(datagram({ type: ERROR, flags: CAPPED, payload: head })).message).toBe("a question: EINVAL");
  });

  it("that breaks at its end is an error, with words where there are some", () => {
    expect(refusal(datagram({ type: ROW }, { type: DONE, payload: number(-105) })).code).toBe("ENOBUFS");
    const words = writer()
      .u32(-2 >>> 0)
      .attribute(1, text("no such table"))
      .bytes();
    expect(refusal(datagram({ type: DONE, flags: ACK_TLVS, payload: words })).message).toBe(
      "a question: no such table (ENOENT)",
    );
  });

  it.each([
    ["shorter than its head", [15, 0]],
    ["longer than what came", [17, 0]],
    ["as long as can be said", [0xffffffff, 0]],
    ["of no length", [0, 0]],
  ])("with a message %s is broken", (__, [length]) => {
    const bytes = one({ type: ROW });
    new DataView(bytes.buffer).setUint32(0, length!, littleEndian);
    expect(() => given(true, bytes)).toThrow(BrokenMessage);
  });

  it("cut anywhere but between two messages is broken", () => {
    const whole = datagram({ type: ROW, payload: Uint8Array.of(1, 2, 3, 4) }, { type: DONE });
    for (let length = 0; length <= whole.length; length++) {
      const act = (): unknown => given(true, whole.slice(0, length));
      if ([0, 20, 36].includes(length)) expect(act).not.toThrow();
      else expect(act, `${length} bytes`).toThrow(BrokenMessage);
    }
  });

  it("whatever it is, is rows, an error of the kernel or broken, and nothing behind its end is in it", () => {
    const part = fc.record({
      type: fc.constantFrom(ERROR, DONE, ROW, OVERRUN, 0xffff),
      flags: fc.constantFrom(0, 2, DUMP_INTR, ACK_TLVS, ACK_TLVS | CAPPED),
      sequence: fc.constantFrom(5, 5, 5, 4),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ maxLength: 60 }).map((rest) => Uint8Array.from([0xea, 0xff, 0xff, 0xff, ...rest])),
      ),
    });
    const whole = fc.array(part, { maxLength: 4 }).map((parts) => datagram(...parts));
    const spoilt = fc
      .tuple(whole, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }))
      .map(([bytes, changes]) => {
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 80 })), fc.boolean(), (bytes, isDump) => {
        const within = (filler: number): unknown => {
          const room = new Uint8Array(bytes.length + 64).fill(filler);
          room.set(bytes);
          const rows: string[] = [];
          const answer = new Answer("a question", 5, isDump, (type, from, to) => {
            expect(from <= to && to <= bytes.length).toBe(true);
            rows.push(`${type} ${from} ${to}`);
          });
          try {
            answer.bytes(kernelBytes(room, littleEndian), bytes.length);
          } catch (error) {
            if (!(error instanceof KernelError || error instanceof BrokenMessage)) throw error;
            return [rows, error.message];
          }
          return [rows, answer.isOver, answer.isInterrupted];
        };
        expect(within(0xff)).toEqual(within(0));
      }),
      { numRuns: 2000 },
    );
  });
});
