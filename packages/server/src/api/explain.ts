import {
  counterNames,
  type Explanation,
  explainCounter,
  explainFinding,
  explainSocket,
  FINDINGS,
  type WatchedSocket,
} from "procnet";
import { ROOT_NEEDS, suggestion } from "procnet/view";
import { networkOf } from "../network.ts";
import { Problem } from "../problem.ts";
import type { Look } from "../sampler/sampler.ts";
import { eachInTurns } from "../turns.ts";
import { documentText } from "./documents.ts";
import { askableSocket, type Expose, exposedSocket } from "./expose.ts";
import { isOfPath } from "./expose-finding.ts";
import { isAsked, questionOf } from "./question.ts";

/** Sockets that are explained at a time. */
const MOST = 100;

/** What a counter means. */
export function counterDocument(name: string): string {
  const found = explainCounter(name);
  if (found === undefined)
    throw new Problem(404, `no counter is called ${shown(name)}${suggestion(name, counterNames())}`);
  return explainDocument([found]);
}

/** What a finding means: with its evidence where it holds now and all of it may be told. */
export function findingDocument({ health }: Look, id: string, expose: Expose): string {
  const general = explainFinding(id);
  if (general === undefined) {
    const ids = FINDINGS.map((one) => one.id);
    throw new Problem(404, `no finding is called ${shown(id)}${suggestion(id, ids)}`);
  }
  const told = health.findings.filter(
    (one) => one.id === id && (expose === "full" || (expose === "owners" && !isOfPath(one.subject))),
  );
  const explained = told.flatMap((one) => explainFinding(one) ?? []);
  return explainDocument(explained.length > 0 ? explained : [general]);
}

/** What is asked of a socket: its inode, or a table with its own end and that of the other side. */
export interface AskedSocket {
  readonly inode?: string | undefined;
  readonly protocol?: string | undefined;
  readonly local?: string | undefined;
  readonly remote?: string | undefined;
}

/** What sockets wait for, and whose turn it is. */
export async function socketDocument({ sockets }: Look, asked: AskedSocket, expose: Expose): Promise<string> {
  const { inode, protocol, local, remote } = asked;
  const conditions = [
    ...(inode === undefined ? [] : [`inode = ${numberOf(inode)}`]),
    ...(local === undefined ? [] : [`src ${wordOf(local)}`]),
    ...(remote === undefined ? [] : [`dst ${wordOf(remote)}`]),
  ];
  if (conditions.length === 0) throw new Problem(400, "which socket? inode, or protocol with local, remote or both");
  const question = questionOf(conditions.join(" and "), protocol ?? (inode === undefined ? "inet" : "all"), expose);
  const found: WatchedSocket[] = [];
  await eachInTurns(sockets, 0, (socket) => {
    if (found.length < MOST && isAsked(question, socket)) found.push(socket);
  });
  if (found.length === 0) throw new Problem(404, "there is no such socket");
  const reader = process.geteuid?.() === 0 ? { ownersSeen: `root needs ${ROOT_NEEDS}` } : {};
  return explainDocument(
    found.map((socket) => ({
      ...explainSocket(explainable(socket, expose), reader),
      socket: exposedSocket(socket, expose),
    })),
  );
}

/** The row that is explained: no sentence can name what is not in it. */
function explainable(socket: WatchedSocket, expose: Expose): WatchedSocket {
  if (expose === "full") return socket;
  const row = askableSocket(socket, expose);
  const owned: WatchedSocket = expose === "owners" ? row : { ...row, owners: [], ownerless: undefined };
  if (owned.protocol === "unix") {
    const { pathBytes: _, ...rest } = owned;
    return { ...rest, path: "[not told]" };
  }
  if (owned.protocol === "netlink") return expose === "owners" ? owned : { ...owned, portId: 0 };
  if (owned.protocol === "packet" || expose === "owners" || !("localAddress" in socket)) return owned;
  return { ...owned, localAddress: networkOf(socket.localAddress), remoteAddress: networkOf(socket.remoteAddress) };
}

function explainDocument(explanations: readonly (Explanation & { readonly socket?: object })[]): string {
  return documentText("explain", { takenAt: new Date(), explanations });
}

function numberOf(text: string): string {
  if (/^[1-9]\d{0,14}$/.test(text)) return text;
  throw new Problem(400, "an inode is a number", { parameter: "inode" });
}

/** An end is one word of a filter: nothing else of the language may stand in it. */
function wordOf(text: string): string {
  if (/^[\w.:*%[\]/-]{1,100}$/.test(text)) return text;
  throw new Problem(400, `${shown(text)} is no address with a port: 127.0.0.1:8080, [::1]:80, *:443`);
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
