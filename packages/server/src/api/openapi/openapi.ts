import { jsonText } from "procnet/view";
import { ref, schemas } from "./schemas.ts";

type Part = Readonly<Record<string, unknown>>;

/** A parameter, by its name. */
const PARAMETERS: Readonly<Record<string, Part>> = {
  filter: query("Which sockets, in the filter language of procnet sockets", { type: "string", maxLength: 1024 }),
  protocol: query(
    "Which tables, with commas: all, inet (TCP and UDP), tcp, unix, ...; without it inet for rows, all for what is added up",
    {
      type: "string",
    },
  ),
  limit: query("Rows at most", { type: "integer", minimum: 1, maximum: 5000, default: 500 }),
  cursor: query("Where to go on: next of the page before", { type: "string" }),
  fields: query("Fields of a row, with commas", { type: "string" }),
  rows: query("Rows that are told at most; where more pass the filter, only their numbers are", {
    type: "integer",
    minimum: 1,
    maximum: 250_000,
    default: 5000,
  }),
  queues: query("Whether it is an event, too, that queues, retransmissions or losses of a socket changed alone", {
    type: "boolean",
    default: false,
  }),
  by: query("What is summed: program, pid, container, unit, peer or port; without pid and unit where little is told", {
    type: "string",
    enum: ["program", "pid", "container", "unit", "peer", "port"],
    default: "program",
  }),
  flat: query("Rows of one level for databases, all of them, one a line", { type: "string", enum: ["true"] }),
  view: query(
    "What to listen to, with commas: sockets, rates, health, counts, processes, listeners, destinations; the first three without it",
    { type: "string" },
  ),
  inode: query("The inode of a socket", { type: "integer", minimum: 1 }),
  local: query("Its own address and port, 127.0.0.1:8080", { type: "string" }),
  remote: query("Those of the other side", { type: "string" }),
  lastEventId: {
    name: "Last-Event-ID",
    in: "header",
    description: "The last event that was seen",
    schema: { type: "string" },
  },
  name: path("A counter, TcpExt.ListenDrops"),
  id: path("A finding, tcp-accept-queue-overflow"),
};

interface Endpoint {
  readonly path: string;
  readonly summary: string;
  readonly parameters?: readonly string[];
  /** What is answered, by its media type. */
  readonly content: Part;
  /** Other answers than those that all have. */
  readonly also?: Readonly<Record<string, string>>;
}

const LIST = ["filter", "protocol", "limit"];

