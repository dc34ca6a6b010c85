import { beforeAll, expect, it } from "vitest";
import { type Socket, sockets } from "../../packages/procnet/src/index.ts";
import { destinationRows, listenerRows, processRows } from "../../packages/procnet/src/view.ts";
import { inodeOf } from "../support/sockets/mixed-scene.ts";
import { useScene } from "../support/use-scene.ts";

/*
 * What processes, listeners and destinations add up to, counted once more from the lines of ss.
 */

const scene = useScene("ss");

/** A line of `ss -tanp`. */
interface Line {
  readonly state: string;
  readonly received: number;
  readonly local: string;
  readonly remote: string;
  readonly pids: readonly number[];
}

function ssLines(): Line[] {
  const text = scene().namespace.run("ss", ["-tanpHO"]);
  return (
    text
      // The program of the scene has line ends in its name, which ss prints as they are.
      .split(/\n(?=[A-Z][A-Z\d-]+ +\d)/)
      .filter(Boolean)
      .map((line) => {
        const [state = "", received, , local = "", remote = ""] = line.split(/ +/);
        const pids = [...line.matchAll(/pid=(\d+),/g)].map(([, pid]) => Number(pid));
        return { state, received: Number(received), local, remote, pids: [...new Set(pids)] };
      })
  );
}

const portOf = (end: string): number => Number(end.slice(end.lastIndexOf(":") + 1)) || 0;

/** How many there are of each. */
function counted<Key>(keys: Iterable<Key>): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

let found: Socket[];
let lines: Line[];
beforeAll(async () => {
  if (scene() === undefined) return;
  const inode = inodeOf(scene().namespace);
  const look = async (): Promise<Socket[]> => {
    const all = await sockets({ protocol: ["tcp", "tcp6"], namespaces: "all", onIssue: () => {} });
    return all.sockets.filter(({ namespace }) => namespace === inode);
  };
  found = await look();
  lines = ssLines();
  // A connection in TIME_WAIT or SYN_SENT may end between the two.
  for (let attempt = 0; attempt < 20 && found.length !== lines.length; attempt++) {
    found = await look();
    lines = ssLines();
  }
});

it("each process has as many sockets as ss gives it, and listens on the same ports", () => {
  const rows = processRows(found);
  const theirs = counted(lines.flatMap(({ pids }) => pids));
  expect(new Map(rows.map(({ pid, sockets: count }) => [pid, count]))).toEqual(theirs);
  expect(theirs.size).toBeGreaterThan(0);
  for (const { pid, listens } of rows) {
    const ports = lines
      .filter(({ state, pids }) => state === "LISTEN" && pids.includes(pid!))
      .map(({ local }) => portOf(local));
    expect(listens).toEqual([...new Set(ports)].sort((a, b) => a - b));
  }
});

it("as many connections wait for each listener, and belong to its port", () => {
  const listening = lines.filter(({ state }) => state === "LISTEN");
  const connections = counted(
    lines.filter(({ state, remote }) => state !== "LISTEN" && portOf(remote) > 0).map(({ local }) => portOf(local)),
  );
  const theirs = listening.map(({ received, local }) => [portOf(local), received, connections.get(portOf(local)) ?? 0]);
  const ours = listenerRows(found).map((row) => [row.localPort, row.waiting, row.connections]);
  expect(ours.map(String).sort()).toEqual(theirs.map(String).sort());
  expect(ours.some(([, waiting]) => waiting! > 0)).toBe(true);
});

it("as many connections lead to each destination", () => {
  const listened = new Set(lines.filter(({ state }) => state === "LISTEN").map(({ local }) => portOf(local)));
  const opened = lines.filter(
    ({ state, local, remote }) => state !== "LISTEN" && portOf(remote) > 0 && !listened.has(portOf(local)),
  );
  const theirs = counted(opened.map(({ remote }) => remote.replace(/^\[(.*)\]/, "$1")));
  const ours = new Map<string, number>();
  for (const { remoteAddress, remotePort, sockets: count } of destinationRows(found)) {
    const end = `${remoteAddress}:${remotePort}`;
    ours.set(end, (ours.get(end) ?? 0) + count);
  }
  expect(ours).toEqual(theirs);
  expect(theirs.size).toBeGreaterThan(2);
});
