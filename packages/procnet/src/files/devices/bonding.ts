import { SPACE } from "../../bytes/ascii.ts";
import { latin1, utf8 } from "../../bytes/strings.ts";
import { readWhole } from "../../form/block.ts";
import { type Issues, RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";
import { AGGREGATOR, type Fields, LACP, MASTER, PORT, rest, SLAVE } from "./bonding-fields.ts";

/*
 * /proc/net/bonding/<bond>: bond_info_seq_show (drivers/net/bonding/bond_procfs.c). Lines of keys and values, in blocks: the
 * bond, its LACP state in mode 802.3ad, then each slave. A blank line begins a block.
 *
 *   Ethernet Channel Bonding Driver: v6.1.0
 *
 *   Bonding Mode: fault-tolerance (active-backup)
 *   MII Status: up
 *
 *   Slave Interface: eth0
 *   MII Status: up
 *
 * A key means what its block says. Keys that this version does not know are kept in `extra` of their block.
 */

/** Keys that this version does not know, with the text of their values. */
interface Extra {
  readonly extra?: Readonly<Record<string, string>>;
}

/** A bond: `/proc/net/bonding/<bond>`. What a mode or kernel does not print is absent. */
export interface Bonding extends Extra {
  /** Version of the driver, that of the kernel since about Linux 5.8. */
  readonly driverVersion: string;
  /** `load balancing (round-robin)`, `fault-tolerance (active-backup)`, `IEEE 802.3ad Dynamic link aggregation`, ... */
  readonly mode: string;
  /** `active` or `follow`; absent for none, and in modes other than active-backup. */
  readonly failOverMac?: string;
  /** `layer2`, `layer3+4`, ...: only in modes that choose a slave by hash. */
  readonly transmitHashPolicy?: string;
  /** Number of that policy. */
  readonly transmitHashPolicyCode?: number;
  /** The slave that is preferred; absent when there is none, which the kernel prints as `None`. */
  readonly primarySlave?: string;
  /** When the primary slave takes over again: `always`, `better`, `failure`. */
  readonly primaryReselect?: string;
  /** The slave in use; absent when there is none, which the kernel prints as `None`. */
  readonly activeSlave?: string;
  /** Whether the bond has a link: `up` or `down`. */
  readonly miiStatus: string;
  /** Milliseconds; 0 when links are not polled. */
  readonly miiPollingInterval?: number;
  /** Milliseconds. */
  readonly upDelay?: number;
  /** Milliseconds. */
  readonly downDelay?: number;
  /** Milliseconds. Since Linux 5.3. */
  readonly peerNotificationDelay?: number;
  /** Milliseconds; only with ARP monitoring. */
  readonly arpPollingInterval?: number;
  /** Since Linux 5.17. */
  readonly arpMissedMax?: number;
  /** Dotted addresses. */
  readonly arpIpTargets?: readonly string[];
  /** Since Linux 5.18. */
  readonly nsIp6Targets?: readonly string[];
  /** Only in mode 802.3ad. */
  readonly lacp?: BondingLacp;
  /** The interfaces in the bond. */
  readonly slaves: readonly BondingSlave[];
}

/** LACP state of a bond: the block `802.3ad info`. */
export interface BondingLacp extends Extra {
  /** Since Linux 5.14. */
  readonly active?: boolean;
  /** `slow` or `fast`. */
  readonly rate?: string;
  /** Links that must be up for the bond to be. */
  readonly minLinks?: number;
  /** `stable`, `bandwidth` or `count`. */
  readonly adSelect?: string;
  /** This and the rest only for readers with CAP_NET_ADMIN in the initial user namespace. */
  readonly systemPriority?: number;
  /** Hardware address of this side. */
  readonly systemMacAddress?: string;
  /** The aggregator in use. */
  readonly activeAggregator?: BondingAggregator;
}

/** The aggregator in use. */
export interface BondingAggregator extends Extra {
  /** Its number. */
  readonly aggregatorId?: number;
  /** Ports in it. */
  readonly ports?: number;
  /** Key of this side. */
  readonly actorKey?: number;
  /** Key of the other side. */
  readonly partnerKey?: number;
  /** Hardware address of the other side. */
  readonly partnerMacAddress?: string;
}

/** A slave of a bond. */
export interface BondingSlave extends Extra {
  /** Name of the interface; the kernel's `Slave Interface`. */
  readonly device: string;
  /** `up`, `down`, `going down` or `going back`. */
  readonly miiStatus: string;
  /** Mbit/s; absent when unknown. */
  readonly speed?: number;
  /** `full` or `half`; absent when unknown. */
  readonly duplex?: string;
  /** Times its link went down. */
  readonly linkFailureCount?: number;
  /** Hardware address it had before it became a slave. */
  readonly permanentHwAddress?: string;
  /** Queue of the bond that leads to it; 0 for none. */
  readonly queueId?: number;
  /** This and the rest only in mode 802.3ad; absent when it is in no aggregator. */
  readonly aggregatorId?: number;
  /** `monitoring`, `churned`, `none` or `unknown`. */
  readonly actorChurnState?: string;
  /** What `actorChurnState` says, of the other side. */
  readonly partnerChurnState?: string;
  /** Times this side was churned. */
  readonly actorChurnedCount?: number;
  /** Times the other side was churned. */
  readonly partnerChurnedCount?: number;
  /** This side's state on the wire; for privileged readers, see {@link BondingLacp}. */
  readonly actor?: BondingPort;
  /** The other side's state on the wire. */
  readonly partner?: BondingPort;
}

/** One side of a link in LACP. */
export interface BondingPort extends Extra {
  /** Priority of its side. */
  readonly systemPriority?: number;
  /** Hardware address of its side. */
  readonly systemMacAddress?: string;
  /** The kernel's `port key`, and `oper key` of the partner. */
  readonly key?: number;
  /** Priority of the port. */
  readonly portPriority?: number;
  /** Number of the port. */
  readonly portNumber?: number;
  /** State of the port: bits of LACP (IEEE 802.1AX). */
  readonly portState?: number;
}

/**
 * A bond: `/proc/net/bonding/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { bonding } from "procnet/tables";
 * console.log(read(bonding, { name: "bonding/eth0" }));
 * ```
 */
export const bonding: TextTable<"bonding/*", Bonding | undefined> = table(
  { name: "bonding/*", needs: "CONFIG_BONDING, module bonding" },
  { parse },
);

/**
 * Parses the text of `/proc/net/bonding/<bond>`; an empty text is `undefined`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseBonding } from "procnet/parse";
 * parseBonding(bytes)?.slaves.filter((slave) => slave.miiStatus !== "up");
 * ```
 */
export function parseBonding(text: Uint8Array, options: ParseOptions = {}): Bonding | undefined {
  return bonding.parse(text, options);
}

/** A block being read. */
class Section {
  readonly fields: Fields;
  readonly values: Record<string, unknown> = {};
  readonly extra: [string, string][] = [];

  constructor(fields: Fields) {
    this.fields = fields;
  }

  /** Reads the value behind a key. */
  set(key: string, line: Line): void {
    const read = this.fields.get(key);
    if (read === undefined) this.extra.push([key, rest(line)]);
    else Object.assign(this.values, read(line));
  }

  /** All values, which are those of `Result` once the fields that it needs are there. */
  result<Result extends object>(): Result {
    const all: object = { ...this.values, ...(this.extra.length > 0 && { extra: Object.fromEntries(this.extra) }) };
    return all as Result;
  }
}

const DRIVER = "Ethernet Channel Bonding Driver";

/** Blocks within a block: their lines are indented. */
const INNER: ReadonlyMap<string, [name: string, fields: Fields]> = /* @__PURE__ */ new Map([
  ["Active Aggregator Info", ["activeAggregator", AGGREGATOR]],
  ["details actor lacp pdu", ["actor", PORT]],
  ["details partner lacp pdu", ["partner", PORT]],
]);

class BondReader {
  private readonly bond = new Section(MASTER);
  private readonly slaves: BondingSlave[] = [];
  private lacp: Section | undefined;
  /** The block that lines without indentation belong to. */
  private outer: Section = this.bond;
  private inner: { readonly name: string; readonly section: Section } | undefined;

  read(line: Line, issues: Issues): void {
    if (this.bond.values.driverVersion === undefined) {
      this.driver(line);
      return;
    }
    line.more();
    const indented = line.at > line.start;
    const text = latin1(line.bytes, line.at, line.end);
    // A line that is none must not end the block it stands in.
    if (text !== "802.3ad info" && !isNoAggregator(text) && !text.includes(":")) keyOf(line);
    if (!indented) this.closeInner();
    if (text === "802.3ad info") this.beginLacp(line, issues);
    else if (text.startsWith("Slave Interface: ")) this.beginSlave(line, issues);
    else if (!isNoAggregator(text)) this.value(line, text, indented);
  }

  private driver(line: Line): void {
    const key = keyOf(line);
    if (key !== DRIVER) throw new RowError(line.start, "header", `expected "${DRIVER}"`);
    this.bond.values.driverVersion = rest(line);
  }

  private value(line: Line, text: string, indented: boolean): void {
    const inner = text.endsWith(":") ? INNER.get(text.slice(0, -1)) : undefined;
    if (inner !== undefined) {
      this.inner = { name: inner[0], section: new Section(inner[1]) };
      return;
    }
    const section = (indented ? this.inner?.section : undefined) ?? this.outer;
    section.set(keyOf(line), line);
  }

  private beginLacp(line: Line, issues: Issues): void {
    this.lacp = new Section(LACP);
    this.begin(this.lacp, line, issues);
  }

  private beginSlave(line: Line, issues: Issues): void {
    const slave = new Section(SLAVE);
    this.begin(slave, line, issues);
    keyOf(line);
    slave.values.device = line.word("Slave Interface");
  }

  private begin(section: Section, line: Line, issues: Issues): void {
    this.closeSlave(line, issues);
    this.outer = section;
  }

  private closeInner(): void {
    if (this.inner !== undefined) this.outer.values[this.inner.name] = this.inner.section.result();
    this.inner = undefined;
  }

  private closeSlave(line: Line, issues: Issues): void {
    const { outer } = this;
    if (outer.fields !== SLAVE) return;
    const missing = ["device", "miiStatus"].find((field) => outer.values[field] === undefined);
    if (missing === undefined) this.slaves.push(outer.result<BondingSlave>());
    else issues.row(line, new RowError(line.start, missing, "missing in the slave before this line"));
  }

  end(last: Line, issues: Issues): Bonding {
    this.closeInner();
    this.closeSlave(last, issues);
    for (const field of ["driverVersion", "mode", "miiStatus"]) {
      if (this.bond.values[field] === undefined) throw new RowError(last.end, field, "the text lacks this field");
    }
    const lacp = this.lacp && { lacp: this.lacp.result<BondingLacp>() };
    return { ...this.bond.result<Bonding>(), ...lacp, slaves: this.slaves };
  }
}

function parse(text: Uint8Array, options: ParseOptions): Bonding | undefined {
  const reader = new BondReader();
  let found: Issues | undefined;
  return readWhole(
    text,
    options,
    (line, issues) => {
      found = issues;
      reader.read(line, issues);
    },
    (last) => reader.end(last, found!),
    { blanks: "usual" },
  );
}

/** Reads up to the colon behind a key. */
function keyOf(line: Line): string {
  line.more();
  const { bytes, at, end } = line;
  for (let colon = at; colon < end; colon++) {
    if (bytes[colon] !== 0x3a || (colon + 1 < end && bytes[colon + 1] !== SPACE)) continue;
    line.at = colon + 1;
    return utf8(bytes, at, colon);
  }
  throw new RowError(at, "key", "expected a key and a colon");
}

/** `bond bond0 has no active aggregator` */
function isNoAggregator(text: string): boolean {
  return text.startsWith("bond ") && text.endsWith(" has no active aggregator");
}
