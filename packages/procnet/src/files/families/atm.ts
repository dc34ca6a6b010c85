import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { restOfLine, slashPair, tokensLeft } from "../../form/token.ts";

/*
 * /proc/net/atm/devices, pvc, vc, svc: atm_dev_info, pvc_info, vcc_info, svc_info (net/atm/proc.c, resources.c). In the
 * initial namespace only.
 *
 *   Itf Type    ESI/"MAC"addr AAL(TX,err,RX,err,drop) ...               [refcnt]
 *     0 solos-pci020000000001  0 ( 0 0 0 0 0 )  5 ( 120 0 118 0 0 )	[3]
 *   Itf VPI VCI   AAL RX(PCR,Class) TX(PCR,Class)
 *     0   8    35 5         0 UBR         0 UBR   CLIP, Itf:atm0, Encap:LLC/SNAP
 *   Address  Itf VPI VCI   Fam Flags Reply Send buffer     Recv buffer      [refcnt]
 *   000000006d3c5f21   0   8    35 PVC 0114      0       0/ 212992       0/ 212992 [2]
 */

/** Counters of one ATM adaptation layer of a device. They are 32-bit numbers with a sign. */
export interface AtmAalStats {
  /** The adaptation layer. */
  readonly aal: string;
  /** Units sent. */
  readonly tx: number;
  /** Units that could not be sent. */
  readonly txErr: number;
  /** Units received. */
  readonly rx: number;
  /** Units received that were faulty. */
  readonly rxErr: number;
  /** Units received and dropped. */
  readonly rxDrop: number;
}

/** An ATM device: a row of `/proc/net/atm/devices`. */
export interface AtmDevice {
  /** Number of the device. */
  readonly itf: number;
  /** Name of the driver; glued to the address when it has 8 characters or more. */
  readonly type: string;
  /** Identifier of the end system: 12 hexadecimal digits. */
  readonly esi: string;
  /** Counters of the adaptation layers. */
  readonly aals: readonly AtmAalStats[];
  /** References to the device. */
  readonly refCount: number;
}

/** A permanent virtual circuit: a row of `/proc/net/atm/pvc`. */
export interface AtmPvc {
  /** Number of the ATM device. */
  readonly itf: number;
  /** Number of the virtual path. */
  readonly vpi: number;
  /** Number of the virtual channel. */
  readonly vci: number;
  /** Adaptation layer: `0`, `1`, `2`, `3/4`, `5`, `---`, `???` or `err`. */
  readonly aal: string;
  /** Lowest peak cell rate, receiving. */
  readonly rxPcr: number;
  /** Class of traffic: `off`, `UBR`, `CBR`, `VBR`, `ABR`. */
  readonly rxClass: string;
  /** Lowest peak cell rate, sending. */
  readonly txPcr: number;
  /** Class of traffic, sending. */
  readonly txClass: string;
  /** What the kernel adds for circuits of classical IP: `CLIP, Itf:atm0, Encap:LLC/SNAP`. */
  readonly clip: string | undefined;
}

