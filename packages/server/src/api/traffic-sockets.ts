import type { ConnectionTraffic } from "@procnet/kernel";
import { networkOf } from "../network.ts";
import type { TrafficFeed } from "../traffic/feed.ts";
import { eachInTurns } from "../turns.ts";
import { documentText } from "./documents.ts";
import type { Expose } from "./expose.ts";
import { isAsked, namesOf, type Question } from "./question.ts";

/** What a connection sends and receives a second, with what it is called by in the documents of sockets. */
interface SocketTraffic {
  readonly protocol: "tcp" | "tcp6";
  readonly namespace: number | undefined;
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** 0 where no process holds it: it was closed, or is not accepted yet. */
  readonly inode: number;
  readonly isClosed: boolean;
  readonly sentPerSecond: number;
  readonly receivedPerSecond: number;
  readonly retransmittedPerSecond: number;
  /** Microseconds. */
  readonly rtt: number | undefined;
}

type Field = keyof SocketTraffic;

const FIELDS: ReadonlySet<string> = new Set<Field>([
  ...(["protocol", "namespace", "localAddress", "localPort", "remoteAddress", "remotePort", "inode"] as const),
  ...(["isClosed", "sentPerSecond", "receivedPerSecond", "retransmittedPerSecond", "rtt"] as const),
]);

/** Reads `fields` of such a row. */
export function trafficFieldsOf(text: string | undefined): readonly Field[] | undefined {
  return namesOf(text, FIELDS) as readonly Field[] | undefined;
}

/** Which connections, and what of them. */
export interface TrafficSocketsOptions {
  readonly question: Question;
  readonly limit: number;
  readonly fields: readonly Field[] | undefined;
}

/**
 * Connections that sent or received something between the last two looks, those that did most first. All others are not in it: of 100,000
 * that are open mostly a few are told each second.
 */
export async function trafficSocketsDocument(
  feed: TrafficFeed,
  { question, limit, fields }: TrafficSocketsOptions,
): Promise<string> {
  const { takenAt, seconds, connections, lost, isOverrun, notes } = (await feed.told()).look;
  const asked: ConnectionTraffic[] = [];
  await eachInTurns(connections, 0, (one) => {
    if (isAsked(question, one.socket)) asked.push(one);
  });
  asked.sort((a, b) => b.sent + b.received - (a.sent + a.received));
  const sockets = asked.slice(0, limit).map((one) => chosen(rowOf(one, seconds, question.expose), fields));
  return documentText("trafficSockets", { takenAt, seconds, total: asked.length, sockets, lost, isOverrun, notes });
}

function rowOf(one: ConnectionTraffic, seconds: number, expose: Expose): SocketTraffic {
  const { socket, isClosed, sent, received, retransmitted } = one;
  const { protocol, namespace, localAddress, localPort, remoteAddress, remotePort, inode, tcpInfo } = socket;
  const told = expose === "minimal" ? networkOf : (address: string): string => address;
  return {
    ...{ protocol, namespace, localAddress: told(localAddress), localPort },
    ...{ remoteAddress: told(remoteAddress), remotePort, inode, isClosed },
    sentPerSecond: sent / seconds,
    receivedPerSecond: received / seconds,
    retransmittedPerSecond: retransmitted / seconds,
    rtt: tcpInfo?.rtt,
  };
}

function chosen(row: SocketTraffic, fields: readonly Field[] | undefined): object {
  return fields === undefined ? row : Object.fromEntries(fields.map((name) => [name, row[name]]));
}
