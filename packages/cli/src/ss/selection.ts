import { TcpState } from "procnet/parse";

/*
 * Which sockets a command line asks for: tables, families of addresses and states, and how ss fills in what was not said.
 */

/** Tables of sockets, as ss counts them. */
export type Table =
  | "tcp"
  | "mptcp"
  | "dccp"
  | "udp"
  | "raw"
  | "unix_dgram"
  | "unix_stream"
  | "unix_seqpacket"
  | "packet_dgram"
  | "packet_raw"
  | "netlink"
  | "sctp"
  | "vsock_stream"
  | "vsock_dgram"
  | "tipc"
  | "xdp";

/** Families of addresses, by the names that `-f` takes. */
export type Family = "inet" | "inet6" | "unix" | "link" | "netlink" | "vsock" | "tipc" | "xdp";

/** A set of states: a bit for the number of each, as the kernel has them. */
export type States = number;

const bit = (state: keyof typeof TcpState): States => 1 << (TcpState[state] as number);

/** ss knows the states up to CLOSING. */
export const ALL: States = (1 << 12) - 1;
export const CLOSE: States = bit("CLOSE");
export const ESTABLISHED: States = bit("ESTABLISHED");
export const LISTENING: States = bit("LISTEN") | CLOSE;
/** What is shown when nothing was said: connections that are neither over nor only begun. */
export const CONNECTED: States = ALL & ~(LISTENING | bit("TIME_WAIT") | bit("SYN_RECV"));
const TIPC: States = ESTABLISHED | LISTENING;

const UNIX = ["unix_dgram", "unix_stream", "unix_seqpacket"] as const;
const PACKET = ["packet_dgram", "packet_raw"] as const;
const VSOCK = ["vsock_stream", "vsock_dgram"] as const;
const INET = ["tcp", "mptcp", "udp", "dccp", "sctp", "raw"] as const;

interface Usual<Of> {
  readonly states: States;
  readonly of: readonly Of[];
}

/** In ss's order: families are filled in by it. */
const TABLES: ReadonlyMap<Table, Usual<Family>> = new Map<Table, Usual<Family>>([
  ["tcp", { states: CONNECTED, of: ["inet", "inet6"] }],
  ["mptcp", { states: CONNECTED, of: ["inet", "inet6"] }],
  ["dccp", { states: CONNECTED, of: ["inet", "inet6"] }],
  ["udp", { states: ESTABLISHED, of: ["inet", "inet6"] }],
  ["raw", { states: ESTABLISHED, of: ["inet", "inet6"] }],
  ["unix_dgram", { states: CLOSE, of: ["unix"] }],
  ["unix_stream", { states: CONNECTED, of: ["unix"] }],
  ["unix_seqpacket", { states: CONNECTED, of: ["unix"] }],
  ["packet_dgram", { states: CLOSE, of: ["link"] }],
  ["packet_raw", { states: CLOSE, of: ["link"] }],
  ["netlink", { states: CLOSE, of: ["netlink"] }],
  ["sctp", { states: CONNECTED, of: ["inet", "inet6"] }],
  ["vsock_stream", { states: CONNECTED, of: ["vsock"] }],
  ["vsock_dgram", { states: CONNECTED, of: ["vsock"] }],
  ["tipc", { states: TIPC, of: ["tipc"] }],
  ["xdp", { states: CLOSE, of: ["xdp"] }],
]);

const FAMILIES: ReadonlyMap<Family, Usual<Table>> = new Map<Family, Usual<Table>>([
  ["unix", { states: CONNECTED, of: UNIX }],
  ["inet", { states: CONNECTED, of: INET }],
  ["inet6", { states: CONNECTED, of: INET }],
  ["netlink", { states: CLOSE, of: ["netlink"] }],
  ["link", { states: CLOSE, of: PACKET }],
  ["tipc", { states: TIPC, of: ["tipc"] }],
  ["vsock", { states: CONNECTED, of: VSOCK }],
  ["xdp", { states: CLOSE, of: ["xdp"] }],
]);

