import type { Socket, SourceQuestion } from "procnet";
import { expect, it } from "vitest";
import { Ahead } from "./ahead.ts";

/* Which questions are asked, and when: the one that is answered, and those of the namespaces behind it. */

const question = (pid: number | undefined, more: Partial<SourceQuestion> = {}): SourceQuestion => ({
  ...{
    protocol: "tcp",
    namespace: pid === undefined ? 1 : pid + 4000,
    pid,
    inet: undefined,
    addresses: undefined,
    unix: undefined,
  },
  ...more,
});

function asked(pids: readonly number[], fails = -1) {
  const questions: SourceQuestion[] = [];
  const ahead = new Ahead(new Map(pids.map((pid) => [pid, pid + 4000])), async (one) => {
    questions.push(one);
    if (one.pid === fails) throw new Error("no");
    return [{ inode: one.pid ?? 0 } as Socket];
  });
  const take = async (one: SourceQuestion) => (await ahead.answer(one))?.map(({ inode }) => inode);
  return { take, questions, pids: () => questions.map(({ pid }) => pid) };
}

it("each namespace is asked once, two ahead of the one that is read", async () => {
  const { take, pids, questions } = asked([11, 12, 13, 14]);
  expect(await take(question(undefined))).toEqual([0]);
  expect(pids()).toEqual([undefined, 11, 12]);
  for (const pid of [11, 12, 13, 14]) expect(await take(question(pid))).toEqual([pid]);
  expect(pids()).toEqual([undefined, 11, 12, 13, 14]);
  expect(questions.map(({ namespace }) => namespace)).toEqual([1, 4011, 4012, 4013, 4014]);
});

it("none is asked again when the reader's own comes behind others", async () => {
  const { take, pids } = asked([11, 12, 13]);
  for (const pid of [11, undefined, 12, 13]) expect(await take(question(pid))).toEqual([pid ?? 0]);
  expect(pids()).toEqual([11, 12, 13, undefined]);
});

it("tables are asked each for itself, and conditions that are the same are known as such", async () => {
  const { take, questions } = asked([11]);
  const where = () => ({ inet: { state: ["LISTEN", "CLOSE"], localPort: 22 } }) as const;
  await take(question(undefined, where()));
  await take(question(undefined, { ...where(), protocol: "udp" }));
  await take(question(11, where()));
  await take(question(11, { ...where(), protocol: "udp" }));
  expect(questions.map(({ protocol, pid }) => `${protocol} ${pid}`)).toEqual([
    "tcp undefined",
    "tcp 11",
    "udp undefined",
    "udp 11",
  ]);
});

it("an answer to another question is none", async () => {
  for (const other of [
    { inet: { localPort: 23 } },
    { unix: { listening: true } },
    { addresses: [] },
    { inet: {} },
    { namespace: 5 },
  ]) {
    const { take, pids } = asked([11]);
    await take(question(undefined, { inet: { localPort: 22 } }));
    await take(question(11, other));
    expect(pids()).toEqual([undefined, 11, 11]);
  }
});

it("what fails ahead fails for who asks, and for nobody else", async () => {
  const { take } = asked([11, 12], 11);
  expect(await take(question(undefined))).toEqual([0]);
  await expect(take(question(11))).rejects.toThrow("no");
  expect(await take(question(12))).toEqual([12]);
});
