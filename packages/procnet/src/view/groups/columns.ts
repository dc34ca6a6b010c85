import type { Cell, Column } from "../column.ts";
import { bytesText, countText, shareText } from "../number-texts.ts";
import {
  containerText,
  ENDPOINT_END,
  endpointText,
  firstProcessText,
  hasHiddenOwner,
  processText,
} from "../socket-words.ts";
import type { GroupCounts, StateCount } from "./counts.ts";
import type { DestinationRow } from "./destinations.ts";
import { findingsColumn } from "./findings-column.ts";
import type { ListenerRow } from "./listeners.ts";
import type { ProcessRow } from "./processes.ts";

/** Numbers of sockets in a state, of all tables together; nothing for none. */
function inState<Row extends GroupCounts>(state: string, key: string, title: string, drop: number): Column<Row> {
  const count = ({ states }: Row): number | undefined => {
    const sum = states.reduce((total, one) => (one.state === state ? total + one.sockets : total), 0);
    return sum === 0 ? undefined : sum;
  };
  return counted(key, title, count, { drop });
}

/** A column of numbers of things. */
function counted<Row>(
  key: string,
  title: string,
  count: (row: Row) => number | undefined,
  more: Pick<Column<Row>, "drop" | "extra" | "ifAny"> = {},
): Column<Row> {
  const value = (row: Row): Cell => {
    const found = count(row);
    return found === undefined ? undefined : countText(found);
  };
  return { key, title, align: "right", value, raw: count, order: count, ...more };
}

/** A column of numbers of bytes. */
function bytes<Row>(key: string, title: string, of: (row: Row) => number, drop: number): Column<Row> {
  return { key, title, align: "right", value: (row) => bytesText(of(row)), raw: of, order: of, drop };
}

/** Columns of the table of processes, in their order. */
export const PROCESS_COLUMNS: readonly Column<ProcessRow>[] = [
  {
    key: "process",
    title: "PROCESS",
    value: processText,
    order: ({ program }) => program,
    enough: 24,
    keep: /\[\d+\]$/,
  },
  counted("sockets", "SOCKETS", ({ sockets }) => sockets),
  /* @__PURE__ */ inState("ESTABLISHED", "established", "ESTAB", 5),
  /* @__PURE__ */ inState("CLOSE_WAIT", "closewait", "CLOSE-WAIT", 6.5),
  { key: "listens", title: "LISTENS", value: listensText, raw: listensRaw, order: firstPort, enough: 20, drop: 8 },
  /* @__PURE__ */ findingsColumn<ProcessRow>(),
  /* @__PURE__ */ bytes("recvq", "RECV-Q", ({ rxQueue }) => rxQueue, 2),
  /* @__PURE__ */ bytes("sendq", "SEND-Q", ({ txQueue }) => txQueue, 1),
  { key: "fds", title: "FDS", align: "right", value: descriptorsText, raw: descriptors, order: share, drop: 6 },
  { key: "uid", title: "UID", align: "right", value: ({ uid }) => uid, drop: 3 },
  { key: "container", title: "CONTAINER", value: ({ container }) => containerText(container), ifAny: true, drop: 7 },
  { key: "unit", title: "UNIT", value: ({ unit }) => unit, extra: true },
  { key: "states", title: "STATES", value: ({ states }) => statesText(states), extra: true },
  { key: "command", title: "COMMAND", value: ({ cmdline }) => cmdline?.join(" "), extra: true, enough: 40 },
  { key: "exe", title: "EXE", value: ({ exe }) => exe, extra: true },
  { key: "cgroup", title: "CGROUP", value: ({ cgroup }) => cgroup, extra: true },
];

/** Columns of the table of listeners, in their order. */
export const LISTENER_COLUMNS: readonly Column<ListenerRow>[] = [
  { key: "proto", title: "PROTO", value: ({ protocol }) => protocol, drop: 3 },
  {
    key: "local",
    title: "LOCAL",
    value: ({ localAddress, localPort }) => endpointText(localAddress, localPort),
    enough: 28,
    keep: ENDPOINT_END,
    inParts: true,
  },
  counted("waiting", "WAITING", ({ waiting }) => waiting),
  {
    key: "fullat",
    title: "FULL-AT",
    align: "right",
    value: ({ fullAt }) => (fullAt === undefined ? "?" : countText(fullAt)),
    raw: ({ fullAt }) => fullAt,
    order: ({ fullAt }) => fullAt,
    drop: 9,
  },
  counted("connections", "CONNECTIONS", ({ connections }) => connections, { drop: 4 }),
  /* @__PURE__ */ findingsColumn<ListenerRow>(),
  { key: "process", title: "PROCESS", value: listenersText, enough: 20, keep: /\[\d+\](?: \+\d+)?$/ },
  { key: "container", title: "CONTAINER", value: containerOf, ifAny: true, drop: 6 },
  { key: "netns", title: "NETNS", align: "right", value: ({ namespace }) => namespace, drop: 2 },
  { key: "inode", title: "INODE", align: "right", value: ({ inode }) => inode, extra: true },
];

