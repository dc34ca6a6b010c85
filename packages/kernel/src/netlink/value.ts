import { ipv4Text, ipv6Text } from "procnet/parse";
import { eachAttribute } from "./attributes.ts";
import { hardwareAddress, hex, type KernelBytes, text, u64 } from "./bytes.ts";

/** Where an attribute's value lies, and what it is as one thing or another: `undefined` where it is too short for that. */
export class AttributeValue {
  readonly of: KernelBytes;
  from = 0;
  to = 0;

  constructor(of: KernelBytes) {
    this.of = of;
  }

  get length(): number {
    return this.to - this.from;
  }

  u8(): number | undefined {
    return this.length < 1 ? undefined : this.of.bytes[this.from];
  }

  u16(at = 0): number | undefined {
    return this.length < at + 2 ? undefined : this.of.view.getUint16(this.from + at, this.of.littleEndian);
  }

  u32(at = 0): number | undefined {
    return this.length < at + 4 ? undefined : this.of.view.getUint32(this.from + at, this.of.littleEndian);
  }

  i32(at = 0): number | undefined {
    return this.length < at + 4 ? undefined : this.of.view.getInt32(this.from + at, this.of.littleEndian);
  }

  /** Above 2^53 it is rounded. */
  u64(at = 0): number | undefined {
    return this.length < at + 8 ? undefined : u64(this.of, this.from + at);
  }

  /** As it is. */
  big(at = 0): bigint | undefined {
    return this.length < at + 8 ? undefined : this.of.view.getBigUint64(this.from + at, this.of.littleEndian);
  }

  /** Two bytes in the order of the network. */
  be16(at = 0): number | undefined {
    return this.length < at + 2 ? undefined : this.of.view.getUint16(this.from + at);
  }

  /** Four of them. */
  be32(): number | undefined {
    return this.length < 4 ? undefined : this.of.view.getUint32(this.from);
  }

  /** A text that ends with a NUL. */
  text(): string {
    return text(this.of, this.from, this.to);
  }

  hex(): string {
    return hex(this.of, this.from, this.to);
  }

  /** Four bytes are an address of IPv4, sixteen one of IPv6. */
  ip(at = 0): string | undefined {
    const { view } = this.of;
    const start = this.from + at;
    if (this.length === at + 4) return ipv4Text(view.getInt32(start));
    if (this.length !== at + 16) return undefined;
    return ipv6Text(
      view.getInt32(start),
      view.getInt32(start + 4),
      view.getInt32(start + 8),
      view.getInt32(start + 12),
    );
  }

  /** Lower-case hexadecimal with colons; `undefined` for none. */
  hwAddress(): string | undefined {
    return hardwareAddress(this.of, this.from, this.to);
  }
}

/** What is kept of attributes that nobody here knows. */
export interface UnknownAttributes {
  /** Attributes of a newer kernel by their numbers, as hexadecimal digits; absent where there are none. */
  unknownAttributes: Readonly<Record<number, string>> | undefined;
}

/** What each attribute that is known says, by its number. */
export type AttributeReaders<Draft> = Readonly<Record<number, (draft: Draft, value: AttributeValue) => void>>;

/** For attributes that are known and not told: fillers, and what another attribute tells better. */
export function untold(): void {}

/** Reads the attributes between two places into a row; what is not known is kept. */
export function fill<Draft extends UnknownAttributes>(
  draft: Draft,
  readers: AttributeReaders<Draft>,
  of: KernelBytes,
  from: number,
  to: number,
): void {
  const value = new AttributeValue(of);
  let unknown: Record<number, string> | undefined;
  eachAttribute(of, from, to, (type, start, end) => {
    value.from = start;
    value.to = end;
    const read = readers[type];
    if (read !== undefined) return read(draft, value);
    unknown ??= {};
    unknown[type] = value.hex();
  });
  if (unknown !== undefined) draft.unknownAttributes = unknown;
}

/** Hands on each attribute that lies in another; the value is another one each time. */
export function eachIn({ of, from, to }: AttributeValue, take: (type: number, value: AttributeValue) => void): void {
  const value = new AttributeValue(of);
  eachAttribute(of, from, to, (type, start, end) => {
    value.from = start;
    value.to = end;
    take(type, value);
  });
}

/** A row while it is read. */
export type DraftOf<Row> = { -readonly [Key in keyof Row]: Row[Key] };
