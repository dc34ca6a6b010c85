import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Namespace } from "../../support/namespace.ts";
import { inside, ours, runIn, type Wrapper } from "../../support/netstat/compare.ts";
import { MASKS } from "../../support/ss/masks.ts";
import { noSs } from "../../support/ss/scene.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * More sockets than ss keeps before it measures columns: it prints in pieces, and each piece has the widths of what was before it. The sockets
 * have names of all lengths, the longest last.
 */

const MANY = `
import resource, socket, sys
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
kept = []
for number in range(min(36000, most - 100)):
    one = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.bind("\\0%05d" % number + "x" * (number // 360))
    kept.append(one)
print(len(kept), flush=True)
sys.stdin.read()
`;

const skip = noSs();
let namespace: Namespace;
let here: Wrapper;
let many = 0;
beforeAll(async () => {
  if (skip !== undefined) return;
  namespace = new Namespace();
  const child = namespace.spawn("python3", ["-c", MANY], { stdio: ["pipe", "pipe", "inherit"] });
  const [text] = await once(child.stdout!, "data");
  many = Number(text);
  here = inside(namespace.name);
});
afterAll(() => namespace?.remove());
beforeEach((context) => skipIf(context, skip));

it.each(["-xan", "-xanp", "-xanH"])("ss %s of very many sockets becomes wider at the same rows", (flags) => {
  const theirs = MASKS.unixQueues(runIn(here, ["ss", flags]).out).split("\n");
  const mine = ours(here, [flags], "ss").out.split("\n");
  const first = mine.findIndex((line, at) => line !== theirs[at]);
  expect(first === -1 ? [] : [first, mine[first], theirs[first]]).toEqual([]);
  expect(mine.length).toBe(theirs.length);
  const widths = new Set(mine.map(({ length }) => length));
  if (many > 30_000) expect(widths.size).toBeGreaterThan(2);
});
