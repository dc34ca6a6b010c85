import type { AddressRange } from "procnet/parse";
import { Writer } from "../netlink/message.ts";
import { AF_INET, AF_INET6 } from "./constants.ts";

/*
 * The filter that the kernel runs over each socket of a dump: INET_DIAG_REQ_BYTECODE, inet_diag_bc_run of net/ipv4/inet_diag.c. Each
 * operation says how many bytes to go on where it is true (`yes`) and where it is not (`no`). Whoever ends exactly at the end passes;
 * to go four bytes beyond it is to fail. Addresses with ports are as old as Linux 2.6, the interface is of 4.6, the mark of 4.7,
 * control groups of 5.7.
 */

/** A side of a socket. */
export type DiagSide = "local" | "remote";

/** What the kernel can ask of an internet socket itself. */
export type DiagCondition =
  | { readonly kind: "port"; readonly side: DiagSide; readonly least: number; readonly most: number }
  | { readonly kind: "address"; readonly side: DiagSide; readonly range: AddressRange }
  | { readonly kind: "interface"; readonly index: number }
  /** Needs CAP_NET_ADMIN. */
  | { readonly kind: "mark"; readonly mark: number; readonly mask: number }
  | { readonly kind: "cgroup"; readonly id: number | bigint }
  /** The kernel chose the local port: nobody bound it to this one. */
  | { readonly kind: "autobound" }
  | { readonly kind: "and" | "or"; readonly conditions: readonly DiagCondition[] }
  | { readonly kind: "not"; readonly condition: DiagCondition };

const [NOP, JMP, S_GE, S_LE, D_GE, D_LE, AUTO, S_COND, D_COND] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const [DEV_COND, MARK_COND, CGROUP_COND] = [9, 10, 13];

const MAPPED_BITS = 96;
const MOST_PORT = 0xffff;

/** The kernel checks each jump by going over all before it: longer ones would take it long. */
export const MOST_BYTECODE: number = 1 << 14;

/**
 * A condition as the kernel runs it.
 *
 * @throws RangeError for one that is longer than {@link MOST_BYTECODE}
 */
export function bytecodeOf(condition: DiagCondition, littleEndian?: boolean): Uint8Array {
  const found = blockOf(condition, littleEndian);
  // All pass by nothing; but no operation at all is refused.
  const block = found.length === 0 ? [operation(NOP!, new Uint8Array())] : found;
  const length = lengthOf(block);
  if (length > MOST_BYTECODE) throw new RangeError(`a filter of ${length} bytes is more than the kernel should check`);
  const writer = new Writer(littleEndian);
  for (const { code, yes, no, rest } of block) writer.u8(code, yes).u16(no).raw(rest);
  return writer.bytes();
}

/** An operation, and what follows it: `yes` is the length of both. */
interface Operation {
  readonly code: number;
  readonly yes: number;
  no: number;
  readonly rest: Uint8Array;
}

type Block = Operation[];

function blockOf(condition: DiagCondition, littleEndian: boolean | undefined): Block {
  const writer = (): Writer => new Writer(littleEndian);
  switch (condition.kind) {
    case "port":
      return portBlock(condition, writer);
    case "address":
      return [addressOperation(condition, writer)];
    case "interface":
      return [operation(DEV_COND!, writer().u32(condition.index).bytes())];
    case "mark":
      return [operation(MARK_COND!, writer().u32(condition.mark).u32(condition.mask).bytes())];
    case "cgroup":
      return [operation(CGROUP_COND!, writer().u64(BigInt(condition.id)).bytes())];
    case "autobound":
      return [operation(AUTO!, new Uint8Array())];
    case "not":
      return notBlock(blockOf(condition.condition, littleEndian));
    default: {
      const blocks = condition.conditions.map((one) => blockOf(one, littleEndian));
      if (blocks.length === 0) return condition.kind === "and" ? [] : notBlock([]);
      return blocks.reduceRight((later, first) => (condition.kind === "and" ? andBlock : orBlock)(first, later));
    }
  }
}

/** One operation fails four bytes beyond its end. */
function operation(code: number, rest: Uint8Array): Operation {
  const length = 4 + rest.length;
  return { code, yes: length, no: length + 4, rest };
}

function portBlock({ side, least, most }: Extract<DiagCondition, { kind: "port" }>, writer: () => Writer): Block {
  const isLocal = side === "local";
  if (least > most) return notBlock([]);
  // An address of any family whose port is this one: one operation, which every kernel knows. S_EQ is younger.
  if (least === most) return [operation(isLocal ? S_COND! : D_COND!, writer().u8(0, 0, 0, 0).u32(least).bytes())];
  const bound = (code: number, port: number): Operation => operation(code, writer().u8(0, 0).u16(port).bytes());
  const bounds: Block[] = [];
  if (least > 0) bounds.push([bound(isLocal ? S_GE! : D_GE!, least)]);
  if (most < MOST_PORT) bounds.push([bound(isLocal ? S_LE! : D_LE!, most)]);
  return bounds.length === 0 ? [] : bounds.reduceRight((later, first) => andBlock(first, later));
}

/** Any port. */
const NO_PORT = 0xffffffff;

/** A range of IPv4 holds the mapped addresses of sockets of IPv6 too, for the kernel as for `inRange`. */
function addressOperation(
  { side, range }: Extract<DiagCondition, { kind: "address" }>,
  writer: () => Writer,
): Operation {
  const isMapped = isMappedRange(range);
  const family = isMapped ? AF_INET : AF_INET6;
  const bits = isMapped ? range.bits - MAPPED_BITS : range.bits;
  const bytes = isMapped ? range.bytes.subarray(12) : range.bytes;
  return operation(
    side === "local" ? S_COND! : D_COND!,
    writer().u8(family, bits, 0, 0).u32(NO_PORT).raw(bytes).bytes(),
  );
}

function isMappedRange({ bytes, bits }: AddressRange): boolean {
  return bits >= MAPPED_BITS && bytes.subarray(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 0xff));
}

function lengthOf(block: Block): number {
  return block.reduce((sum, { yes }) => sum + yes, 0);
}

/** Who fails in the first fails beyond the second too. */
function andBlock(first: Block, second: Block): Block {
  const further = lengthOf(second);
  let left = lengthOf(first);
  for (const one of first) {
    if (one.no === left + 4) one.no += further;
    left -= one.yes;
  }
  return [...first, ...second];
}

/** Who fails in the first goes four bytes beyond it, over a jump to the end. */
function orBlock(first: Block, second: Block): Block {
  return [...first, jump(lengthOf(second) + 4), ...second];
}

/** Who passes meets a jump beyond the end, over which those go who fail. */
function notBlock(block: Block): Block {
  return [...block, jump(8)];
}

function jump(no: number): Operation {
  return { code: JMP!, yes: 4, no, rest: new Uint8Array() };
}
