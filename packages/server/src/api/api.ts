import { type Context, Hono } from "hono";
import { machineIdentity } from "procnet";
import { jsonText } from "procnet/view";
import { Problem } from "../problem.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { Shared } from "../sampler/shared.ts";
import type { TrafficFeed } from "../traffic/feed.ts";
import { healthDocument, ratesDocument } from "./documents.ts";
import type { View } from "./events/channel.ts";
import { Hub, type HubOptions } from "./events/hub.ts";
import { counterDocument, findingDocument, socketDocument } from "./explain.ts";
import type { Expose } from "./expose.ts";
import { flatRowText } from "./expose-flat.ts";
import { GROUP_VIEWS, groupDocument } from "./groups.ts";
import { Past } from "./history.ts";
import { countersDocument, interfacesDocument, namespacesDocument } from "./machine.ts";
import { openApiText } from "./openapi/openapi.ts";
import { Pages } from "./pages.ts";
import { knownParameters } from "./parameters.ts";
import { fieldsOf, isFlat, isWanted, limitOf, questionOf } from "./question.ts";
import { rowText } from "./row-text.ts";
import { socketLines, socketsDocument } from "./sockets.ts";
import { type ApiEnv, hangUp, streamOf } from "./stream.ts";
import { trafficDocument, trafficKindOf } from "./traffic.ts";
import { trafficFieldsOf, trafficSocketsDocument } from "./traffic-sockets.ts";

/** What the API is made of. */
export interface ApiOptions {
  readonly sampler: Sampler;
  readonly traffic: TrafficFeed;
  /** How old a look at sockets may be that is told of, milliseconds. */
  readonly maxAge: number;
  /** Directory of the sysfs to look at: `/sys` by default. */
  readonly sysfs?: string;
  /** Name of the machine in flat rows: what it says itself by default. */
  readonly hostName?: string | undefined;
  /** Times of events. */
  readonly times?: Omit<HubOptions, "sampler" | "traffic">;
}

/** The API, and what ends it. */
export interface Api {
  readonly app: Hono<ApiEnv>;
  /** How many clients listen to events. */
  listening(): number;
  /** Lets go of looks and clients. */
  close(): void;
}

const EXPOSES: readonly Expose[] = ["minimal", "owners", "full"];

const USUAL = 500;
const MOST = 5000;

/** Rows of events. */
const USUAL_ROWS = 5000;
const MOST_ROWS = 250_000;