/** All endpoints, below `/api/v1`. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    path: "/sockets",
    summary: "Sockets with their owners",
    parameters: ["filter", "protocol", "limit", "cursor", "fields", "flat"],
    content: {
      "application/json": { schema: { anyOf: [ref("socketsDocument"), ref("chosenSockets")] } },
      "application/x-ndjson": {
        schema: { description: "a socket a line, all of them; with flat, flatRow", type: "string" },
      },
    },
    also: { 410: "The look of the cursor is over" },
  },
  { path: "/processes", summary: "Processes by their sockets", parameters: LIST, content: json("processesDocument") },
  { path: "/listeners", summary: "What listens", parameters: LIST, content: json("listenersDocument") },
  { path: "/destinations", summary: "Where connections lead", parameters: LIST, content: json("destinationsDocument") },
  { path: "/namespaces", summary: "Network namespaces", content: json("namespacesDocument") },
  { path: "/interfaces", summary: "Interfaces", content: json("interfacesDocument") },
  { path: "/counters", summary: "Counters of the protocols", content: json("statsDocument") },
  { path: "/rates", summary: "What counters did since the look before", content: json("ratesDocument") },
  {
    path: "/traffic",
    summary:
      "Who sends and receives how much by TCP: in the last second, and since somebody asks. Takes the package @procnet/kernel",
    parameters: ["by", "limit"],
    content: json("trafficDocument"),
  },
  {
    path: "/traffic/sockets",
    summary: "What each connection of TCP that did something sends and receives a second, those that do most first",
    parameters: ["filter", "protocol", "limit", "fields"],
    content: {
      "application/json": { schema: { anyOf: [ref("trafficSocketsDocument"), ref("chosenTrafficSockets")] } },
    },
  },
  { path: "/health", summary: "What is wrong, and why", content: json("healthDocument") },
  {
    path: "/history",
    summary: "What looks of the last minutes came to, as far as somebody listened to events",
    content: json("historyDocument"),
  },
  {
    path: "/explain/socket",
    summary: "What a socket waits for",
    parameters: ["inode", "protocol", "local", "remote"],
    content: json("explainDocument"),
    also: { 404: "There is no such socket" },
  },
  {
    path: "/explain/counter/{name}",
    summary: "What a counter means",
    parameters: ["name"],
    content: json("explainDocument"),
    also: { 404: "There is no such counter" },
  },
  {
    path: "/explain/finding/{id}",
    summary: "What a finding means",
    parameters: ["id"],
    content: json("explainDocument"),
    also: { 404: "There is no such finding" },
  },
  {
    path: "/events",
    summary:
      "Server-sent events: snapshot, diff and rows, which go on with them (watchDocument), counts (lookCountsDocument), rates, health, processes, listeners, destinations, failure",
    parameters: ["view", "filter", "protocol", "rows", "fields", "queues", "lastEventId"],
    content: { "text/event-stream": { schema: { type: "string" } } },
    also: { 503: "A hundred clients listen already" },
  },
  {
    path: "/openapi.json",
    summary: "This document",
    content: { "application/json": { schema: { type: "object" } } },
  },
];

function query(description: string, schema: Part): Part {
  return { in: "query", description, schema };
}

function path(description: string): Part {
  return { in: "path", required: true, description, schema: { type: "string" } };
}

function json(name: string): Part {
  return { "application/json": { schema: ref(name) } };
}

/** Why any question may have no answer. */
const REFUSED: Readonly<Record<string, string>> = {
  400: "The question cannot be read",
  401: "The server has a token, and the question has it not",
  503: "Too much is asked at a time, or there are too many sockets to look at each",
};

/** Names that stand behind the `?` of an endpoint's address, below `/api/v1`; `undefined` where there is no such endpoint. */
export function queryParameters(path: string): readonly string[] | undefined {
  const found = ENDPOINTS.find((one) => isAt(one.path, path));
  return found && (found.parameters ?? []).filter((name) => PARAMETERS[name]?.in === "query");
}

function isAt(pattern: string, path: string): boolean {
  const parts = path.split("/");
  const known = pattern.split("/");
  return known.length === parts.length && known.every((part, at) => part.startsWith("{") || part === parts[at]);
}

let written: string | undefined;

/** The description of the API, OpenAPI 3.1. */
export function openApiText(): string {
  written ??= jsonText({
    openapi: "3.1.1",
    info: {
      title: "procnet",
      version: "1",
      description:
        "What a server does not tell its clients (see --expose) is absent. Times are those of the look that an answer is made of.",
    },
    paths: Object.fromEntries(ENDPOINTS.map((one) => [`/api/v1${one.path}`, { get: operationOf(one) }])),
    components: { schemas: schemas() },
  });
  return written;
}

function operationOf({ path, summary, parameters = [], content, also = {} }: Endpoint): Part {
  const failed = { "application/json": { schema: ref("error") } };
  const others = { ...REFUSED, ...also };
  return {
    operationId: path
      .replace(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase())
      .replace(/^./, (one) => one.toLowerCase()),
    summary,
    ...(parameters.length > 0 && { parameters: parameters.map((name) => ({ name, ...PARAMETERS[name] })) }),
    responses: {
      200: { description: summary, content },
      ...Object.fromEntries(
        Object.entries(others).map(([status, description]) => [status, { description, content: failed }]),
      ),
    },
  };
}
