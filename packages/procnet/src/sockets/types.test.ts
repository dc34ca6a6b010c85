import { describe, expectTypeOf, it } from "vitest";
import {
  type DatagramSocket,
  type EachSocketOptions,
  eachSocket,
  type FreePort,
  type NetlinkSocket,
  type NetworkNamespace,
  networkNamespaces,
  networkNamespacesAsync,
  type OwnedPort,
  type OwnSockets,
  ownSockets,
  type PacketSocket,
  type Skipped,
  type Socket,
  type SocketEngine,
  type SocketOwner,
  type SocketProtocol,
  type SocketsOptions,
  type SocketsResult,
  sockets,
  socketsSync,
  type TcpSocket,
  type TcpState,
  type UnixSocket,
  type UnknownPort,
  type WhoListens,
  whoListens,
  whoListensSync,
} from "../index.ts";

/*
 * Types alone, which `npm run types` checks: nothing here is called. Which tables are asked for tells which sockets come.
 */

type Usual = TcpSocket | DatagramSocket;

describe("sockets", () => {
  it("gives sockets of the kinds that are asked for", () => {
    expectTypeOf(() => sockets()).returns.resolves.toEqualTypeOf<SocketsResult<Usual>>();
    expectTypeOf(() => sockets({ owners: false })).returns.resolves.toEqualTypeOf<SocketsResult<Usual>>();
    expectTypeOf(() => sockets({ protocol: "tcp" })).returns.resolves.toEqualTypeOf<SocketsResult<TcpSocket>>();
    expectTypeOf(() => sockets({ protocol: ["tcp", "tcp6"] })).returns.resolves.toEqualTypeOf<
      SocketsResult<TcpSocket>
    >();
    expectTypeOf(() => sockets({ protocol: ["udp", "unix"] })).returns.resolves.toEqualTypeOf<
      SocketsResult<DatagramSocket | UnixSocket>
    >();
    expectTypeOf(() => sockets({ protocol: ["netlink", "packet"] })).returns.resolves.toEqualTypeOf<
      SocketsResult<NetlinkSocket | PacketSocket>
    >();
    expectTypeOf(() => sockets({ protocol: "all" })).returns.resolves.toEqualTypeOf<SocketsResult>();
    expectTypeOf<SocketsResult>().toEqualTypeOf<SocketsResult<Socket>>();
  });

  it("and any where that is known at run time only", () => {
    const some = (list: readonly SocketProtocol[]) => sockets({ protocol: list });
    expectTypeOf(some).returns.resolves.toEqualTypeOf<SocketsResult>();
    const asked = (options: SocketsOptions) => sockets(options);
    expectTypeOf(asked).returns.resolves.toEqualTypeOf<SocketsResult>();
    const either = (choice: "tcp" | "unix") => sockets({ protocol: choice });
    expectTypeOf(either).returns.resolves.toEqualTypeOf<SocketsResult<TcpSocket | UnixSocket>>();
    const options = { protocol: ["tcp"], owners: "first" } as const;
    expectTypeOf(() => sockets(options)).returns.resolves.toEqualTypeOf<SocketsResult<TcpSocket>>();
  });

  it("by the former name of the option too", () => {
    expectTypeOf(() => sockets({ protocols: ["tcp"] })).returns.resolves.toEqualTypeOf<SocketsResult<TcpSocket>>();
    expectTypeOf(() => sockets({ protocols: "all" })).returns.resolves.toEqualTypeOf<SocketsResult>();
  });

  it("whose columns can be used at once", () => {
    const ports = ({ sockets: [first] }: SocketsResult<TcpSocket>) => first!.localPort;
    expectTypeOf(ports).returns.toEqualTypeOf<number>();
    const addresses = async () => (await sockets()).sockets.map(({ localAddress }) => localAddress);
    expectTypeOf(addresses).returns.resolves.toEqualTypeOf<string[]>();
    const cwnds = async () => (await sockets({ protocol: "tcp6" })).sockets.map(({ cwnd }) => cwnd);
    expectTypeOf(cwnds).returns.resolves.toEqualTypeOf<(number | undefined)[]>();
  });

  it("that their protocol tells apart", () => {
    const column = (socket: Socket) => {
      switch (socket.protocol) {
        case "tcp":
        case "tcp6":
          expectTypeOf(socket).toEqualTypeOf<TcpSocket>();
          return socket.rto;
        case "unix":
          expectTypeOf(socket).toEqualTypeOf<UnixSocket>();
          return socket.path;
        case "netlink":
          expectTypeOf(socket).toEqualTypeOf<NetlinkSocket>();
          return socket.netlinkProtocol;
        case "packet":
          expectTypeOf(socket).toEqualTypeOf<PacketSocket>();
          return socket.etherType;
        default:
          expectTypeOf(socket).toEqualTypeOf<DatagramSocket>();
          return socket.drops;
      }
    };
    expectTypeOf(column).returns.toEqualTypeOf<string | number | undefined>();
  });

  it("takes one value or several, of what exists", () => {
    expectTypeOf<"LISTEN">().toExtend<SocketsOptions["state"]>();
    expectTypeOf<readonly TcpState[]>().toExtend<SocketsOptions["state"]>();
    for (const port of ["localPort", "remotePort", "uid", "inode", "pid"] as const) {
      expectTypeOf<SocketsOptions[typeof port]>().toEqualTypeOf<number | readonly number[] | undefined>();
    }
    expectTypeOf<"sctp">().not.toExtend<SocketsOptions["protocol"]>();
    expectTypeOf<readonly "sctp"[]>().not.toExtend<SocketsOptions["protocol"]>();
    expectTypeOf<"LISTENING">().not.toExtend<SocketsOptions["state"]>();
    // @ts-expect-error: no such option
    expectTypeOf(() => sockets({ port: 80 })).returns.resolves.toExtend<SocketsResult>();
    // @ts-expect-error: no such option
    expectTypeOf(() => sockets({ budget: { ms: 80 } })).returns.resolves.toExtend<SocketsResult>();
  });
});