/** All below `/api/v1`. */
export function apiOf({ sampler, traffic, maxAge, sysfs = "/sys", hostName, times = {} }: ApiOptions): Api {
  const { isKernels } = sampler;
  const pages = new Pages();
  const past = new Past();
  const machine = machineIdentity({ procfs: sampler.procfs });
  const host = hostName ?? machine.host;
  const hub = new Hub({ sampler, host, traffic: () => traffic.telling(), onLook: (look) => past.add(look), ...times });
  const app = new Hono<ApiEnv>();
  app.onError((error, context) => {
    if (!(error instanceof Problem)) throw error;
    return json(context, jsonText(error.document()), error.status);
  });
  app.use(knownParameters);
  app.get("/sockets", async (context) => {
    const expose = exposeOf(context);
    const asked = context.req.query();
    const { filter, protocol, fields: names, cursor, limit } = asked;
    const question = questionOf(filter, protocol, expose, isKernels);
    if (isFlat(asked)) {
      const look = await sampler.lookOf(maxAge);
      const row = { host, bootId: machine.bootId, takenAt: look.item.at, event: "snapshot" } as const;
      const lines = socketLines(question, look, (socket) => flatRowText(socket, row, expose));
      return context.body(streamOf(context, lines, times.stalled), 200, LINES);
    }
    const fields = fieldsOf(names, expose);
    const most = limitOf(limit, USUAL, MOST);
    const place = cursor === undefined ? { look: await sampler.lookOf(maxAge), at: 0 } : pages.find(cursor);
    context.header("Vary", "Accept");
    if (wantsLines(context)) {
      const lines = socketLines(question, place.look, (socket) => rowText(socket, expose, fields));
      return context.body(streamOf(context, lines, times.stalled), 200, LINES);
    }
    return json(context, await socketsDocument(question, { place, limit: most, fields }, pages));
  });
  for (const view of GROUP_VIEWS) {
    app.get(`/${view}`, async (context) => {
      const { filter, protocol, limit } = context.req.query();
      const question = questionOf(filter, protocol ?? "all", exposeOf(context), isKernels);
      const most = limitOf(limit, USUAL, MOST);
      return json(context, await groupDocument(view, await sampler.lookOf(maxAge), question, most));
    });
  }
  const namespaces = new Map<Expose, Shared<string>>(
    EXPOSES.map((one) => [one, new Shared(() => namespacesDocument(sampler.procfs, one))]),
  );
  app.get("/namespaces", async (context) => json(context, await namespaces.get(exposeOf(context))!.get(maxAge)));
  app.get("/interfaces", (context) => json(context, interfacesDocument(sampler, sysfs, exposeOf(context))));
  app.get("/counters", async (context) => json(context, countersDocument(await sampler.lookOf(maxAge))));
  app.get("/rates", async (context) => json(context, ratesDocument(await sampler.lookOf(maxAge), "all")));
  app.get("/traffic", async (context) => {
    const { by, limit } = context.req.query();
    const expose = exposeOf(context);
    const most = limitOf(limit, USUAL, MOST);
    return json(context, await trafficDocument(traffic, trafficKindOf(by, expose), most, expose));
  });
  app.get("/traffic/sockets", async (context) => {
    const { filter, protocol, fields: names, limit: most } = context.req.query();
    // The kernel tells of these connections, whoever tells of sockets.
    const question = questionOf(filter, protocol, exposeOf(context), true);
    if (!question.protocols.has("tcp") && !question.protocols.has("tcp6"))
      throw new Problem(400, "traffic is told of connections of TCP alone", { parameter: "protocol" });
    const [limit, fields] = [limitOf(most, USUAL, MOST), trafficFieldsOf(names)];
    return json(context, await trafficSocketsDocument(traffic, { question, limit, fields }));
  });
  app.get("/history", async (context) => json(context, await past.document()));
  app.get("/health", async (context) => json(context, healthDocument(await sampler.lookOf(maxAge), exposeOf(context))));
  app.get("/explain/counter/:name", (context) => json(context, counterDocument(context.req.param("name"))));
  app.get("/explain/finding/:id", async (context) => {
    const { id } = context.req.param();
    return json(context, findingDocument(await sampler.lookOf(maxAge), id, exposeOf(context)));
  });
  app.get("/explain/socket", async (context) => {
    const { inode, protocol, local, remote } = context.req.query();
    const asked = { inode, protocol, local, remote };
    return json(context, await socketDocument(await sampler.lookOf(maxAge), asked, exposeOf(context)));
  });
  app.get("/openapi.json", (context) => json(context, openApiText()));
  app.get("/events", async (context) => {
    const { filter, protocol, view, rows, fields, queues } = context.req.query();
    const expose = exposeOf(context);
    const views = viewsOf(view);
    // TCP and UDP are meant where rows are told, as with the command; all sockets are added up.
    const grouped = questionOf(filter, protocol ?? "all", expose, isKernels);
    const asked = {
      question: views.has("sockets") ? questionOf(filter, protocol, expose, isKernels) : grouped,
      grouped,
      views,
      rows: limitOf(rows, USUAL_ROWS, MOST_ROWS, "rows"),
      fields: fieldsOf(fields, expose),
      queues: isWanted("queues", queues),
    };
    if (context.req.method === "HEAD") return context.body(null, 200, EVENTS);
    const lastId = context.req.header("last-event-id");
    return context.body(await hub.join({ asked, lastId, hangUp: () => hangUp(context) }), 200, EVENTS);
  });
  return {
    app,
    listening: () => hub.size,
    close: () => {
      hub.close();
      pages.close();
    },
  };
}

const LINES = { "Content-Type": "application/x-ndjson" };

const EVENTS = { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" };

/** What is told without a word. */
const USUAL_VIEWS: readonly View[] = ["sockets", "rates", "health"];
const VIEWS: readonly View[] = [...USUAL_VIEWS, "counts", ...GROUP_VIEWS];

function viewsOf(text: string | undefined): ReadonlySet<View> {
  if (text === undefined || text === "") return new Set(USUAL_VIEWS);
  return new Set(
    text.split(",").map((name) => {
      const view = VIEWS.find((one) => one === name);
      if (view !== undefined) return view;
      throw new Problem(400, `there is no view ${JSON.stringify(name)}; there are ${VIEWS.join(", ")}`, {
        parameter: "view",
      });
    }),
  );
}

/** What may be told to this client; without a word of whoever guards the server, the least. */
function exposeOf(context: Context): Expose {
  const expose: unknown = context.get("expose");
  return expose === "full" || expose === "owners" ? expose : "minimal";
}

function wantsLines(context: Context): boolean {
  return /\bapplication\/(x-ndjson|ndjson|jsonl)\b/.test(context.req.header("accept") ?? "");
}

function json(context: Context, text: string, status: 200 | Problem["status"] = 200): Response {
  return context.body(`${text}\n`, status, { "Content-Type": "application/json" });
}
