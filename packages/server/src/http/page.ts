import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Context, Hono } from "hono";
import type { AppEnv } from "./expose.ts";

/** Where the page is, from `src/http/` as from `dist/http/`. */
const BUILT: string = fileURLToPath(new URL("../../assets/", import.meta.url));

const TYPES: ReadonlyMap<string, string> = new Map([
  ["html", "text/html; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
]);

/** A name with a hash of what is in it means the same for ever. */
const FOR_EVER = "public, max-age=31536000, immutable";

interface PageFile {
  readonly type: string;
  readonly tag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same, compressed; `undefined` where there is no such file. */
  readonly gzip: Uint8Array<ArrayBuffer> | undefined;
}

/** What is read by who opens the address that the command prints with anything but a browser. */
const INDEX = `procnet: the sockets of this machine, and whose they are

/                      the page, for browsers
/metrics               for Prometheus, with what node_exporter tells of networks
/api/v1/openapi.json   what can be asked, as OpenAPI
/api/v1/sockets        sockets with their owners; ?filter=state+listening
/api/v1/health         what is wrong, whose it is, what would help
/api/v1/events         what comes and goes, as events
/healthz, /readyz      whether it runs, whether it sees anything
`;

const NOT_BUILT = "\nThe page is not built here: npm run build makes it.\n";

/**
 * The page and its files. All are read at the first question, so that an update of the package under a server that runs gives nobody
 * half of each; and only what was read then can be asked for, whatever a path says.
 */
export function pageOf(folder: string = BUILT): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  let files: ReadonlyMap<string, PageFile> | undefined;
  const fileOf = (name: string): PageFile | undefined => {
    files ??= filesOf(folder);
    return files.get(name);
  };
  app.get("/", (context) => {
    context.header("Vary", "Accept, Accept-Encoding");
    const index = fileOf("index.html");
    if (index === undefined) return context.text(`${INDEX}${NOT_BUILT}`);
    if (!/\btext\/html\b/.test(context.req.header("accept") ?? "")) return context.text(INDEX);
    context.header("Cache-Control", "no-cache");
    context.header("ETag", index.tag);
    if (context.req.header("if-none-match") === index.tag) return context.body(null, 304);
    return sent(context, index);
  });
  app.get("/assets/:name", (context) => {
    const file = fileOf(context.req.param("name"));
    if (file === undefined) return context.notFound();
    context.header("Vary", "Accept-Encoding");
    context.header("Cache-Control", FOR_EVER);
    return sent(context, file);
  });
  return app;
}

function sent(context: Context<AppEnv>, { type, bytes, gzip }: PageFile): Response {
  const isTaken = gzip !== undefined && takesGzip(context.req.header("accept-encoding"));
  if (isTaken) context.header("Content-Encoding", "gzip");
  return context.body(isTaken ? gzip : bytes, 200, { "Content-Type": type });
}

/** `gzip;q=0` says that it is not taken. */
function takesGzip(header = ""): boolean {
  return header.split(",").some((one) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(one));
}

/** None where the page was not built. */
function filesOf(folder: string): ReadonlyMap<string, PageFile> {
  const names = namesIn(folder);
  const files = new Map<string, PageFile>();
  for (const name of names) {
    const type = TYPES.get(/\.(\w+)$/.exec(name)?.[1] ?? "");
    if (type === undefined) continue;
    const bytes = new Uint8Array(readFileSync(`${folder}/${name}`));
    const gzip = names.includes(`${name}.gz`) ? new Uint8Array(readFileSync(`${folder}/${name}.gz`)) : undefined;
    const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    files.set(name, { type, tag, bytes, gzip });
  }
  return files;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
