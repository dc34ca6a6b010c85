import { date, described, list, number, object, ref, type Schema, text, texts, whole, words, yes } from "./build.ts";
import { place, socketDefinitions } from "./sockets.ts";
import { SCHEMA_VERSION } from "./version.ts";

function definitions(): Readonly<Record<string, Schema>> {
  return {
    ...socketDefinitions(),
    ...healthDefinitions(),
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
        object({
          family: words("IPv4", "IPv6"),
          address: text,
          prefixLength: whole,
          "scope?": whole,
          "flags?": whole,
          "peer?": text,
          "broadcast?": text,
          "label?": text,
          "routeScope?": text,
          "validLifetime?": whole,
          "preferredLifetime?": whole,
        }),
      ),
      status: { type: "object", properties: { name: text, extra: texts }, additionalProperties: number },
      "perSecond?": object({ "recvBytes?": number, "sentBytes?": number }),
      "kind?": text,
      "master?": text,
      "lower?": text,
      "lowerNamespace?": whole,
      "altNames?": texts,
      "alias?": text,
      "group?": whole,
      "txQueueLength?": whole,
      "queueDiscipline?": text,
      "promiscuity?": whole,
      "carrier?": yes,
      "carrierChanges?": whole,
      "permanentHwAddress?": text,
      // Counters by the kernel's own names.
      "statistics?": { type: "object", additionalProperties: number },
      ...place(),
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
      "table?": text,
      "type?": text,
      "protocol?": text,
      "scope?": text,
      "preferredSource?": text,
      "weight?": whole,
      "expires?": number,
      "mtu?": whole,
      "encapsulation?": text,
      ...place(),
    }),
    neighbour: object({
      ipAddress: text,
      hwType: whole,
      flags: whole,
      "hwAddress?": text,
      mask: text,
      device: text,
      "extra?": texts,
      "family?": words("IPv4", "IPv6"),
      "state?": text,
      "isRouter?": yes,
      "isProxy?": yes,
      "usedAgo?": number,
      "confirmedAgo?": number,
      "updatedAgo?": number,
      "probes?": whole,
      ...place(),
    }),
    stat: object({ file: text, protocol: text, counter: text, value: number, "perSecond?": number, ...place() }),
    explanation: object({
      kind: words("socket", "counter", "finding"),
      subject: text,
      facts: list(object({ statement: text, fields: texts })),
      "waitingFor?": text,
      actor: words("us", "peer", "kernel", "nobody"),
      unknown: list(object({ what: text, "where?": text })),
      text,
      "socket?": ref("socket"),
      "name?": text,
      "meaning?": text,
      "file?": text,
      "type?": words("counter", "gauge"),
      "scope?": words("namespace", "machine"),
      "bits?": words(32, 64, "word"),
      "since?": text,
      "source?": text,
      "rfc?": text,
      "finding?": text,
      "id?": text,
      "title?": text,
      "help?": text,
      "sources?": texts,
    }),
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
    file: object({ name: text, ...place() }),
    finding: object({
      topic: text,
      status: words("ok", "limited", "absent", "failed"),
      finding: text,
      "remedy?": text,
    }),
  };
}

