import { get } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { descriptorsOf } from "./programs.ts";
import type { Left } from "./serve-child.ts";
import { Serving } from "./serving.ts";

/** As many as may listen at a time. */
const AT_A_TIME = 100;

/** What is left of clients who listened to events, each until it was sent something. */
export async function handlesLines(rounds: number): Promise<string> {
  await using server = await Serving.start(5000);
  const url = `${server.url}api/v1/events?filter=state+listening`;
  const round = (): Promise<unknown> => Promise.all(Array.from({ length: AT_A_TIME }, () => visit(url)));
  const open = async (): Promise<Left & { descriptors: number }> => {
    const descriptors = descriptorsOf(server);
    return { ...(await server.ask<Left>("left")), descriptors };
  };
  await round();
  await after(1000);
  const before = await open();
  for (let count = 0; count < rounds; count++) await round();
  await after(1000);
  const now = await open();
  const lines = (["descriptors", "connections", "timers"] as const).map(
    (what) => `* ${what}: ${before[what]} before, ${now[what]} after`,
  );
  return [`${(rounds * AT_A_TIME).toLocaleString("en")} clients of events, a hundred at a time:`, "", ...lines].join(
    "\n",
  );
}

function visit(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (answer) => {
      answer.once("data", () => request.destroy()).on("error", () => {});
    });
    request.on("close", () => resolve()).on("error", reject);
  });
}
