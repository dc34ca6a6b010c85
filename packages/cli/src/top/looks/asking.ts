import type { SocketProtocol } from "procnet";
import type { KernelWanted } from "../../commands/kernel-wanted.ts";
import type { AskedSource } from "../../source/socket-source.ts";
import type { Telling } from "../filter.ts";
import type { TopOptions } from "../options.ts";

/** Who is asked for sockets: the kernel too, once something is wanted that it alone tells. */
export class Asking {
  /** Who tells of sockets now, and what is to be said of what they do not. */
  telling: Telling;
  private asked: AskedSource;
  private readonly askFor: TopOptions["askFor"];
  /** What was wanted so far, and of which tables, whether it was to be had or not. */
  private readonly wanted = new Set<string>();
  private readonly tables: Set<SocketProtocol>;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ asked, askFor }: Pick<TopOptions, "asked" | "askFor">) {
    this.asked = asked;
    this.telling = asked;
    this.askFor = askFor;
    this.tables = new Set(asked.tables);
  }

  get source(): AskedSource["source"] {
    return this.asked.source;
  }

  /** What is new of it, by its names: nothing where it is told, or was asked for, already. */
  newOf({ wanted, tables }: KernelWanted): string[] {
    const isCovered = tables.every((table) => this.tables.has(table));
    return wanted.filter((name) => !(isCovered && (this.asked.tables.length > 0 || this.wanted.has(name))));
  }

  /** Asks for it, one after the other; whether somebody else tells of sockets from now on. */
  ask({ wanted, tables }: KernelWanted): Promise<boolean> {
    for (const name of wanted) this.wanted.add(name);
    for (const table of tables) this.tables.add(table);
    const { askFor } = this;
    if (askFor === undefined) return Promise.resolve(false);
    this.telling = { tables: this.asked.tables, help: ": the kernel is asked" };
    const answer = this.last.then(() => this.askNow(askFor));
    this.last = answer.catch(() => {});
    return answer;
  }

  close(): void {
    this.asked.close();
  }

  private async askNow(askFor: NonNullable<TopOptions["askFor"]>): Promise<boolean> {
    const before = this.asked;
    this.asked = await askFor({ wanted: [...this.wanted], tables: [...this.tables] });
    this.telling = this.asked;
    if (this.asked.tables.length === 0) return false;
    before.close();
    return true;
  }
}
