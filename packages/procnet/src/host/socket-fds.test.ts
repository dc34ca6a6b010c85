import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readlinkSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { isProcfsError } from "../errors.ts";
import { runSync } from "../sockets/drive.ts";
import { fewSocketFds, MANY, NO_FDS, socketFds } from "./socket-fds.ts";

let child: ChildProcess | undefined;
beforeEach((context) => skipIf(context, missingTools("python3")));
afterEach(() => child?.kill());

/** A process that holds UDP sockets under these numbers. */
async function holding(numbers: readonly number[]): Promise<string> {
  const program = `
import os, socket, time
for number in [${numbers}]:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    os.dup2(one.fileno(), number)
    one.close()
print("ready", flush=True)
time.sleep(100000)`;
  child = spawn("python3", ["-ISc", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  return `/proc/${child.pid}`;
}

it.each([
  ["none", []],
  ["numbers of one digit", [5, 6]],
  ["numbers of several digits, which a list by digits would mix", [9, 20, 100, 255]],
  ["more than ten", Array.from({ length: 30 }, (_, at) => at + 5)],
])("few descriptors read at once are those that the steps find: %s", async (_, numbers) => {
  const directory = await holding(numbers);
  const context = { live: true };
  const pairs = fewSocketFds(directory, context)!;
  expect([...pairs]).toEqual([...runSync(socketFds(directory, context))]);
  const found = Array.from({ length: pairs.length / 2 }, (_, at) => pairs[2 * at]!);
  // Standard output is a pair of sockets, too, where Node has started the process.
  expect(found.filter((fd) => fd > 2)).toEqual(numbers);
  for (let at = 0; at < pairs.length; at += 2)
    expect(readlinkSync(`${directory}/fd/${pairs[at]}`)).toBe(`socket:[${pairs[at + 1]}]`);
});

it("many are for the steps, and of a process that has ended it says so", async () => {
  const directory = await holding(Array.from({ length: MANY }, (_, at) => at + 5));
  expect(fewSocketFds(directory, { live: true })).toBeUndefined();
  const ended = once(child!, "exit");
  child!.kill();
  await ended;
  expect(() => fewSocketFds(directory, { live: true, processDirectory: directory })).toThrow(
    expect.toSatisfy((error) => isProcfsError(error) && error.code === "ESRCH"),
  );
  expect(NO_FDS).toHaveLength(0);
});
