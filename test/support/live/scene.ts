import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Limits, type Sample, takeSample } from "../../../packages/procnet/src/index.ts";
import type { Thresholds } from "../../../packages/procnet/src/live/health/spec.ts";
import { evaluateHealth, type Finding, type Health } from "../../../packages/procnet/src/live.ts";
import type { Namespace } from "../namespace.ts";
import { ROOT } from "../tools.ts";

/** A python program in a namespace: it does a step for each line it is sent, and says `done`. */
export class Actor {
  readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(namespace: Namespace, program: string) {
    this.child = namespace.spawn("python3", ["-c", program], { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits for the next line that it prints. */
  async said(): Promise<string> {
    const { value = "", done } = await this.lines.next();
    if (done) throw new Error("the program of the scene ended");
    return value;
  }

  /** Lets it do the next step, and waits for its end. */
  async step(): Promise<string> {
    this.child.stdin!.write("\n");
    return this.said();
  }

  end(): void {
    this.child.kill("SIGKILL");
  }
}

/** A sample before and after the next step of a program, of its namespace. It must have said that it is ready. */
export async function samplesAround(
  actor: Actor,
  step: () => Promise<unknown> = () => actor.step(),
): Promise<Sample[]> {
  const before = await takeSample({ pid: actor.pid });
  await step();
  return [before, await takeSample({ pid: actor.pid })];
}

/** What one finding says of samples. */
export function judged(
  id: string,
  samples: readonly Sample[],
  { thresholds = {}, limits: given }: { thresholds?: Thresholds; limits?: Limits } = {},
): { readonly findings: readonly Finding[]; readonly unknown: readonly string[]; readonly isOk: boolean } {
  const { findings, unknown, ok } = evaluateHealth(samples, {
    only: [id],
    thresholds: { [id]: thresholds },
    ...(given && { limits: given }),
  });
  return { findings, unknown: unknown.map(({ reason }) => reason), isOk: ok.includes(id) };
}

/** What evidence says of a number: its value before and now. */
export function evidenceOf({ evidence }: Finding, name: string): readonly (number | undefined)[] {
  const found = evidence.find((one) => one.name === name);
  return [found?.before, found?.value, found?.delta];
}

/** What happens between two samples, inside the namespace, and what is judged. */
export interface Inside {
  /** Of the shell. */
  readonly step: string;
  readonly only: readonly string[];
  readonly thresholds?: Readonly<Record<string, Thresholds>>;
}

/**
 * The health of a namespace as a program in it sees it: with sysfs and settings, which are its own there. Two samples, and a step
 * between them.
 */
export function healthInside(namespace: Namespace, inside: Inside): Health {
  const program = `
    const [index, live, { step, only, thresholds }] = process.argv.slice(1).map((word) => word.startsWith("{") ? JSON.parse(word) : word);
    const { limits, takeSample } = await import(index);
    const { evaluateHealth } = await import(live);
    const { execFileSync } = await import("node:child_process");
    const before = await takeSample();
    execFileSync("sh", ["-ec", step], { stdio: ["ignore", "ignore", "inherit"] });
    const health = evaluateHealth([before, await takeSample()], { only, thresholds, limits: limits() });
    console.log(JSON.stringify(health));
  `;
  const doors = ["index.js", "live.js"].map((door) => join(ROOT, "packages/procnet/dist", door));
  const words = ["--input-type=module", "-e", program, ...doors, JSON.stringify({ thresholds: {}, ...inside })];
  return JSON.parse(namespace.run(process.execPath, words));
}
