import { type Rates, ratesBetween } from "procnet";
import { jsonText, SCHEMA_VERSION } from "procnet/view";
import type { Look } from "../sampler/sampler.ts";
import type { Expose } from "./expose.ts";
import { exposedFinding, exposedUnknown } from "./expose-finding.ts";

/** A document of a kind, as the command writes it. */
export function documentText(kind: string, fields: object): string {
  return jsonText({ schemaVersion: SCHEMA_VERSION, kind, ...fields });
}

/** Texts of a look that many ask for: each is written once. */
const written = new WeakMap<Look, Map<string, string>>();

function once(look: Look, key: string, write: () => string): string {
  const texts = written.get(look) ?? new Map<string, string>();
  written.set(look, texts);
  const text = texts.get(key) ?? write();
  texts.set(key, text);
  return text;
}

/** What is wrong in the server's own network namespace. */
export function healthDocument(look: Look, expose: Expose): string {
  return once(look, `health ${expose}`, () => {
    const { window, samples, findings, unknown, ok } = look.health;
    return documentText("health", {
      takenAt: look.item.at,
      window,
      samples,
      findings: findings.map((one) => exposedFinding(one, expose)),
      unknown: unknown.map((one) => exposedUnknown(one, expose)),
      ok,
    });
  });
}

const rated = new WeakMap<Look, Rates>();

/** What counters did since the look before, compared once a look. */
export function ratesOf(look: Look): Rates {
  const rates = rated.get(look) ?? ratesBetween(look.before, look.sample);
  rated.set(look, rates);
  return rates;
}

/** What counters did since the look before: all of them, or those that did something. */
export function ratesDocument(look: Look, which: "all" | "moving"): string {
  return once(look, `rates ${which}`, () => {
    const { rates, ...rest } = ratesOf(look);
    const told = which === "all" ? rates : rates.filter(({ delta = 0 }) => delta > 0);
    return documentText("rates", { ...rest, rates: told });
  });
}
