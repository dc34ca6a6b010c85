import { Machine } from "./machine.ts";
import type { Program } from "./program.ts";

/** What must be told of a burdened machine. */
export const BURDENED = {
  host: "app-1",
  /** Addresses of the machine and of the one that it talks to. */
  here: "10.20.0.1",
  there: "10.20.0.2",
  device: "eth0",
  /** Holds the most connections. */
  most: { program: "gateway", port: 443, connections: 640 },
  /** Its accept queue is full: it accepts nobody. */
  full: { program: "orders", port: 8080, waiting: 17 },
  /** Uses up the ports for connections to one destination. */
  destination: { program: "crawler", port: 9200, connections: 384, usable: 400 },
  /** Does not close what its peers have closed. */
  leak: { program: "billing", port: 7000, connections: 60 },
  /** Datagrams are dropped, because it does not read. */
  drops: { program: "collector", port: 8125 },
  /** What is sent waits, because the peer does not read. */
  slow: { program: "backup", port: 873, localPort: 30_100 },
  database: { program: "postgres", port: 5432, path: "/run/postgresql/.s.PGSQL.5432", connections: 12 },
  shell: { program: "sshd", port: 22 },
} as const;

/** A scene that is played on a machine. */
export interface PlayedScene {
  readonly machine: Machine;
  readonly programs: ReadonlyMap<string, Program>;
  /** A program of the other end of the cable. */
  readonly far: Program;
  remove(): void;
}

/** A machine in trouble, of which `BURDENED` tells; the other end of its cable is another one. */
export async function burdened(): Promise<PlayedScene> {
  const [machine, other] = await Promise.all([Machine.start(BURDENED.host), Machine.start("far")]);
  const remove = (): void => {
    machine.remove();
    other.remove();
  };
  try {
    joined(machine, other);
    const far = await other.program("far");
    const names = ["sshd", "postgres", "gateway", "orders", "crawler", "billing", "collector", "backup", "ingest"];
    const programs = new Map<string, Program>();
    for (const name of names) programs.set(name, await machine.program(name));
    const scene = { machine, programs, far, remove };
    await play(scene);
    return scene;
  } catch (error) {
    remove();
    throw error;
  }
}

function joined(machine: Machine, other: Machine): void {
  const { here, there, device, destination } = BURDENED;
  machine.joinedTo(other, device, device);
  for (const [one, address] of [
    [machine, here],
    [other, there],
  ] as const)
    one.ip(`address add ${address}/24 dev ${device}\nlink set ${device} up`);
  machine.sysctl(`net.ipv4.ip_local_port_range=40000 ${40_000 + destination.usable - 1}`);
  // A full queue is told by drops; a cookie in an answer would hide it.
  machine.sysctl("net.ipv4.tcp_syncookies=0");
}

async function play({ programs, far }: PlayedScene): Promise<void> {
  const { here, there, most, full, destination, leak, drops, slow, database, shell } = BURDENED;
  const of = (name: string): Program => programs.get(name)!;

  await of(shell.program).do({ do: "listen", key: "listen", address: "0.0.0.0", port: shell.port });
  await of(shell.program).do({ do: "listen", key: "listen6", address: "::", port: shell.port });
  await far.do({ do: "connect", key: "ssh", address: here, port: shell.port, sourcePort: 51_000 });
  await of(shell.program).do({ do: "accept", key: "accepted", listener: "listen" });

  const postgres = of(database.program);
  await postgres.do({ do: "listen", key: "listen", address: "127.0.0.1", port: database.port });
  await postgres.do({ do: "unix", key: "unix", path: database.path });
  const { connections: count, port } = database;
  await of(most.program).do({ do: "connect", key: "database", address: "127.0.0.1", port, count, sourcePort: 30_000 });
  await postgres.do({ do: "accept", key: "accepted", listener: "listen", count });
  await postgres.do({ do: "serve", listener: "listen" });

  await crowd(of(most.program), far, most);
  await crowd(of(leak.program), far, leak);
  await far.do({ do: "close", key: leak.program });

  await of(full.program).do({ do: "listen", key: "listen", address: here, port: full.port, backlog: full.waiting - 1 });
  await far.do({ do: "connect", key: "waiting", address: here, port: full.port, count: full.waiting });
  await far.do({ do: "knock", address: here, port: full.port, count: 5, every: 0.2 });

  await far.do({ do: "listen", key: "search", address: there, port: destination.port, backlog: 1024 });
  const { connections, port: search } = destination;
  await of(destination.program).do({ do: "connect", key: "search", address: there, port: search, count: connections });

  await far.do({ do: "listen", key: "disk", address: there, port: slow.port });
  const disk = { address: there, port: slow.port, sourcePort: slow.localPort };
  await of(slow.program).do({ do: "connect", key: "disk", ...disk });
  await of(slow.program).do({ do: "fill", key: "disk" });

  await of(drops.program).do({ do: "udp", key: "udp", address: "0.0.0.0", port: drops.port, receive: 2048 });
  await far.do({ do: "datagrams", address: here, port: drops.port, count: 5, size: 500, every: 0.1 });

  // What the interface carries.
  await of("ingest").do({ do: "udp", key: "udp", address: here, port: 4739 });
  await of("ingest").do({ do: "drain", key: "udp" });
  await far.do({ do: "datagrams", address: here, port: 4739, count: 50, size: 1200, every: 0.05 });
  await far.do({ do: "udp", key: "metrics", address: there, port: 4739 });
  await far.do({ do: "drain", key: "metrics" });
  await of("ingest").do({ do: "datagrams", address: there, port: 4739, count: 20, size: 800, every: 0.05 });
  await of("ingest").do({ do: "visit", address: "127.0.0.1", port: database.port, every: 1 });
}

/** Clients from the other end of the cable, all of which are accepted. */
async function crowd(
  program: Program,
  far: Program,
  { program: key, port, connections: count }: { program: string; port: number; connections: number },
): Promise<void> {
  await program.do({ do: "listen", key: "listen", address: "0.0.0.0", port, backlog: 1024 });
  await far.do({ do: "connect", key, address: BURDENED.here, port, count });
  await program.do({ do: "accept", key: "accepted", listener: "listen", count });
}
