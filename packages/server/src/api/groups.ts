import { type LocalPortUse, localPortUse, type WatchedOwner, type WatchedSocket } from "procnet";
import {
  containerText,
  DestinationGroups,
  type GroupContext,
  jsonText,
  ListenerGroups,
  ProcessGroups,
  type ShownOwner,
} from "procnet/view";
import { networkOf } from "../network.ts";
import type { Look } from "../sampler/sampler.ts";
import { eachInTurns, inTurns, turn } from "../turns.ts";
import { documentText } from "./documents.ts";
import { type Expose, exposedOwner } from "./expose.ts";
import { isAsked, type Question } from "./question.ts";

/** What sockets are added up to. */
export type GroupView = "processes" | "listeners" | "destinations";

/** All of them. */
export const GROUP_VIEWS: readonly GroupView[] = ["processes", "listeners", "destinations"];

type Write = (look: Look, question: Question, limit: number) => Promise<string>;

const DOCUMENTS: Readonly<Record<GroupView, Write>> = {
  processes: processesDocument,
  listeners: listenersDocument,
  destinations: destinationsDocument,
};

/** Sockets, and rows, between two turns of the event loop. */
const STEP = 512;

/** Documents of a look that are kept: clients mostly ask for the same ones. */
const MOST_WRITTEN = 16;

/** Documents of looks that are still told of. */
const written = new WeakMap<Look, Map<string, Promise<string>>>();

/** What sockets that are asked for add up to: each question of a look is answered once, as far as these are few. */
export function groupDocument(view: GroupView, look: Look, question: Question, limit: number): Promise<string> {
  const documents = written.get(look) ?? new Map<string, Promise<string>>();
  written.set(look, documents);
  const { text, protocols, expose } = question;
  const key = JSON.stringify([view, limit, text, [...protocols], expose]);
  const document = documents.get(key) ?? DOCUMENTS[view](look, question, limit);
  if (documents.size < MOST_WRITTEN) documents.set(key, document);
  return document;
}

/** Processes by their sockets that are asked for; where processes are not told, programs. */
async function processesDocument(look: Look, question: Question, limit: number): Promise<string> {
  const { expose } = question;
  const groups = new ProcessGroups({
    ...contextOf(look),
    processes: look.sample.processes,
    shown: (owner) => shownOwner(owner, expose),
    ...(expose === "minimal" && { key: programKey }),
  });
  const ownerless = new Map<string, number>();
  const take = (socket: WatchedSocket): void => {
    if (!isAsked(question, socket)) return;
    groups.take(socket);
    const reason = socket.ownerless;
    if (reason !== undefined) ownerless.set(reason, (ownerless.get(reason) ?? 0) + 1);
  };
  await eachInTurns(look.sockets, 0, take, STEP);
  const without = [...ownerless].map(([reason, sockets]) => ({ reason, sockets }));
  return documentOf("processes", { ...headOf(look, groups), ownerless: without }, groups.each(limit));
}

/** Sockets of TCP that listen and are asked for, with what waits for them and how many connections their port has. */
async function listenersDocument(look: Look, question: Question, limit: number): Promise<string> {
  const { expose } = question;
  const groups = new ListenerGroups(contextOf(look));
  await eachInTurns(look.sockets, 0, (socket) => {
    // Connections count whoever asks for their listener.
    const isListener = (socket.protocol === "tcp" || socket.protocol === "tcp6") && socket.state === "LISTEN";
    if (!isListener || isAsked(question, socket)) groups.take(socket);
  });
  return documentOf("listeners", headOf(look, groups), groups.each(limit), ({ owners, localAddress, ...row }) => ({
    ...row,
    localAddress: expose === "minimal" ? networkOf(localAddress) : localAddress,
    owners: owners?.map((owner) => exposedOwner(owner, expose)),
  }));
}

/** Where connections of TCP that are asked for lead that this side opened. */
async function destinationsDocument(look: Look, question: Question, limit: number): Promise<string> {
  const { expose } = question;
  const groups = new DestinationGroups({
    ...contextOf(look),
    portUse: portUseOf(look),
    ...(expose === "minimal" && { address: networkOf, tellsProcesses: false }),
  });
  await eachInTurns(look.sockets, 0, (socket) => groups.listens(socket));
  const take = (socket: WatchedSocket): void => {
    if (isAsked(question, socket)) groups.take(socket);
  };
  await eachInTurns(look.sockets, 0, take, STEP);
  return documentOf("destinations", headOf(look, groups), groups.each(limit));
}

/** A document with its rows, each told as it is but for what is said. */
async function documentOf<Row extends object>(
  view: GroupView,
  head: object,
  rows: Iterable<Row>,
  told: (row: Row) => object = (row) => row,
): Promise<string> {
  await turn();
  const texts: string[] = [];
  await inTurns(rows, (row) => texts.push(jsonText(told(row))), STEP);
  return `${documentText(view, head).slice(0, -1)},"${view}":[${texts.join(",")}]}`;
}

function contextOf({ health, sample, limits }: Look): GroupContext {
  return { findings: health.findings, namespace: sample.namespace, limits };
}

function headOf({ item }: Look, { size }: { readonly size: number }): object {
  return { takenAt: item.at, total: size };
}

/** Descriptors are those of one socket, and whether the process has ended is of one look. */
function shownOwner(owner: WatchedOwner, expose: Expose): ShownOwner {
  const { program } = owner;
  const told = Object.entries(exposedOwner(owner, expose)).filter(([name]) => name !== "fds" && name !== "ended");
  return { program, ...Object.fromEntries(told) };
}

/** No name has a NUL in it. */
function programKey({ program, container }: WatchedOwner): string {
  return `${program}\0${containerText(container)}`;
}

const used = new WeakMap<Look, readonly LocalPortUse[]>();

/** Local ports of connections, counted once a look. */
function portUseOf(look: Look): readonly LocalPortUse[] {
  const use = used.get(look) ?? localPortUse(look.sample, look.limits) ?? [];
  used.set(look, use);
  return use;
}
