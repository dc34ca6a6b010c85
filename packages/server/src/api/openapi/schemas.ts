import { documentKinds, flatSchema, SCHEMA_VERSION, type Schema, schemaOf } from "procnet/view";

const REF = "#/components/schemas/";
const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const date: Schema = { type: "string", format: "date-time" };
const list = (items: Schema): Schema => ({ type: "array", items });

/** A schema of this document by its name. */
export function ref(name: string): Schema {
  return { $ref: `${REF}${name}` };
}

/** Kinds of documents that the command has too. */
const KINDS = ["sockets", "namespaces", "interfaces", "stats", "rates", "traffic", "health", "explain", "watch"];

/** Fields that documents have always but where a class of exposure takes them away. */
const UNTOLD: Readonly<Record<string, readonly string[]>> = {
  owner: ["pid", "startTime", "comm", "cmdline", "uid", "fds"],
  tcpSocket: ["uid"],
  datagramSocket: ["uid"],
  netlinkSocket: ["sk", "portId"],
  packetSocket: ["sk", "uid"],
  namespace: ["pid"],
  findingOwner: ["pid", "startTime"],
};

/** All schemas: those that `procnet schema` prints, and those of what the server alone has. */
export function schemas(): Record<string, Schema> {
  const known = documentKinds();
  const documents = KINDS.filter((kind) => known.includes(kind)).map((kind) => [`${kind}Document`, documentOf(kind)]);
  return { ...definitions(), ...Object.fromEntries(documents), flatRow: bodyOf(flatSchema()), ...ownSchemas() };
}

function definitions(): Record<string, Schema> {
  const found = schemaOf().$defs as Readonly<Record<string, Schema>>;
  const all = Object.entries(found).map(([name, schema]) => [name, relaxed(rewritten(schema), UNTOLD[name] ?? [])]);
  const schemas: Record<string, Schema> = Object.fromEntries(all);
  return { ...schemas, ...findings(schemas.healthFinding ?? {}) };
}

function documentOf(kind: string): Schema {
  return rewritten(bodyOf(schemaOf(kind)));
}

/** A schema without what stands around it in a file of its own. */
function bodyOf(schema: Schema): Schema {
  const { $schema: _schema, $comment: _comment, $defs: _defs, title: _title, ...body } = schema;
  return body;
}

/** Findings, whose owners get a name of their own: they are told by the same rule. */
function findings(finding: Schema): Record<string, Schema> {
  const properties = finding.properties as Readonly<Record<string, { readonly items?: Schema }>>;
  const findingOwner = relaxed(properties.owners?.items ?? {}, UNTOLD.findingOwner ?? []);
  const healthFinding = { ...finding, properties: { ...properties, owners: list(ref("findingOwner")) } };
  return { healthFinding, findingOwner };
}

/** Without the promise that these fields are there. */
function relaxed(schema: Schema, fields: readonly string[]): Schema {
  const { required } = schema;
  if (!Array.isArray(required)) return schema;
  return { ...schema, required: required.filter((name: string) => !fields.includes(name)) };
}

/** The same with the places that OpenAPI has for schemas. */
function rewritten(schema: Schema): Schema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', `"${REF}`);
  const parsed: Record<string, unknown> = JSON.parse(text);
  return parsed;
}

function object(fields: Readonly<Record<string, Schema>>): Schema {
  const required = Object.keys(fields).filter((name) => !name.endsWith("?"));
  const properties = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name.replace(/\?$/, ""), one]));
  return { type: "object", properties, required, additionalProperties: false };
}

function document(kind: string, fields: Readonly<Record<string, Schema>>): Schema {
  return object({ schemaVersion: { const: SCHEMA_VERSION }, kind: { const: kind }, takenAt: date, ...fields });
}

