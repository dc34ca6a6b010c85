import { readlinkSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { explainSocket, type Socket, type SocketExplanation, sockets } from "../../packages/procnet/src/index.ts";
import { Namespace } from "../support/namespace.ts";
import { until } from "../support/time.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

/*
 * Sockets that the kernel has in truth, with what is said of them: test/golden/explain holds the words of each cell of the state table,
 * this that the columns mean what the words say.
 */
const SCENE = new URL("../support/live/explain-scene.py", import.meta.url).pathname;
const missing = noNamespaces() ?? missingTools("python3", "ip");

type Told = Pick<SocketExplanation, "actor" | "waitingFor"> & { readonly socket: Socket; readonly facts: string };

let namespace: Namespace;
let number: number;

beforeAll(async () => {
  if (missing !== undefined) return;
  namespace = new Namespace();
  // ip(8) becomes the program that it starts: same process id.
  const child = namespace.spawn("python3", [SCENE], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((done) => child.stdout!.once("data", done));
  number = Number(/\d+/.exec(readlinkSync(`/proc/${child.pid}/ns/net`))?.[0]);
});
beforeEach((context) => skipIf(context, missing));
afterAll(() => namespace?.remove());

async function told(): Promise<Told[]> {
  const found = await sockets({ protocol: "all", owners: "all", namespaces: [number] });
  return found.sockets.map((socket) => {
    const { facts, actor, waitingFor } = explainSocket(socket);
    return { socket, actor, waitingFor, facts: facts.map(({ statement }) => statement).join(" ") };
  });
}

/** What is said of the sockets with this state whose port here or there is this. */
async function at(port: number, state: string, isPeer = false): Promise<Told[]> {
  return (await told()).filter(
    ({ socket }) =>
      "localPort" in socket && socket.state === state && (isPeer ? socket.remotePort : socket.localPort) === port,
  );
}

describe("of a listener that does not accept", () => {
  it("says how many wait, and that it is this side's turn", async () => {
    const [one] = await at(8001, "LISTEN");
    expect(one).toMatchObject({ actor: "us", waitingFor: "the program to accept 4 connections" });
    expect(one!.facts).toMatch(/4 finished connections wait for accept\. Held by \S*python3\S* \(process \d+\)\.$/);
  });

  it("says of those in its queue that no program has accepted them", async () => {
    const waiting = await at(8001, "ESTABLISHED");
    expect(waiting).toHaveLength(4);
    for (const { actor, waitingFor, facts } of waiting) {
      expect([actor, waitingFor]).toEqual(["us", "the program to accept it"]);
      expect(facts).toContain("it waits in a listener's queue");
    }
  });

  it("says of clients that did not fit how often they asked", async () => {
    let clients: Told[] = [];
    const haveAsked = async () => {
      clients = await at(8001, "SYN_SENT", true);
      return clients.length > 0 && clients.every(({ socket }) => "retransmits" in socket && socket.retransmits > 0);
    };
    await until(haveAsked, "a SYN that is sent again");
    for (const { actor, facts } of clients) {
      expect(actor).toBe("peer");
      expect(facts).toMatch(/The SYN alone is not acknowledged\. The SYN was sent again \d+ times? without an answer/);
    }
  });
});

describe("of connections", () => {
  it("tells both sides of one that is not read", async () => {
    const [[sender], [reader]] = [await at(8002, "ESTABLISHED", true), await at(8002, "ESTABLISHED")];
    expect(sender).toMatchObject({ actor: "peer" });
    expect(sender!.waitingFor).toMatch(/window/);
    expect(sender!.facts).toContain("Nothing is in flight");
    expect(reader).toMatchObject({ actor: "us", waitingFor: "the program to read" });
    expect(reader!.facts).toMatch(/Nobody has read \d+,[\d,]+ bytes that came\./);
  });

  it("says of one that was closed with the peer not reading that no descriptor is left", async () => {
    const [orphan] = await at(8003, "FIN_WAIT1", true);
    expect(orphan).toMatchObject({ actor: "peer" });
    expect(orphan!.facts).toMatch(/has no descriptor of it any more\. [\d,]+ bytes and the end are not acknowledged\./);
  });

  it("says of one that is over when the kernel forgets it", async () => {
    const [over] = await at(8004, "TIME_WAIT", true);
    expect(over).toMatchObject({ actor: "kernel", waitingFor: "the timer to run out" });
    expect(over!.facts).toMatch(/The kernel forgets it in [\d.]+ s\.$/);
  });

  it("tells what was not read from the end behind it", async () => {
    const [unread] = await at(8005, "CLOSE_WAIT");
    expect(unread).toMatchObject({ actor: "us", waitingFor: "the program to read to the end and close" });
    expect(unread!.facts).toContain("Nobody has read 5 bytes that came, and the end behind them.");
    expect((await at(8005, "FIN_WAIT2", true))[0]).toMatchObject({ actor: "peer", waitingFor: "the peer to close" });
  });

  it("knows IPv4 over a socket of IPv6", async () => {
    const [mapped] = await at(8006, "ESTABLISHED");
    expect(mapped!.socket.protocol).toBe("tcp6");
    expect(mapped!.facts).toContain("It is a connection of IPv4 over a socket of IPv6.");
  });
});

describe("of other sockets", () => {
  it("says how many datagrams were dropped", async () => {
    const [receiver] = await at(8007, "CLOSE");
    const { drops } = receiver!.socket as { drops?: number };
    expect(drops).toBeGreaterThan(50);
    expect(receiver).toMatchObject({ actor: "us", waitingFor: "the program to read" });
    expect(receiver!.facts).toContain(`${drops} packets for it were dropped`);
  });

  it("says of a unix connection that it waits for accept", async () => {
    const named = (await told()).filter(({ socket }) => "path" in socket && socket.path === "@procnet-explained");
    expect(named.map(({ facts, actor }) => [facts.slice(0, facts.indexOf(".")), actor]).sort()).toEqual([
      ["A connection to this path waits for accept: no program has it yet", "us"],
      ["It listens", "peer"],
    ]);
  });

  it("knows packet and raw sockets, and the kernel's end of netlink", async () => {
    const all = await told();
    const of = (protocol: string) => all.filter(({ socket }) => socket.protocol === protocol).map(({ facts }) => facts);
    expect(of("packet")[0]).toMatch(/^It sees frames of every kind on all interfaces\./);
    expect(of("raw")[0]).toMatch(/^It receives from anybody, on IP protocol 1\./);
    expect(of("netlink").some((facts) => facts.startsWith("It is the kernel's own end"))).toBe(true);
  });
});
