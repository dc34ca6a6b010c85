import { hexSpan } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/strings.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { tokenParts } from "../../form/token.ts";

/*
 * /proc/net/llc/socket and core: llc_seq_socket_show, llc_seq_core_show (net/llc/llc_proc.c). In the initial namespace only.
 *
 *   SKt Mc local_mac_sap        remote_mac_sap       tx_queue rx_queue st uid link
 *    1   0 02:00:00:00:00:01@04 02:00:00:00:00:02@06        0        0  1   0    1
 *   Connection list:
 *   dsap state      retr txw rxw pf ff sf df rs cs tack tpfc trs tbs blog busr
 *    06  normal       0    7   7  0  0  0  0  0  0    0    0   0   0    0    0
 */

/** A socket of the logical link control (IEEE 802.2): a row of `/proc/net/llc/socket`. */
export interface LlcSocket {
  /** See `SocketType`. The kernel's column `SKt`. */
  readonly type: number;
  /** Always 0: meant for multicast. */
  readonly mc: number;
  /** Hardware address of the interface; zeros without one. */
  readonly localMac: string;
  /** Service access point of this end. */
  readonly localSap: number;
  /** Hardware address of the peer. */
  readonly remoteMac: string;
  /** Service access point of the peer. */
  readonly remoteSap: number;
  /** Send memory in use, bytes. */
  readonly txQueue: number;
  /** Receive memory in use and not read, bytes; can be negative. */
  readonly rxQueue: number;
  /** State by the numbers of `TcpState`. */
  readonly state: number;
  /** User id of the owner as seen by the reader; -1 for none on old kernels. */
  readonly uid: number;
  /** Number of the link among those of the service access point. */
  readonly link: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** The state machine of a connection: a row of `/proc/net/llc/core`. Fields have the kernel's names of the columns. */
export interface LlcCore {
  /** Service access point of the peer. */
  readonly dsap: number;
  /** `adm`, `setup`, `normal`, `busy`, `rej`, `await`, `await_busy`, `await_rej`, `d_conn`, `reset`, `error`, `temp`. */
  readonly state: string;
  /** Retries. */
  readonly retr: number;
  /** Send window. */
  readonly txw: number;
  /** Receive window. */
  readonly rxw: number;
  /** The P flag. */
  readonly pf: number;
  /** The F flag. */
  readonly ff: number;
  /** The S flag. */
  readonly sf: number;
  /** The data flag. */
  readonly df: number;
  /** 1 while the peer is busy. */
  readonly rs: number;
  /** The cause flag. */
  readonly cs: number;
  /** 1 while the acknowledgement timer runs. */
  readonly tack: number;
  /** 1 while the timer of the P/F cycle runs. */
  readonly tpfc: number;
  /** 1 while the timer after a reject runs. */
  readonly trs: number;
  /** 1 while the busy-state timer runs. */
  readonly tbs: number;
  /** 1 while packets wait for the socket. */
  readonly blog: number;
  /** 1 while a process has the socket. */
  readonly busr: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * A socket of the logical link control (IEEE 802.2): a row of `/proc/net/llc/socket`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { llcSocket } from "procnet/tables";
 * read(llcSocket).map((socket) => socket.localSap);
 * ```
 */
export const llcSocket: RowTable<"llc/socket", LlcSocket> = table(
  { name: "llc/socket", needs: "CONFIG_LLC2, module llc2", scope: "initial" },
  lineForm(["SKt "], socketRow),
);

/**
 * The state machine of a connection: a row of `/proc/net/llc/core`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { llcCore } from "procnet/tables";
 * for (const row of each(llcCore)) console.log(row);
 * ```
 */
export const llcCore: RowTable<"llc/core", LlcCore> = table(
  { name: "llc/core", needs: "CONFIG_LLC2, module llc2", scope: "initial" },
  lineForm(["Connection list:", "dsap "], (line) => ({
    dsap: line.hex("dsap"),
    state: line.word("state"),
    retr: line.decimal("retr"),
    txw: line.decimal("txw"),
    rxw: line.decimal("rxw"),
    pf: line.decimal("pf"),
    ff: line.decimal("ff"),
    sf: line.decimal("sf"),
    df: line.decimal("df"),
    rs: line.decimal("rs"),
    cs: line.decimal("cs"),
    tack: line.decimal("tack"),
    tpfc: line.decimal("tpfc"),
    trs: line.decimal("trs"),
    tbs: line.decimal("tbs"),
    blog: line.decimal("blog"),
    busr: line.decimal("busr"),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/llc/socket`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseLlcSocket } from "procnet/parse";
 * parseLlcSocket(bytes).map((socket) => socket.localSap);
 * ```
 */
export function parseLlcSocket(text: Uint8Array, options: ParseOptions = {}): LlcSocket[] {
  return parseRows(llcSocket, text, options);
}

/** Parses the text of `/proc/net/llc/core`, like {@link parseLlcSocket}. */
export function parseLlcCore(text: Uint8Array, options: ParseOptions = {}): LlcCore[] {
  return parseRows(llcCore, text, options);
}

function socketRow(line: Line): LlcSocket {
  const type = line.hex("SKt");
  const mc = line.hex("Mc");
  const local = macAndSap(line, "local_mac_sap");
  const remote = macAndSap(line, "remote_mac_sap");
  return {
    type,
    mc,
    localMac: local.mac,
    localSap: local.sap,
    remoteMac: remote.mac,
    remoteSap: remote.sap,
    txQueue: line.signed("tx_queue"),
    rxQueue: line.signed("rx_queue"),
    state: line.decimal("st"),
    uid: line.unsigned32("uid"),
    link: line.decimal("link"),
    ...line.extra(),
  };
}

function macAndSap(line: Line, field: string): { mac: string; sap: number } {
  const [mac, sap] = tokenParts(line, field, "@");
  const value = hexSpan(line.bytes, sap![0], sap![1]);
  if (value < 0) line.fail(field, "an address and a hexadecimal service access point");
  return { mac: utf8(line.bytes, mac![0], mac![1]), sap: value };
}