/** What `health` and `explain` tell of. */
function healthDefinitions(): Readonly<Record<string, Schema>> {
  return {
    healthFinding: object({
      id: text,
      severity: words("info", "warn", "crit"),
      since: date,
      window: number,
      // Each kind of subject has fields of its own.
      subject: { type: "object", properties: { kind: text }, required: ["kind"] },
      "namespace?": whole,
      evidence: list(
        object({
          name: text,
          file: text,
          value: number,
          "before?": number,
          "delta?": number,
          "perSecond?": number,
          "unit?": text,
        }),
      ),
      "limit?": object({ name: text, value: number, file: text, scope: text }),
      owners: list(
        object({
          pid: whole,
          startTime: whole,
          program: text,
          "container?": ref("container"),
          "unit?": text,
          sockets: whole,
        }),
      ),
      summary: text,
      help: text,
    }),
    rate: object({
      name: text,
      file: text,
      scope: words("namespace", "machine"),
      kind: words("counter", "gauge"),
      bits: whole,
      "of?": ref("seriesOf"),
      value: number,
      "delta?": number,
      "perSecond?": number,
    }),
    trafficRow: object({
      "name?": text,
      sentPerSecond: number,
      receivedPerSecond: number,
      sent: whole,
      received: whole,
      retransmitted: whole,
      "rtt?": number,
      connections: whole,
    }),
    trafficTotals: object({
      ...{ tcpSegmentsOut: whole, tcpSegmentsIn: whole, tcpRetransmitted: whole, tcpOpened: whole },
      ...{ udpDatagramsOut: whole, udpDatagramsIn: whole, ipOctetsOut: whole, ipOctetsIn: whole },
      ...{ interfaceBytesOut: whole, interfaceBytesIn: whole },
    }),
    seriesOf: object({
      kind: words("interface", "cpu", "cpus"),
      "interface?": text,
      "index?": whole,
      "cpu?": whole,
      "count?": whole,
    }),
    // With --use the lines are those of its table.
    healthItem: { oneOf: ["healthFinding", "useRow"].map(ref) },
    useRow: object({
      resource: text,
      "utilization?": ref("useCell"),
      "saturation?": ref("useCell"),
      "errors?": ref("useCell"),
    }),
    useCell: object({
      state: words("ok", "finding", "unknown"),
      "severity?": words("info", "warn", "crit"),
      checks: list(
        object({
          id: text,
          state: words("ok", "finding", "unknown"),
          "severity?": words("info", "warn", "crit"),
        }),
      ),
      "share?": number,
    }),
    watchEvent: object({
      event: words("present", "opened", "closed", "changed", "traces", "end"),
      at: date,
      "socket?": ref("socket"),
      "before?": ref("socket"),
      "after?": ref("socket"),
      "fields?": texts,
      "seen?": ref("watchTotals"),
    }),
    watchTotals: object({
      rounds: whole,
      present: whole,
      opened: whole,
      closed: whole,
      changed: whole,
      traces: whole,
      "missed?": whole,
      "unknown?": text,
    }),
    closeResult: object({
      socket: ref("socket"),
      outcome: described(
        words("closed", "gone", "refused", "spared"),
        "gone: it was not there any more; refused by the kernel; spared by this program",
      ),
      "code?": described(text, "the kernel's word for a refusal"),
      "reason?": described(text, "why it is not closed"),
    }),
    unknownFinding: object({ id: text, reason: text, message: text }),
  };
}

interface DocumentForm {
  readonly fields: Readonly<Record<string, Schema>>;
  /** The definition that its items follow: one item is a line of `--ndjson`. */
  readonly item?: string;
}

