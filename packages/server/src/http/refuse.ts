import type { Context } from "hono";
import { jsonText, SCHEMA_VERSION } from "procnet/view";
import type { AppEnv } from "./expose.ts";

type Status = 401 | 403 | 404 | 405 | 413 | 414 | 421 | 429 | 500 | 503;

/** Says why there is no answer: one line, below `/api` as a document that programs can read. */
export function refuse(
  context: Context<AppEnv>,
  status: Status,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  if (!context.req.path.startsWith("/api/")) return context.text(`${message}\n`, status, headers);
  const text = jsonText({ schemaVersion: SCHEMA_VERSION, kind: "error", message });
  return context.body(`${text}\n`, status, { ...headers, "Content-Type": "application/json" });
}