/** What a word of `-A` stands for. */
const QUERIES: ReadonlyMap<string, readonly Table[]> = new Map<string, readonly Table[]>([
  // All but TIPC, which has to be asked for.
  ["all", [...TABLES.keys()].filter((table) => table !== "tipc")],
  ["inet", INET],
  ["unix", UNIX],
  ["packet", PACKET],
  ["vsock", VSOCK],
  ["u_str", ["unix_stream"]],
  ["u_dgr", ["unix_dgram"]],
  ["u_seq", ["unix_seqpacket"]],
  ["p_raw", ["packet_raw"]],
  ["p_dgr", ["packet_dgram"]],
  ["v_str", ["vsock_stream"]],
  ["v_dgr", ["vsock_dgram"]],
  ...[...TABLES.keys()].map((table) => [table, [table]] as const),
]);

export const FAMILY_WORDS: readonly string[] = [...FAMILIES.keys()];
export const QUERY_WORDS: readonly string[] = [...QUERIES.keys()];

/** Which sockets are meant. */
export class Selection {
  readonly tables: Set<Table> = new Set();
  readonly families: Set<Family> = new Set();
  states: States = 0;
  /** The family that was named last: of those of the internet the other is not asked for then. */
  preferred: Family | undefined;
  /** Whether nothing was named, and so everything is meant. */
  isDefault = true;
  /** States that `-a`, `-l` or words of the filter ask for; 0 for none. */
  asked: States = 0;
  /** Tables that were named one by one. */
  readonly named: Set<Table> = new Set();
  private hasQuery = false;

  addTable(table: Table, isNamed = true): void {
    if (isNamed) this.named.add(table);
    this.tables.add(table);
    this.states |= TABLES.get(table)!.states;
    this.isDefault = false;
  }

  /** False where there is no such family. */
  addFamily(name: string): boolean {
    const usual = FAMILIES.get(name as Family);
    if (usual === undefined) return false;
    this.states |= usual.states;
    this.families.add(name as Family);
    this.preferred = name as Family;
    this.isDefault = false;
    if (!name.startsWith("inet")) for (const table of usual.of) this.named.add(table);
    return true;
  }

  /** `-A tcp,!udp`: the first one forgets the tables named before. Gives the word that is none. */
  addQuery(list: string): string | undefined {
    if (!this.hasQuery) {
      this.hasQuery = true;
      this.tables.clear();
      this.asked ||= CONNECTED;
      this.isDefault = false;
    }
    for (const word of list.split(",")) {
      const tables = QUERIES.get(word.replace(/^!/, ""));
      if (tables === undefined) return word;
      for (const table of tables) {
        if (word.startsWith("!")) this.tables.delete(table);
        else this.addTable(table, tables.length === 1);
      }
    }
    return undefined;
  }

  /** Fills in what was not said, once all is read. Conditions that are about one family mean no other: `src unix:/run/*`. */
  complete(only: Family | undefined): void {
    if (this.isDefault) {
      this.asked ||= CONNECTED;
      for (const table of QUERIES.get("all")!) this.tables.add(table);
    }
    if (this.asked !== 0) this.states = this.asked;
    for (const [table, { of }] of TABLES) {
      if (!this.tables.has(table) || of.some((family) => this.families.has(family))) continue;
      for (const family of of) this.families.add(family);
    }
    for (const [family, { of }] of FAMILIES) {
      if (!this.families.has(family) || of.some((table) => this.tables.has(table))) continue;
      for (const table of of) this.tables.add(table);
    }
    if (only === undefined) return;
    this.families.clear();
    this.families.add(only);
    this.preferred = only;
  }

  /** What cannot be shown, as ss says it: it ends with that, and with success. */
  get nothing(): string | undefined {
    if (this.tables.size === 0) return "no socket tables to show with such filter.";
    if (this.families.size === 0) return "no families to show with such filter.";
    return this.states === 0 ? "no socket states to show with such filter." : undefined;
  }

  /** Whether sockets of IPv4 or IPv6 are asked for. */
  hasInet(family: "inet" | "inet6"): boolean {
    const other = family === "inet" ? "inet6" : "inet";
    return this.families.has(family) && this.preferred !== other;
  }

  hasState(code: number): boolean {
    return (this.states & (1 << code)) !== 0;
  }
}

/** Names of the states, as tables can be asked for them. */
export function stateNames(states: States): TcpState[] {
  const names = Array.from({ length: 12 }, (_, code) => ((states & (1 << code)) === 0 ? undefined : TcpState[code]));
  return names.filter((name) => name !== undefined);
}

/** Whether a set has one state only. */
export function isOne(states: States): boolean {
  return (states & (states - 1)) === 0;
}
