import type { TrafficKind } from "@procnet/kernel";
import { Problem } from "../problem.ts";
import { TRAFFIC_KINDS, type TrafficFeed } from "../traffic/feed.ts";
import { documentText } from "./documents.ts";
import type { Expose } from "./expose.ts";

/** Kinds that would tell of processes more than a client may be told. */
const UNTOLD: readonly TrafficKind[] = ["pid", "unit"];

/** By what traffic is to be summed. @throws Problem for what is none, or may not be told */
export function trafficKindOf(text: string | undefined, expose: Expose): TrafficKind {
  const told = TRAFFIC_KINDS.filter((kind) => expose !== "minimal" || !UNTOLD.includes(kind));
  const kind = told.find((one) => one === (text ?? "program"));
  if (kind !== undefined) return kind;
  throw new Problem(400, `there is no traffic by ${JSON.stringify(text)}; there is by ${told.join(", ")}`, {
    parameter: "by",
  });
}

/** Who sends and receives how much, as the command tells it. */
export async function trafficDocument(
  feed: TrafficFeed,
  by: TrafficKind,
  limit: number,
  expose: Expose,
): Promise<string> {
  const { look, rows } = await feed.told();
  const { connections: _, ...rest } = look;
  const all = rows(by, expose === "minimal");
  return documentText("traffic", { by, ...rest, traffic: all.slice(0, limit) });
}
