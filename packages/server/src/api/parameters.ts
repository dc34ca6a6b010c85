import type { MiddlewareHandler } from "hono";
import { suggestion } from "procnet/view";
import { Problem } from "../problem.ts";
import { queryParameters } from "./openapi/openapi.ts";

/** Where the API is. */
export const BASE = "/api/v1";

/** Refuses a parameter that an endpoint has not, or has once and is given twice: what is not read would be answered as if nobody had said it. */
export const knownParameters: MiddlewareHandler = async ({ req }, next) => {
  const known = queryParameters(req.path.slice(BASE.length));
  if (known !== undefined) check(new URL(req.url).searchParams.keys(), known);
  await next();
};

function check(names: Iterable<string>, known: readonly string[]): void {
  const given = new Set<string>();
  for (const name of names) {
    if (!known.includes(name)) throw new Problem(400, unknown(name, known), { parameter: name });
    if (given.has(name)) throw new Problem(400, `${name} is given more than once`, { parameter: name });
    given.add(name);
  }
}

function unknown(name: string, known: readonly string[]): string {
  const what = `there is no parameter ${JSON.stringify(name)} here`;
  if (known.length === 0) return `${what}, nor any other`;
  return `${what}${suggestion(name, known) || `; there are ${known.join(", ")}`}`;
}