/** A virtual circuit of any kind: a row of `/proc/net/atm/vc`. */
export interface AtmVc {
  /** The kernel's pointer, hashed or hidden: equal means the same circuit; no number. */
  readonly pointer: string;
  /** Device; absent, as `vpi` and `vci` are, while the circuit is unassigned. */
  readonly itf: number | undefined;
  /** Number of the virtual path. */
  readonly vpi: number | undefined;
  /** Number of the virtual channel. */
  readonly vci: number | undefined;
  /** `PVC`, `SVC`, or the number of another address family. */
  readonly family: string;
  /** Bits the kernel keeps to itself. */
  readonly flags: number;
  /** Error code to hand out; 0 for none. */
  readonly reply: number;
  /** Send memory in use, bytes. */
  readonly sendQueue: number;
  /** Limit of the send memory, bytes. */
  readonly sendBuffer: number;
  /** Receive memory in use, bytes. */
  readonly receiveQueue: number;
  /** Limit of the receive memory, bytes. */
  readonly receiveBuffer: number;
  /** References to the circuit. */
  readonly refCount: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A switched virtual circuit: a row of `/proc/net/atm/svc`, Linux before 7.1. */
export interface AtmSvc {
  /** `N/A@` and a pointer while the circuit has no device. */
  readonly pointer: string | undefined;
  /** Number of the ATM device. */
  readonly itf: number | undefined;
  /** Number of the virtual path. */
  readonly vpi: number | undefined;
  /** Number of the virtual channel. */
  readonly vci: number | undefined;
  /** `IDLE`, `CONNECTED`, `CLOSING`, `LISTEN`, `INUSE`, `BOUND`. */
  readonly state: string;
  /** Address of the peer: public number, `+`, private address. Absent when there is none. */
  readonly remote: string | undefined;
}

/**
 * An ATM device: a row of `/proc/net/atm/devices`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atmDevices } from "procnet/tables";
 * read(atmDevices).map((device) => device.type);
 * ```
 */
export const atmDevices: RowTable<"atm/devices", AtmDevice> = table(
  { name: "atm/devices", needs: "CONFIG_ATM, module atm", scope: "initial" },
  lineForm(["Itf Type"], deviceRow),
);
/**
 * A permanent virtual circuit: a row of `/proc/net/atm/pvc`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { atmPvc } from "procnet/tables";
 * for (const row of each(atmPvc)) console.log(row);
 * ```
 */
export const atmPvc: RowTable<"atm/pvc", AtmPvc> = table(
  { name: "atm/pvc", needs: "CONFIG_ATM, module atm", scope: "initial" },
  lineForm(["Itf VPI VCI   AAL"], (line) => ({
    itf: line.decimal("Itf"),
    vpi: line.decimal("VPI"),
    vci: line.decimal("VCI"),
    aal: line.word("AAL"),
    rxPcr: line.signed("RX PCR"),
    rxClass: line.word("RX Class"),
    txPcr: line.signed("TX PCR"),
    txClass: line.word("TX Class"),
    clip: restOfLine(line),
  })),
);
/**
 * A virtual circuit of any kind: a row of `/proc/net/atm/vc`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { atmVc } from "procnet/tables";
 * for (const row of each(atmVc)) console.log(row);
 * ```
 */
export const atmVc: RowTable<"atm/vc", AtmVc> = table(
  { name: "atm/vc", needs: "CONFIG_ATM, module atm", scope: "initial" },
  lineForm(["Address "], vcRow),
);
/**
 * A switched virtual circuit: a row of `/proc/net/atm/svc`, Linux before 7.1.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { atmSvc } from "procnet/tables";
 * for (const row of each(atmSvc)) console.log(row);
 * ```
 */
export const atmSvc: RowTable<"atm/svc", AtmSvc> = table(
  { name: "atm/svc", needs: "CONFIG_ATM, module atm", until: "7.1", scope: "initial" },
  lineForm(["Itf VPI VCI  "], svcRow),
);

/**
 * Parses the text of `/proc/net/atm/devices`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAtmDevices } from "procnet/parse";
 * parseAtmDevices(bytes).map((device) => device.type);
 * ```
 */
export function parseAtmDevices(text: Uint8Array, options: ParseOptions = {}): AtmDevice[] {
  return parseRows(atmDevices, text, options);
}

/** Parses the text of `/proc/net/atm/pvc`, like {@link parseAtmDevices}. */
export function parseAtmPvc(text: Uint8Array, options: ParseOptions = {}): AtmPvc[] {
  return parseRows(atmPvc, text, options);
}

/** Parses the text of `/proc/net/atm/vc`, like {@link parseAtmDevices}. */
export function parseAtmVc(text: Uint8Array, options: ParseOptions = {}): AtmVc[] {
  return parseRows(atmVc, text, options);
}

/** Parses the text of `/proc/net/atm/svc`, like {@link parseAtmDevices}. */
export function parseAtmSvc(text: Uint8Array, options: ParseOptions = {}): AtmSvc[] {
  return parseRows(atmSvc, text, options);
}

const ESI_DIGITS = 12;

function deviceRow(line: Line): AtmDevice {
  const itf = line.decimal("Itf");
  const first = line.word("Type");
  // Seven tokens an adaptation layer, and the reference count.
  const glued = tokensLeft(line) % 8 === 1;
  const both = glued ? first : first + line.word("ESI");
  if (both.length <= ESI_DIGITS) line.fail("ESI", "an address of 12 hexadecimal digits");
  const aals: AtmAalStats[] = [];
  while (tokensLeft(line) > 1) aals.push(aalStats(line));
  return { itf, type: both.slice(0, -ESI_DIGITS), esi: both.slice(-ESI_DIGITS), aals, refCount: bracketed(line) };
}

function aalStats(line: Line): AtmAalStats {
  const aal = line.word("AAL");
  if (line.word("AAL") !== "(") line.fail("AAL", "an opening parenthesis");
  const stats = {
    aal,
    tx: line.unsigned32("TX"),
    txErr: line.unsigned32("TX err"),
    rx: line.unsigned32("RX"),
    rxErr: line.unsigned32("RX err"),
    rxDrop: line.unsigned32("RX drop"),
  };
  if (line.word("AAL") !== ")") line.fail("AAL", "a closing parenthesis");
  return stats;
}

function bracketed(line: Line): number {
  const digits = /^\[([0-9]{1,10})\]$/.exec(line.word("refcnt"))?.[1] ?? line.fail("refcnt", "a number in brackets");
  return Number(digits);
}

function vcRow(line: Line): AtmVc {
  const pointer = line.word("Address");
  const circuit = optionalCircuit(line, (word) => word === "Unassigned");
  const family = line.word("Fam");
  const flags = line.hex("Flags");
  const reply = line.signed("Reply");
  const [sendQueue, sendBuffer] = slashPair(line, "Send buffer");
  const [receiveQueue, receiveBuffer] = slashPair(line, "Recv buffer");
  const { itf, vpi, vci } = circuit;
  const buffers = { sendQueue, sendBuffer, receiveQueue, receiveBuffer };
  return { pointer, itf, vpi, vci, family, flags, reply, ...buffers, refCount: bracketed(line), ...line.extra() };
}

function svcRow(line: Line): AtmSvc {
  const { word, itf, vpi, vci } = optionalCircuit(line, (text) => text.startsWith("N/A@"));
  return { pointer: word?.slice(4), itf, vpi, vci, state: line.word("State"), remote: restOfLine(line) };
}

interface Circuit {
  word?: string;
  itf: number | undefined;
  vpi: number | undefined;
  vci: number | undefined;
}

function optionalCircuit(line: Line, isNone: (word: string) => boolean): Circuit {
  const before = line.at;
  const word = line.word("Itf");
  if (isNone(word)) return { word, itf: undefined, vpi: undefined, vci: undefined };
  if (line.tokenEnd === line.end) throw new RowError(line.end, "VPI", "the line ends before this column");
  line.at = before;
  return { itf: line.decimal("Itf"), vpi: line.decimal("VPI"), vci: line.decimal("VCI") };
}
