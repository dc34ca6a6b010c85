import { readFileSync } from "node:fs";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { checkNames } from "../option-values.ts";

/** Options of what is pushed; all but `url` optional. */
export interface OtlpOptions {
  /** Where to, as `http://host:4318`, `https://host/base` or `http://host:4318/v1/metrics`. */
  readonly url: string;
  /** How often, milliseconds: 60,000 by default, from 1,000 to a day. Each machine has its own moment in it, by its boot id. */
  readonly interval?: number;
  /** Headers that requests have, with a token perhaps. */
  readonly headers?: Readonly<Record<string, string>>;
  /** File with such headers, a line each: `NAME=VALUE`. */
  readonly headerFile?: string;
  /** Attributes of the resource besides `host.name` and the like, which they replace. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Is told in a sentence when nothing goes through any more, and when it does again. Headers are never in it. */
  readonly report?: (message: string) => void;
}

/** What these come to. */
export interface OtlpSettings {
  readonly url: URL;
  readonly interval: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
  readonly report: (message: string) => void;
}

const NAMES: { readonly [Name in keyof OtlpOptions]-?: true } = {
  url: true,
  interval: true,
  headers: true,
  headerFile: true,
  attributes: true,
  report: true,
};

const DAY = 86_400_000;

/** Headers that say what is sent and how. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...["content-type", "content-encoding", "content-length", "transfer-encoding", "connection", "host", "expect"],
  ...["upgrade", "te", "trailer", "keep-alive"],
]);

/**
 * Reads the options, and the file they name. What is wrong is said without what it may hold of a secret.
 *
 * @throws `TypeError` for what is wrong, `Error` for a file that cannot be read
 */
export function otlpSettings(options: OtlpOptions): OtlpSettings {
  if (typeof options !== "object" || options === null) throw new TypeError("otlp must be an object");
  checkNames("otlp", options, NAMES);
  const { url, interval = 60_000, headers = {}, headerFile, attributes = {}, report = () => {} } = options;
  if (!(Number.isSafeInteger(interval) && interval >= 1000 && interval <= DAY))
    throw new TypeError(`the interval of otlp must be whole milliseconds from 1000 to ${DAY}, not ${interval}`);
  const all = [...(headerFile === undefined ? [] : headersOf(headerFile)), ...Object.entries(headers)];
  return {
    url: destinationOf(url),
    interval,
    headers: new Map(all.map(([name, value]) => [checkedName(name, value), value])),
    attributes: new Map(Object.entries(attributes)),
    report,
  };
}

/** Below the base that a URL names lies `v1/metrics`, as with `OTEL_EXPORTER_OTLP_ENDPOINT`; one that ends in it is whole. */
function destinationOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new TypeError("otlp is sent to a URL as http://host:4318 or https://host:4318/v1/metrics");
  if (url.username !== "" || url.password !== "")
    throw new TypeError("the URL of otlp holds a user or a password: put them into a header, from a file");
  if (url.search !== "" || url.hash !== "")
    throw new TypeError("the URL of otlp ends with its path: put what follows ? into a header, from a file");
  if (!/\/v1\/metrics\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, "")}/v1/metrics`;
  return url;
}

function headersOf(path: string): [name: string, value: string][] {
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch (error) {
    throw new Error(`the headers of otlp cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const lines = text.split("\n").map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (line === "" || line.startsWith("#")) return [];
    const [, name, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new TypeError(`line ${at + 1} of the headers of otlp is not NAME=VALUE`);
    return [[name, value]];
  });
}

/** Names in small letters: one that is given twice is the later one. */
function checkedName(name: string, value: string): string {
  const small = name.toLowerCase();
  if (OWN_HEADERS.has(small)) throw new TypeError(`the header ${small} of otlp is not for others to say`);
  try {
    validateHeaderName(small);
    validateHeaderValue(small, value);
  } catch {
    // What Node says has the value in it.
    throw new TypeError("a header of otlp has a name or a value that HTTP does not allow");
  }
  return small;
}
