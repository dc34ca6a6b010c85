import { SCHEMA_VERSION } from "../../output/report.ts";
import { date, list, number, object, ref, type Schema, text, texts, whole, words, yes } from "./build.ts";
import { PLACE, SOCKET_DEFS } from "./sockets.ts";

const DEFS: Readonly<Record<string, Schema>> = {
  ...SOCKET_DEFS,
  skippedFile: object({ name: text, code: text, reason: text }),
  count: object({ key: { type: ["string", "number"] }, count: whole }),
  interface: object({
    name: text,
    "index?": whole,
    "flags?": whole,
    "mtu?": whole,
    "hwAddress?": text,
    "hwType?": whole,
    "operState?": text,
    addresses: list(
      object({ family: words("IPv4", "IPv6"), address: text, prefixLength: whole, "scope?": whole, "flags?": whole }),
    ),
    status: { type: "object", properties: { name: text, extra: texts }, additionalProperties: number },
    ...PLACE,
  }),
  route: object({
    family: words("IPv4", "IPv6"),
    destination: text,
    "source?": text,
    "gateway?": text,
    "iface?": text,
    metric: whole,
    flags: texts,
    "preference?": text,
    ...PLACE,
  }),
  neighbour: object({
    ipAddress: text,
    hwType: whole,
    flags: whole,
    "hwAddress?": text,
    mask: text,
    device: text,
    "extra?": texts,
    ...PLACE,
  }),
  stat: object({ file: text, protocol: text, counter: text, value: number, ...PLACE }),
  namespace: object({
    "inode?": whole,
    "current?": yes,
    processes: whole,
    pid: whole,
    "program?": text,
    "comm?": text,
    "container?": ref("container"),
    "unit?": text,
    "interfaces?": texts,
  }),
  file: object({ name: text }),
};

/** What each kind of document has, and which definition its items follow: one item is a line of `--ndjson`. */
const DOCUMENTS: Readonly<
  Record<string, { readonly fields: Readonly<Record<string, Schema>>; readonly item?: string }>
> = {
  sockets: {
    item: "socket",
    fields: {
      takenAt: date,
      duration: number,
      rights: object({ "uid?": whole, allProcesses: yes }),
      hiddenOwners: whole,
      namespaces: list(object({ "inode?": whole, "pid?": whole, tables: whole, sockets: whole })),
      skipped: list(
        object({
          what: words("process", "namespace", "table"),
          "pid?": whole,
          "namespace?": whole,
          "protocol?": text,
          code: text,
          message: text,
        }),
      ),
      sockets: list(ref("socket")),
    },
  },
  counts: { item: "count", fields: { takenAt: date, by: text, total: whole, counts: list(ref("count")) } },
  port: { item: "portAnswer", fields: { ports: list(ref("portAnswer")) } },
  interfaces: { item: "interface", fields: { takenAt: date, interfaces: list(ref("interface")) } },
  routes: { item: "route", fields: { takenAt: date, routes: list(ref("route")) } },
  neighbours: { item: "neighbour", fields: { takenAt: date, neighbours: list(ref("neighbour")) } },
  stats: { item: "stat", fields: { takenAt: date, stats: list(ref("stat")) } },
  namespaces: { item: "namespace", fields: { takenAt: date, namespaces: list(ref("namespace")) } },
  files: { item: "file", fields: { files: list(ref("file")) } },
  // What a file holds has the form that the library gives it, each file its own.
  file: { fields: { takenAt: date, name: text, content: {} } },
  capture: {
    item: "skippedFile",
    fields: { takenAt: date, directory: text, files: whole, processes: whole, skipped: list(ref("skippedFile")) },
  },
};

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** The schema of all documents, or of those of one kind. */
export function schemaOf(kind?: string): Schema {
  const documents = Object.entries(DOCUMENTS).filter(([name]) => kind === undefined || name === kind);
  const schemas = documents.map(([name, { fields }]) =>
    object({ schemaVersion: { const: SCHEMA_VERSION }, kind: { const: name }, ...fields }),
  );
  const body = kind === undefined ? { oneOf: schemas } : schemas[0];
  return { $schema: DIALECT, title: `procnet ${kind ?? "documents"}`, ...body, $defs: DEFS };
}

/** The schema of a line of `--ndjson`; `undefined` for kinds whose items have no form of their own. */
export function itemSchemaOf(kind: string): Schema | undefined {
  const item = DOCUMENTS[kind]?.item;
  return item === undefined ? undefined : { $schema: DIALECT, ...ref(item), $defs: DEFS };
}
