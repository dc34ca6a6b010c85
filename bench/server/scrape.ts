import { Agent, get } from "node:http";

/** One answer. */
export interface Scraped {
  readonly ms: number;
  readonly bytes: number;
}

/** Asks once and reads all of it; without an agent over a connection of its own. */
export function scrape(url: string, agent: Agent | false): Promise<Scraped> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("error", reject).on("end", () => {
        if (answer.statusCode === 200) return resolve({ ms: performance.now() - began, bytes });
        reject(new Error(`${url} was answered with ${answer.statusCode}`));
      });
    });
    request.on("error", reject);
  });
}

/** What many answers took. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
  /** Of the largest answer. */
  readonly bytes: number;
}

/** Asks one time after the other over one connection, with a pause between them. The first ones, which are compiled, do not count. */
export async function scrapes(url: string, count: number, pause = 0, warm = 20): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Scraped[] = [];
  for (let round = -warm; round < count; round++) {
    const answer = await scrape(url, agent);
    if (round >= 0) answers.push(answer);
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  agent.destroy();
  return timesOf(answers);
}

function timesOf(answers: readonly Scraped[]): Times {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { p50: at(0.5), p99: at(0.99), bytes: Math.max(...answers.map(({ bytes }) => bytes)) };
}
