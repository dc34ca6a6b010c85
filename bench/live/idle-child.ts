import { closeSync, openSync, readSync } from "node:fs";
import { watch } from "procnet";

/*
 * `idle-child SECONDS watch`: watches once a second, as `procnet watch` does. `idle-child SECONDS tables`: reads the same tables once
 * a second into one buffer and throws them away: the kernel's own walks of its hashes. `idle-child SECONDS nothing`: only waits.
 * Says how many milliseconds of processor time the process took a second.
 */
const [seconds, how] = process.argv.slice(2);
const TABLES = ["tcp", "tcp6", "udp", "udp6"];
const buffer = Buffer.allocUnsafe(256 * 1024);

async function onceASecond(round: () => unknown, count: number): Promise<number> {
  // What goes on for hours has been compiled: in the first minute that is most of the time.
  for (let warm = 0; warm < 1000; warm++) await round();
  const before = process.cpuUsage();
  const began = performance.now();
  for (let turn = 1; turn <= count; turn++) {
    await round();
    await new Promise((due) => setTimeout(due, Math.max(0, began + turn * 1000 - performance.now())));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ((performance.now() - began) / 1000);
}

function readAll(): void {
  for (const name of TABLES) {
    try {
      const table = openSync(`/proc/self/net/${name}`, "r");
      while (readSync(table, buffer) > 0);
      closeSync(table);
    } catch {
      // This kernel has it not.
    }
  }
}

async function watching(count: number): Promise<number> {
  // Its own pace is not waited for here: the loop around it has one.
  const looks = watch({ interval: 1 });
  const took = await onceASecond(() => looks.next(), count);
  await looks.return();
  return took;
}

const rounds = Number(seconds);
const ms = how === "watch" ? await watching(rounds) : await onceASecond(how === "tables" ? readAll : () => {}, rounds);
console.log(JSON.stringify(ms));