it("socketsSync, eachSocket and the engine's methods give the same", () => {
  expectTypeOf(() => socketsSync({ protocol: "tcp" })).returns.toEqualTypeOf<SocketsResult<TcpSocket>>();
  expectTypeOf(() => socketsSync()).returns.toEqualTypeOf<SocketsResult<Usual>>();
  type Each<Kind> = AsyncGenerator<Kind, readonly Skipped[], undefined>;
  expectTypeOf(() => eachSocket({ protocol: "unix", onEnd: () => {} })).returns.toEqualTypeOf<Each<UnixSocket>>();
  expectTypeOf(() => eachSocket()).returns.toEqualTypeOf<Each<Usual>>();
  expectTypeOf((options: EachSocketOptions) => eachSocket(options)).returns.toEqualTypeOf<Each<Socket>>();
  const ofEngine = (of: SocketEngine) => [
    expectTypeOf(of.sockets({ protocol: "tcp" })).resolves.toEqualTypeOf<SocketsResult<TcpSocket>>(),
    expectTypeOf(of.sockets()).resolves.toEqualTypeOf<SocketsResult<Usual>>(),
    expectTypeOf(of.socketsSync({ protocol: "all" })).toEqualTypeOf<SocketsResult>(),
    expectTypeOf(of.eachSocket({ protocol: ["tcp"] })).toEqualTypeOf<Each<TcpSocket>>(),
  ];
  expectTypeOf(ofEngine).returns.toBeArray();
});

it("whoListens answers in three kinds", () => {
  expectTypeOf(() => whoListens(80)).returns.resolves.toEqualTypeOf<WhoListens>();
  expectTypeOf(() => whoListensSync(80, { protocol: "udp" })).returns.toEqualTypeOf<WhoListens>();
  const first = (answer: WhoListens) => {
    if (answer.kind === "free") {
      expectTypeOf(answer).toEqualTypeOf<FreePort>();
      expectTypeOf(answer.listeners).toEqualTypeOf<readonly []>();
      return undefined;
    }
    expectTypeOf(answer).toEqualTypeOf<OwnedPort | UnknownPort>();
    return answer.listeners[0]!.owners;
  };
  expectTypeOf(first).returns.toEqualTypeOf<readonly SocketOwner[] | undefined>();
  // @ts-expect-error: a port is a number
  expectTypeOf(() => whoListens("80")).returns.resolves.toEqualTypeOf<WhoListens>();
});

it("ownSockets and networkNamespaces give what they are called after", () => {
  expectTypeOf(() => ownSockets()).returns.toEqualTypeOf<OwnSockets>();
  expectTypeOf<OwnSockets["sockets"]>().toEqualTypeOf<Socket[]>();
  expectTypeOf(() => networkNamespaces()).returns.toEqualTypeOf<NetworkNamespace[]>();
  expectTypeOf(() => networkNamespacesAsync()).returns.resolves.toEqualTypeOf<NetworkNamespace[]>();
});
