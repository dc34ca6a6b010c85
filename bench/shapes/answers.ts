import type { Asked, Form } from "./commands.ts";

/** A TCP socket as all programs can tell it: IPv6 addresses are left out, as some cut them and each writes them otherwise. */
export interface Answered {
  readonly state: string;
  readonly local: string;
  /** Empty for a listener. */
  readonly remote: string;
  readonly pids: readonly string[];
}

const STATES: Readonly<Record<string, string>> = {
  ESTAB: "ESTABLISHED",
  "SYN-SENT": "SYN_SENT",
  "SYN-RECV": "SYN_RECV",
  "FIN-WAIT-1": "FIN_WAIT1",
  "FIN-WAIT-2": "FIN_WAIT2",
  "TIME-WAIT": "TIME_WAIT",
  UNCONN: "CLOSE",
  CLOSED: "CLOSE",
  "CLOSE-WAIT": "CLOSE_WAIT",
  "LAST-ACK": "LAST_ACK",
};

const READERS: Readonly<Record<Form, (line: string) => Answered | undefined>> = {
  ndjson,
  table,
  port,
  ss,
  netstat,
  lsof,
};

/** The TCP sockets in what a command printed. */
export function readAnswers(form: Form, text: string): Answered[] {
  const read = READERS[form];
  return text.split("\n").flatMap((line) => read(line) ?? []);
}

/**
 * What of a command's answer differs from ours, in lines; none when nothing does. `all` are the sockets as `procnet --ndjson`
 * tells them, with all their owners.
 */
export function differences(
  all: readonly Answered[],
  answers: readonly Answered[],
  form: Form,
  asked: Asked,
): string[] {
  const asFormTells = (sockets: readonly Answered[]): readonly Answered[] =>
    form === "lsof" ? joined(sockets) : sockets;
  const wanted = all.filter(({ state, pids }) => {
    return (asked === "all" || state === "LISTEN") && (form !== "lsof" || pids.length > 0);
  });
  const left = new Map<string, Answered[]>();
  for (const socket of asFormTells(wanted)) append(left, keyOf(socket), socket);
  const lines: string[] = [];
  for (const answer of asFormTells(answers)) {
    const same = left.get(keyOf(answer)) ?? [];
    const at = same.findIndex(({ pids }) => sameOwners(pids, answer.pids, form));
    if (at >= 0) same.splice(at, 1);
    else lines.push(`+ ${shown(answer)}`);
  }
  for (const [, missing] of left) lines.push(...missing.map((socket) => `- ${shown(socket)}`));
  return lines;
}

/** netstat names one of several owners; everyone else all of them. */
function sameOwners(all: readonly string[], told: readonly string[], form: Form): boolean {
  if (form === "netstat") return told.length === 0 ? all.length === 0 : all.includes(told[0]!);
  return all.length === told.length && told.every((pid) => all.includes(pid));
}

/** lsof has a line for every descriptor. Sockets with the same addresses are one here, as in its lines they cannot be told apart. */
function joined(answers: readonly Answered[]): Answered[] {
  const sockets = new Map<string, Answered>();
  for (const answer of answers) {
    const before = sockets.get(keyOf(answer))?.pids ?? [];
    sockets.set(keyOf(answer), { ...answer, pids: [...new Set([...before, ...answer.pids])] });
  }
  return [...sockets.values()];
}

const keyOf = ({ state, local, remote }: Answered): string => `${state} ${local} ${remote}`;
const shown = ({ pids, ...socket }: Answered): string => `${keyOf(socket as Answered)} ${pids.join(",") || "nobody"}`;

function append(map: Map<string, Answered[]>, key: string, socket: Answered): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [socket]);
  else list.push(socket);
}

function answered(state: string, local: string, remote: string, pids: Iterable<string>): Answered {
  const name = STATES[state] ?? state;
  return {
    state: name,
    local: endpoint(local),
    remote: name === "LISTEN" ? "" : endpoint(remote),
    pids: [...new Set(pids)],
  };
}

function endpoint(text: string): string {
  const colon = text.lastIndexOf(":");
  const address = text.slice(0, colon);
  return `${address.includes(":") || address === "*" ? "v6" : address}:${text.slice(colon + 1)}`;
}

function ndjson(line: string): Answered | undefined {
  if (!line.startsWith('{"protocol":"tcp')) return undefined;
  const { state, localAddress, localPort, remoteAddress, remotePort, owners = [] } = JSON.parse(line);
  const pids = (owners as { pid: number }[]).map(({ pid }) => String(pid));
  return answered(state, `${localAddress}:${localPort}`, `${remoteAddress}:${remotePort}`, pids);
}

function table(line: string): Answered | undefined {
  const [proto = "", state = "", , , local = "", remote = "", owners = ""] = line.split(/ +/);
  if (!/^tcp6?$/.test(proto)) return undefined;
  return answered(
    state,
    local,
    remote,
    Array.from(line.matchAll(/\[(\d+)\](?=,| |$)/g), ([, pid = ""]) => pid).filter(() => owners !== "-"),
  );
}

function port(line: string): Answered | undefined {
  const match = /^ *\d+ +(?:owned|unknown) +tcp6? +(\S+) +(?:(\d+) )?/.exec(line);
  return match === null ? undefined : answered("LISTEN", match[1]!, "", match[2] === undefined ? [] : [match[2]]);
}

function ss(line: string): Answered | undefined {
  const [state = "", , , local = "", remote = ""] = line.split(/ +/);
  if (!/^[A-Z-]+[0-9]?$/.test(state)) return undefined;
  return answered(
    state,
    local,
    remote,
    Array.from(line.matchAll(/,pid=(\d+),/g), ([, pid = ""]) => pid),
  );
}

function netstat(line: string): Answered | undefined {
  const [proto = "", , , local = "", remote = "", state = "", owner = ""] = line.split(/ +/);
  if (!/^tcp6?$/.test(proto)) return undefined;
  return answered(state, local, remote, /^\d+/.exec(owner) ?? []);
}

function lsof(line: string): Answered | undefined {
  const match = /^\S+ +(\d+) .* (IPv[46]) .* TCP (\S+) \((\S+)\)$/.exec(line);
  if (match === null) return undefined;
  const [, pid = "", family, name = "", state = ""] = match;
  const [local = "", remote = ""] = name.split("->");
  const own = family === "IPv4" ? local.replace(/^\*:/, "0.0.0.0:") : local;
  return answered(state, own, remote, [pid]);
}