/** What each kind of document has. */
function documents(): Readonly<Record<string, DocumentForm>> {
  return {
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
        "source?": described(
          words("kernel", "pin", "procfs"),
          "who answered, where another than procfs was to be asked",
        ),
        "sourceOf?": object({ tables: texts, "owners?": words("kernel", "pin", "procfs"), notes: texts }),
        sockets: list(ref("socket")),
        "matched?": described(whole, "of the server: sockets that pass the filter, on all pages"),
        "next?": described(text, "of the server: the cursor of the next page, absent on the last"),
        "skippedInAll?": described(whole, "of the server: how many were skipped, where not all of them are listed"),
      },
    },
    counts: { item: "count", fields: { takenAt: date, by: text, total: whole, counts: list(ref("count")) } },
    port: { item: "portAnswer", fields: { ports: list(ref("portAnswer")) } },
    close: { item: "closeResult", fields: { takenAt: date, results: list(ref("closeResult")) } },
    interfaces: { item: "interface", fields: { takenAt: date, interfaces: list(ref("interface")) } },
    routes: { item: "route", fields: { takenAt: date, routes: list(ref("route")) } },
    neighbours: { item: "neighbour", fields: { takenAt: date, neighbours: list(ref("neighbour")) } },
    stats: { item: "stat", fields: { takenAt: date, stats: list(ref("stat")) } },
    explain: { item: "explanation", fields: { takenAt: date, explanations: list(ref("explanation")) } },
    namespaces: { item: "namespace", fields: { takenAt: date, namespaces: list(ref("namespace")) } },
    files: { item: "file", fields: { files: list(ref("file")) } },
    // What a file holds has the form that the library gives it, each file its own.
    file: { fields: { takenAt: date, name: text, content: {} } },
    capture: {
      item: "skippedFile",
      fields: { takenAt: date, directory: text, files: whole, processes: whole, skipped: list(ref("skippedFile")) },
    },
    health: {
      item: "healthItem",
      fields: {
        takenAt: date,
        window: number,
        samples: whole,
        findings: list(ref("healthFinding")),
        unknown: list(ref("unknownFinding")),
        ok: texts,
        "use?": list(ref("useRow")),
      },
    },
    rates: {
      item: "rate",
      fields: {
        takenAt: date,
        "seconds?": number,
        "namespace?": whole,
        rates: list(ref("rate")),
        events: list(
          object({
            kind: words("boot", "namespace", "reset", "wrap", "appeared", "gone"),
            "name?": text,
            "of?": ref("seriesOf"),
          }),
        ),
      },
    },
    traffic: {
      item: "trafficRow",
      fields: {
        takenAt: date,
        seconds: number,
        by: words("program", "pid", "container", "unit", "peer", "port"),
        traffic: list(ref("trafficRow")),
        open: described(whole, "connections that there are, those that did nothing too"),
        closed: described(whole, "connections that closed since the look before"),
        lost: described(whole, "of those, the ones whose last figures were not told"),
        isOverrun: yes,
        namespaces: whole,
        "totals?": described(ref("trafficTotals"), "what the kernel counted meanwhile, that of UDP too"),
        notes: texts,
      },
    },
    // What is there of it depends on the phase.
    watch: {
      item: "watchEvent",
      fields: {
        phase: words("snapshot", "batch", "rows", "end"),
        at: date,
        "took?": number,
        "counts?": list(object({ protocol: text, "state?": text, sockets: whole })),
        "skipped?": list(
          object({
            what: words("process", "namespace", "table"),
            "pid?": whole,
            "namespace?": whole,
            "protocol?": text,
            code: text,
            message: text,
          }),
        ),
        "namespaces?": list(object({ "inode?": whole, "pid?": whole, tables: whole, sockets: whole })),
        "rights?": object({ "uid?": whole, allProcesses: yes }),
        "sockets?": list(ref("socket")),
        "opened?": list(ref("socket")),
        "closed?": list(ref("socket")),
        "changed?": list(object({ before: ref("socket"), after: ref("socket"), fields: texts })),
        "traces?": list(ref("socket")),
        "missed?": list(object({ "namespace?": whole, "connections?": whole, "why?": text })),
        "seen?": ref("watchTotals"),
        "matched?": described(whole, "of the server: sockets that pass the filter"),
        "entered?": described(list(ref("socket")), "of the server: sockets that were there and pass the filter now"),
        "left?": described(
          list(ref("socket")),
          "of the server: sockets that are still there and pass the filter no more",
        ),
        "expose?": described(words("minimal", "owners", "full"), "of the server: how much is told"),
        "more?": described(yes, "of the server: events of the phase rows go on with these rows; absent with the last"),
        "aggregated?": described(yes, "of the server: too many pass the filter, and only their counts are told"),
        "skippedInAll?": described(whole, "of the server: how many were skipped, where not all of them are listed"),
      },
    },
    doctor: { item: "finding", fields: { takenAt: date, complete: yes, findings: list(ref("finding")) } },
  };
}

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** The rule of versions, where programs that read the documents find it. */
const COMMENT =
  "This is what this release prints. Later ones add fields, kinds and words without a new schemaVersion: let pass what " +
  "you do not know. A field that goes, changes its type or its meaning, or may be absent where it was not, raises it. " +
  "What of procnet reads documents reads this version and the one before.";

/**
 * Kinds of documents, by their field `kind`.
 *
 * @example
 * ```ts
 * import { documentKinds } from "procnet/view";
 * documentKinds().includes("sockets"); // true
 * ```
 */
export function documentKinds(): string[] {
  return Object.keys(documents());
}

/**
 * The JSON Schema (draft 2020-12) of the documents that `procnet --json` prints, or of those of one kind.
 *
 * @example
 * ```ts
 * import { schemaOf } from "procnet/view";
 * console.log(JSON.stringify(schemaOf("sockets"), undefined, 2));
 * ```
 */
export function schemaOf(kind?: string): Schema {
  const wanted = Object.entries(documents()).filter(([name]) => kind === undefined || name === kind);
  const schemas = wanted.map(([name, { fields }]) =>
    object({ schemaVersion: { const: SCHEMA_VERSION }, kind: { const: name }, ...fields }),
  );
  const body = kind === undefined ? { oneOf: schemas } : schemas[0];
  return {
    $schema: DIALECT,
    title: `procnet ${kind ?? "documents"}`,
    $comment: COMMENT,
    ...body,
    $defs: definitions(),
  };
}

/**
 * The schema of a line of `--ndjson`; `undefined` for kinds whose items have no form of their own.
 *
 * @example
 * ```ts
 * import { itemSchemaOf } from "procnet/view";
 * itemSchemaOf("routes")?.$ref; // "#/$defs/route"
 * ```
 */
export function itemSchemaOf(kind: string): Schema | undefined {
  const item = documents()[kind]?.item;
  return item === undefined ? undefined : { $schema: DIALECT, $comment: COMMENT, ...ref(item), $defs: definitions() };
}
