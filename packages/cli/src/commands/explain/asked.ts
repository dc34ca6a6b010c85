import {
  type CounterExplanation,
  counterNames,
  explainCounter,
  explainFinding,
  FINDINGS,
  type FindingExplanation,
  type Socket,
  type SocketProtocol,
} from "procnet";
import { everyFilter, type Filter, heldBy, matches } from "procnet/query";
import { CommandFailure, UsageError } from "../../errors.ts";
import { EXIT } from "../../io.ts";
import { suggestion } from "../../text/suggest.ts";
import { filterOf } from "../filter.ts";
import { PROTOCOL_NAMES, protocolsOf } from "../protocols.ts";

/** Sockets that are asked for. */
export interface AskedSockets {
  readonly kind: "sockets";
  readonly protocols: readonly SocketProtocol[];
  readonly isAsked: (socket: Socket) => boolean;
  /** Those that are meant where none is asked for: a listener on any address takes what comes to each. */
  readonly isMeant?: (socket: Socket) => boolean;
  readonly pid?: number;
  /** What is said when there is none. */
  readonly missing: string;
}

/** What a command line asks to have explained. */
export type Asked = AskedSockets | { readonly kind: "known"; readonly found: CounterExplanation | FindingExplanation };

const FORMS = "tcp 127.0.0.1:8080, unix /run/x.sock, inode 123, pid 42, the name of a counter or of a finding";

/** @throws UsageError, or CommandFailure where nothing has this name, that says what could have been meant */
export function askedBy(words: readonly string[]): Asked {
  const [first = "", ...rest] = words;
  if (first === "pid" || first === "inode") return numbered(first, rest);
  if (PROTOCOL_NAMES.includes(first) || PROTOCOL_NAMES.includes(first.replace(/6$/, "")))
    return ofProtocol(first, rest);
  if (rest.length > 0) {
    const names = ["pid", "inode", ...PROTOCOL_NAMES];
    throw new UsageError(`explain: "${first}" is no protocol${suggestion(first, names) || `; there are ${FORMS}`}`);
  }
  return known(first);
}

function known(name: string): Asked {
  const found = explainCounter(name) ?? explainFinding(name);
  if (found !== undefined) return { kind: "known", found };
  if (/^\d+$/.test(name))
    throw new UsageError(`explain: is ${name} a process or a socket? pid ${name} or inode ${name}`);
  if (/:(\d+|\*)$/.test(name)) throw new UsageError(`explain: of which protocol is it? As in explain tcp ${name}`);
  const all = counterNames();
  const same = all.filter((one) => one.toLowerCase().endsWith(`.${name.toLowerCase()}`));
  if (same.length > 1) throw new UsageError(`explain: several counters are called "${name}": ${same.join(", ")}`);
  const names = [...all, ...all.map((one) => one.slice(one.lastIndexOf(".") + 1)), ...FINDINGS.map(({ id }) => id)];
  const hint = same.length === 1 ? ` (did you mean ${same[0]}?)` : suggestion(name, names);
  throw new CommandFailure(
    `explain: no counter and no finding is called "${name}"${hint || `; there are ${FORMS}`}`,
    EXIT.failure,
  );
}

const ALL = protocolsOf({ protocol: ["all"] });

function numbered(what: "pid" | "inode", rest: readonly string[]): AskedSockets {
  const [text = "", ...more] = rest;
  if (!/^[1-9]\d{0,14}$/.test(text) || more.length > 0) {
    throw new UsageError(`explain: expected one number behind ${what}, as in ${what} ${what === "pid" ? 42 : 123}`);
  }
  const number = Number(text);
  const common = { kind: "sockets", protocols: ALL } as const;
  if (what === "inode") {
    return { ...common, isAsked: ({ inode }) => inode === number, missing: `no socket has the inode ${number}` };
  }
  const filter = heldBy([number]);
  return {
    ...common,
    isAsked: (socket) => matches(filter, socket),
    pid: number,
    missing: `process ${number} holds no socket that is visible from here`,
  };
}

function ofProtocol(name: string, rest: readonly string[]): AskedSockets {
  const family = protocolsOf({ protocol: [name.replace(/6$/, "")] });
  const protocols = PROTOCOL_NAMES.includes(name) ? family : family.filter((one) => one === name);
  const common = { kind: "sockets", protocols, missing: `no socket of ${name} is at ${rest.join(" to ")}` } as const;
  if (rest.length === 0)
    throw new UsageError(
      `explain: which socket of ${name}? As in ${name === "unix" ? "unix /run/x.sock" : `${name} 127.0.0.1:8080`}`,
    );
  if (name === "unix") {
    const path = rest.join(" ");
    return { ...common, isAsked: (socket) => "path" in socket && socket.path === path };
  }
  if (name === "netlink" || name === "packet")
    throw new UsageError(`explain: sockets of ${name} have no address: ask by inode`);
  const [local = "", remote, ...more] = rest;
  if (more.length > 0) throw new UsageError("explain: expected an address here and one of the other side at most");
  const here = filterOf(["src", local]);
  const both = everyFilter(here, remote === undefined ? undefined : filterOf(["dst", remote]));
  return {
    ...common,
    isAsked: (socket) => matches(both ?? here, socket),
    ...(remote === undefined && anyAddress(local)),
  };
}

/** A listener on any address, for one that is asked for by an address. */
function anyAddress(local: string): Pick<AskedSockets, "isMeant"> {
  const [, port] = /:(\d+)$/.exec(local) ?? [];
  if (port === undefined) return {};
  const filter: Filter = filterOf([`sport = :${port}`]);
  const isAny = (socket: Socket) => "localAddress" in socket && ["0.0.0.0", "::"].includes(socket.localAddress);
  return { isMeant: (socket) => isAny(socket) && matches(filter, socket) };
}
