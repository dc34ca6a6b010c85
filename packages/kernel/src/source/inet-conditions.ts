import type { SourceQuestion } from "procnet";
import type { TcpState } from "procnet/parse";
import { bytecodeOf, type DiagCondition, type DiagSide } from "../diag/bytecode.ts";
import { AS_PROCFS, stateMask } from "../diag/states.ts";
import type { KernelBytes } from "../netlink/bytes.ts";

/*
 * What is asked of internet sockets: as much of it as the kernel can test itself, and the rest on its messages, before anything is made of
 * them. Where the kernel tests, and yet tells more than was asked (requests for connections have two states), rows are tested again.
 */

/** Conditions, compiled. */
export interface InetConditions {
  /** States as bits; 0 where nothing can pass. */
  readonly states: number;
  readonly bytecode: Uint8Array | undefined;
  /** Whether the message of a socket passes what the kernel was not asked; `undefined` where it says it all. */
  readonly passes: ((of: KernelBytes, from: number) => boolean) | undefined;
}

const SYN_RECV = 3;

type Asked = Pick<SourceQuestion, "inet" | "addresses">;

export function conditionsOf({ inet = {}, addresses }: Asked): InetConditions {
  const states = maskOf(listOf<TcpState>(inet.state));
  const [localPort, remotePort] = [listOf<number>(inet.localPort), listOf<number>(inet.remotePort)];
  const wanted: DiagCondition[] = [];
  const rest: ((of: KernelBytes, from: number) => boolean)[] = [];
  for (const [side, ports, at] of [
    ["local", localPort, 4],
    ["remote", remotePort, 6],
  ] as const) {
    if (ports === undefined) continue;
    if (!isTaken(wanted, portsAt(side, ports))) {
      const set = new Set(ports);
      rest.push(({ view }, from) => set.has(view.getUint16(from + at)));
    }
  }
  // What is too long for the kernel is asked of rows: the library does that anyway.
  if (addresses !== undefined) isTaken(wanted, addressesOf(addresses));
  const [uids, inodes] = [listOf<number>(inet.uid), listOf<number>(inet.inode)].map((list) => list && new Set(list));
  if (uids !== undefined)
    // Of a request for a connection the kernel says 0, whoever listens: whether it passes is not for its message to say.
    rest.push(
      ({ bytes, view, littleEndian }, from) =>
        bytes[from + 1] === SYN_RECV || uids.has(view.getUint32(from + 64, littleEndian)),
    );
  if (inodes !== undefined)
    rest.push(({ view, littleEndian }, from) => inodes.has(view.getUint32(from + 68, littleEndian)));
  const codes = codesOf(states, inet.state);
  if (codes !== undefined) rest.push(({ bytes }, from) => codes.has(bytes[from + 1]!));
  return {
    states,
    bytecode: wanted.length === 0 ? undefined : bytecodeOf({ kind: "and", conditions: wanted }),
    passes: rest.length === 0 ? undefined : (of, from) => rest.every((test) => test(of, from)),
  };
}

/** Of which one must hold. */
interface Choice {
  readonly kind: "or";
  readonly conditions: readonly DiagCondition[];
}

/** The kernel goes over them for each socket, and checks each jump before: of more than that the messages are tested here. */
const MOST = 256;

/** Puts a choice to those that the kernel tests; false where all of them would be too long. */
function isTaken(wanted: DiagCondition[], one: Choice): boolean {
  if (one.conditions.length > MOST) return false;
  try {
    bytecodeOf({ kind: "and", conditions: [...wanted, one] });
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  wanted.push(one);
  return true;
}

/** Ports that follow each other are one condition. */
function portsAt(side: DiagSide, ports: readonly number[]): Choice {
  const conditions: { kind: "port"; side: DiagSide; least: number; most: number }[] = [];
  for (const port of [...ports].sort((a, b) => a - b)) {
    const last = conditions.at(-1);
    if (last !== undefined && port <= last.most + 1) last.most = port;
    else conditions.push({ kind: "port", side, least: port, most: port });
  }
  return { kind: "or", conditions };
}

function addressesOf(addresses: NonNullable<SourceQuestion["addresses"]>): Choice {
  const conditions = addresses.flatMap((range) =>
    (["local", "remote"] as const).map((side): DiagCondition => ({ kind: "address", side, range })),
  );
  return { kind: "or", conditions };
}

function maskOf(states: readonly TcpState[] | undefined): number {
  return states === undefined ? AS_PROCFS : (stateMask(states) & AS_PROCFS) >>> 0;
}

/** Requests for connections are told as `SYN_RECV` (3), by whichever of their two names they are asked for. */
function codesOf(states: number, asked: NonNullable<Asked["inet"]>["state"]): ReadonlySet<number> | undefined {
  if (asked === undefined) return undefined;
  const names = new Set<string>(listOf<TcpState>(asked));
  if (!names.has("NEW_SYN_RECV") || names.has("SYN_RECV")) return undefined;
  return new Set(
    Array.from({ length: 32 }, (_, code) => code).filter((code) => (states & (1 << code)) !== 0 && code !== 3),
  );
}

function listOf<Value extends string | number>(
  value: Value | readonly Value[] | ReadonlySet<Value> | undefined,
): readonly Value[] | undefined {
  if (value === undefined) return undefined;
  return typeof value === "object" ? [...value] : [value];
}
