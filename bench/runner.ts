import { Absent, type Place } from "./case.ts";
import { cases, starts } from "./cases/index.ts";
import type { Reply, Request } from "./remote.ts";

const place: Place = JSON.parse(process.argv[3] ?? "{}");
const subject = [...starts, ...cases].find(({ name }) => name === process.argv[2]);
if (subject === undefined) throw new Error(`no case named ${process.argv[2]}`);

process.on("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit());
process.on("message", async (request: Request) => process.send?.(await answer(request)));

async function answer(request: Request): Promise<Reply> {
  try {
    if (request === "prepare") return { version: await subject!.prepare(place) };
    const start = performance.now();
    const round = await subject!.run();
    const elapsed = performance.now() - start;
    return { round: { ...round, ms: round.ms ?? elapsed } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { absent: error instanceof Absent ? reason : `failed: ${reason}` };
  }
}
