import type { ChildProcess } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { deserialize } from "node:v8";
import type { Limits } from "../../../packages/procnet/src/live/limit-names.ts";
import type { Sample } from "../../../packages/procnet/src/live/sample.ts";
import { Namespace } from "../namespace.ts";
import { until } from "../time.ts";
import { missingTools, noNamespaces } from "../tools.ts";

const PROBE = fileURLToPath(new URL("probe.mjs", import.meta.url));
const SCENES = fileURLToPath(new URL("scenes.py", import.meta.url));

/** Why there can be no laboratory here; `undefined` when there can. */
export function noLab(): string | undefined {
  return noNamespaces() ?? missingTools("python3");
}

/** A network namespace of its own, a reader inside of it, and scenes that are played there. */
export class Lab {
  readonly namespace: Namespace;
  private readonly probe: ChildProcess;
  private waiting: ((answer: { sample: Sample; limits: Limits }) => void) | undefined;
  private received: Buffer = Buffer.alloc(0);

  constructor(...settings: string[]) {
    this.namespace = new Namespace();
    this.namespace.sysctl(...settings);
    this.probe = this.namespace.spawn(process.execPath, [PROBE], { stdio: ["pipe", "pipe", "inherit"] });
    this.probe.stdout!.on("data", (piece: Buffer) => this.receive(piece));
  }

  private receive(piece: Buffer): void {
    this.received = Buffer.concat([this.received, piece]);
    if (this.received.length < 4) return;
    const end = 4 + this.received.readUInt32BE();
    if (this.received.length < end) return;
    const answer = deserialize(this.received.subarray(4, end));
    this.received = this.received.subarray(end);
    this.waiting?.(answer);
  }

  /** A sample with the settings, as they are read inside. */
  read(): Promise<{ sample: Sample; limits: Limits }> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error("the reader has ended"));
      this.probe.once("exit", ended);
      this.waiting = (answer) => {
        this.probe.off("exit", ended);
        resolve(answer);
      };
      this.probe.stdin!.write("\n");
    });
  }

  async sample(): Promise<Sample> {
    return (await this.read()).sample;
  }

  async limits(): Promise<Limits> {
    return (await this.read()).limits;
  }

  /** The first sample in which something is so. */
  async when(isSo: (sample: Sample) => boolean, what: string): Promise<Sample> {
    let sample = await this.sample();
    const look = async (): Promise<boolean> => {
      if (isSo(sample)) return true;
      sample = await this.sample();
      return isSo(sample);
    };
    await until(look, what);
    return sample;
  }

  /** Begins a scene of `scenes.py` and waits for its first act. */
  async play(scene: string, ...words: (string | number)[]): Promise<Play> {
    const child = this.namespace.spawn("python3", [SCENES, scene, ...words.map(String)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const play = new Play(child);
    await play.done();
    return play;
  }

  remove(): void {
    this.namespace.remove();
  }
}

/** A scene that goes on when it is told. */
export class Play {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(child: ChildProcess) {
    this.child = child;
    const input: Interface = createInterface({ input: child.stdout! });
    this.lines = input[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits for the end of an act. */
  async done(): Promise<void> {
    const { done } = await this.lines.next();
    if (done) throw new Error("the scene ended before its act was over");
  }

  /** The next act, to its end. */
  async next(): Promise<void> {
    this.child.stdin!.write("\n");
    await this.done();
  }

  /** Ends the scene: the kernel closes what it held. */
  end(): void {
    this.child.kill("SIGKILL");
  }
}
