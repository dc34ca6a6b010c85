import type { Socket, SourceQuestion } from "procnet";

type Answer = Promise<readonly Socket[] | undefined>;

/** So many namespaces are asked ahead: other threads go over their tables while the rows of one are handed on. */
const AHEAD = 2;

/** Asks the namespaces that are wanted next what one of them is asked: most hold few sockets, and each waits for another thread. */
export class Ahead {
  private readonly pids: readonly number[];
  private readonly namespaces: ReadonlyMap<number, number | undefined>;
  private readonly ask: (question: SourceQuestion) => Answer;
  private readonly begun = new Map<string, { readonly question: SourceQuestion; readonly answer: Answer }>();
  /** What was asked for, or is on its way: it is not asked ahead again, whatever comes first. */
  private readonly known = new Set<string>();

  /** @param namespaces by the process through which each is reached, in the order in which they are wanted */
  constructor(namespaces: ReadonlyMap<number, number | undefined>, ask: (question: SourceQuestion) => Answer) {
    this.pids = [...namespaces.keys()];
    this.namespaces = namespaces;
    this.ask = ask;
  }

  /** The answer to a question, which may be on its way. */
  answer(question: SourceQuestion): Answer {
    const { pid } = question;
    const known = this.begun.get(keyOf(question));
    this.begun.delete(keyOf(question));
    this.known.add(keyOf(question));
    const answer = known !== undefined && isSame(known.question, question) ? known.answer : this.ask(question);
    const at = pid === undefined ? 0 : this.pids.indexOf(pid) + 1;
    for (const next of this.pids.slice(at, at + AHEAD)) {
      this.begin({ ...question, pid: next, namespace: this.namespaces.get(next) });
    }
    return answer;
  }

  private begin(question: SourceQuestion): void {
    const key = keyOf(question);
    if (this.known.has(key)) return;
    this.known.add(key);
    const answer = this.ask(question);
    answer.catch(() => {}); // told to who asks, if anybody does
    this.begun.set(key, { question, answer });
  }
}

function keyOf({ pid, protocol }: SourceQuestion): string {
  return `${protocol} ${pid}`;
}

/** Whether they ask the same, wherever. */
function isSame(one: SourceQuestion, other: SourceQuestion): boolean {
  return one.addresses === other.addresses && isSameWhere(one.inet, other.inet) && isSameWhere(one.unix, other.unix);
}

function isSameWhere(one: object | undefined, other: object | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  const [left, right] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))];
  return left.length === right.size && left.every(([name, value]) => isSameValue(value, right.get(name)));
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return Array.isArray(one) && Array.isArray(other) && one.join() === other.join();
}