function ownSchemas(): Record<string, Schema> {
  const counts = { sockets: whole, rxQueue: whole, txQueue: whole, states: list(ref("stateCount")) };
  const names = { "comm?": text, "cmdline?": list(text), "exe?": text, "cgroup?": text, "unit?": text };
  const ids = { "pid?": whole, "startTime?": whole, "uid?": whole, "container?": ref("container") };
  const place = { protocol: { enum: ["tcp", "tcp6"] }, "namespace?": whole };
  return {
    error: object({
      schemaVersion: { const: SCHEMA_VERSION },
      kind: { const: "error" },
      message: text,
      "parameter?": text,
      "column?": whole,
    }),
    lookCountsDocument: document("lookCounts", {
      took: { type: "number" },
      interval: { type: "number" },
      "host?": text,
      expose: { enum: ["minimal", "owners", "full"] },
      traffic: object({ told: { type: "boolean" }, "why?": text }),
      sockets: whole,
      counts: list(ref("stateCount")),
      hiddenOwners: whole,
      "missed?": object({ "connections?": whole, unknownNamespaces: whole }),
      rights: object({ "uid?": whole, allProcesses: { type: "boolean" } }),
      namespaces: whole,
      skipped: list(
        object({ what: text, "pid?": whole, "namespace?": whole, "protocol?": text, code: text, message: text }),
      ),
      "skippedInAll?": whole,
    }),
    historyDocument: object({
      ...{ schemaVersion: { const: SCHEMA_VERSION }, kind: { const: "history" } },
      times: list({ type: "integer", description: "milliseconds since 1970" }),
      series: list(
        object({
          name: { type: "string", description: "tcp ESTABLISHED, udp: sockets; in eth0, retransmitted, ...: a second" },
          values: list({ type: ["number", "null"], description: "one for each of times; null where it is not known" }),
        }),
      ),
    }),
    stateCount: object({ protocol: text, state: text, sockets: whole }),
    rowFinding: object({ id: text, severity: { enum: ["info", "warn", "crit"] } }),
    process: object({
      ...{ program: text, ...names, ...ids, ...counts },
      listens: list(whole),
      "descriptors?": whole,
      "descriptorLimit?": whole,
      findings: list(ref("rowFinding")),
    }),
    processesDocument: document("processes", {
      total: whole,
      processes: list(ref("process")),
      ownerless: list(object({ reason: text, sockets: whole })),
    }),
    tcpListener: object({
      ...place,
      localAddress: text,
      localPort: whole,
      inode: whole,
      "owners?": list(ref("owner")),
      "ownerless?": text,
      "suspect?": { type: "boolean" },
      waiting: whole,
      "fullAt?": whole,
      connections: whole,
      findings: list(ref("rowFinding")),
    }),
    listenersDocument: document("listeners", { total: whole, listeners: list(ref("tcpListener")) }),
    destination: object({
      ...{ ...place, remoteAddress: text, remotePort: whole, ...counts },
      "portsUsed?": whole,
      "portsUsable?": whole,
      holders: list(object({ "pid?": whole, program: text, sockets: whole })),
      hiddenOwners: whole,
      findings: list(ref("rowFinding")),
    }),
    destinationsDocument: document("destinations", { total: whole, destinations: list(ref("destination")) }),
    trafficSocketsDocument: document("trafficSockets", {
      seconds: { type: "number" },
      total: { ...whole, description: "how many sent or received something, also those beyond the limit" },
      sockets: list(
        object({
          ...{ ...place, localAddress: text, localPort: whole, remoteAddress: text, remotePort: whole },
          inode: { ...whole, description: "that of the socket in other documents; 0 where no process holds it" },
          isClosed: { type: "boolean" },
          ...{ sentPerSecond: { type: "number" }, receivedPerSecond: { type: "number" } },
          retransmittedPerSecond: { type: "number" },
          "rtt?": { ...whole, description: "microseconds, smoothed by the kernel" },
        }),
      ),
      ...{ lost: whole, isOverrun: { type: "boolean" }, notes: list(text) },
    }),
    chosenSockets: chosen("sockets"),
    chosenTrafficSockets: chosen("trafficSockets"),
  };
}

/** A document of rows of which some fields were asked for. */
function chosen(kind: string): Schema {
  return {
    description: "with fields: rows have those that were asked for",
    type: "object",
    properties: { kind: { const: kind }, sockets: list({ type: "object" }) },
    required: ["kind", "sockets"],
  };
}