/** Columns of the table of destinations, in their order. */
export const DESTINATION_COLUMNS: readonly Column<DestinationRow>[] = [
  { key: "proto", title: "PROTO", value: ({ protocol }) => protocol, drop: 3 },
  {
    key: "peer",
    title: "PEER",
    value: ({ remoteAddress, remotePort }) => endpointText(remoteAddress, remotePort),
    enough: 28,
    keep: ENDPOINT_END,
    inParts: true,
  },
  counted("sockets", "SOCKETS", ({ sockets }) => sockets),
  {
    key: "ports",
    title: "PORTS-USED",
    align: "right",
    value: portsText,
    raw: ({ portsUsed }) => portsUsed,
    order: ({ portsUsed, portsUsable }) =>
      portsUsed === undefined || !portsUsable ? undefined : portsUsed / portsUsable,
    ifAny: true,
  },
  /* @__PURE__ */ findingsColumn<DestinationRow>(),
  /* @__PURE__ */ inState("ESTABLISHED", "established", "ESTAB", 6),
  /* @__PURE__ */ inState("SYN_SENT", "synsent", "SYN-SENT", 5),
  /* @__PURE__ */ inState("TIME_WAIT", "timewait", "TIME-WAIT", 4),
  { key: "process", title: "PROCESS", value: connectorsText, enough: 20, keep: /\[\d+\](?: \+\d+)?$/, drop: 7 },
  /* @__PURE__ */ bytes("recvq", "RECV-Q", ({ rxQueue }) => rxQueue, 1),
  /* @__PURE__ */ bytes("sendq", "SEND-Q", ({ txQueue }) => txQueue, 1),
  { key: "netns", title: "NETNS", align: "right", value: ({ namespace }) => namespace, drop: 2 },
  { key: "states", title: "STATES", value: ({ states }) => statesText(states), extra: true },
];

/** Ports that are shown of a process. */
const PORTS = 4;

function listensText({ listens }: ProcessRow): Cell {
  if (listens.length === 0) return undefined;
  const more = listens.length > PORTS ? ` +${listens.length - PORTS}` : "";
  return `${listens.slice(0, PORTS).join(" ")}${more}`;
}

function listensRaw({ listens }: ProcessRow): Cell {
  return listens.join(" ");
}

function firstPort({ listens }: ProcessRow): number | undefined {
  return listens[0];
}

function descriptorsText({ descriptors: open, descriptorLimit }: ProcessRow): Cell {
  if (open === undefined) return undefined;
  return descriptorLimit === undefined ? countText(open) : `${countText(open)}/${countText(descriptorLimit)}`;
}

function descriptors({ descriptors: open }: ProcessRow): Cell {
  return open;
}

function share({ descriptors: open, descriptorLimit }: ProcessRow): number | undefined {
  return open === undefined ? undefined : open / (descriptorLimit ?? Number.POSITIVE_INFINITY);
}

function portsText({ portsUsed, portsUsable }: DestinationRow): Cell {
  if (portsUsed === undefined || portsUsable === undefined) return undefined;
  return `${countText(portsUsed)}/${countText(portsUsable)} ${shareText(portsUsed, portsUsable)}`;
}

function statesText(states: readonly StateCount[]): Cell {
  const sorted = [...states].sort((a, b) => b.sockets - a.sockets);
  return sorted.map(({ protocol, state, sockets }) => `${protocol} ${state} ${countText(sockets)}`).join(", ");
}

function listenersText({ owners, ownerless }: ListenerRow): Cell {
  return owners && firstProcessText(owners, hasHiddenOwner({ ownerless }));
}

function connectorsText({ holders, hiddenOwners }: DestinationRow): Cell {
  return firstProcessText(holders, hiddenOwners > 0);
}

function containerOf({ owners }: ListenerRow): Cell {
  return containerText(owners?.find(({ container }) => container !== undefined)?.container);
}
