import type { BaseProcFs } from "procnet";
import type { Holder } from "../commands/kill/kill-plan.ts";
import { killQuestion, sendSignal } from "../commands/kill/kill-signal.ts";
import { CommandFailure } from "../errors.ts";
import { killPlan } from "./kill.ts";

/** What is said, or asked: of a question the answer is waited for. */
export interface Said {
  readonly question?: string;
  readonly message?: string;
}

/** Asks about each process that holds a row, one after the other, and signals those for which the answer is yes. */
export class KillTalk {
  private readonly procfs: BaseProcFs | undefined;
  private asked: readonly Holder[] = [];
  private said: string[] = [];

  /** Without a procfs nobody is ended: its process ids are those of another machine. */
  constructor(procfs: BaseProcFs | undefined) {
    this.procfs = procfs;
  }

  begin(holders: readonly Holder[]): Said {
    if (this.procfs === undefined) return { message: "not killed: process ids of another procfs mean nothing here" };
    if (holders.length === 0) return { message: "nobody is seen to hold this, so there is nobody to end" };
    try {
      const { meant, refusals } = killPlan(holders, this.procfs);
      this.asked = meant;
      this.said = [...refusals];
    } catch (error) {
      return { message: messageOf(error) };
    }
    return this.next();
  }

  /** An answer to the last question. */
  answer(isYes: boolean): Said {
    const [holder, ...rest] = this.asked;
    this.asked = rest;
    if (holder === undefined || this.procfs === undefined) return {};
    if (!isYes) this.said.push(`${holder.owner.program}[${holder.owner.pid}] was left alone`);
    else {
      try {
        const { note } = sendSignal(holder, this.procfs, { signal: "TERM", lost: "does not hold it any more" });
        if (note !== undefined) this.said.push(note);
      } catch (error) {
        this.said.push(messageOf(error));
      }
    }
    return this.next();
  }

  private next(): Said {
    const [holder] = this.asked;
    if (holder !== undefined) return { question: killQuestion(holder.owner) };
    return { message: this.said.join("; ") };
  }
}

function messageOf(error: unknown): string {
  if (error instanceof CommandFailure) return error.message;
  throw error;
}
