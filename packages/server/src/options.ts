import { readFileSync } from "node:fs";
import { type BaseProcFs, baseProcFs, type NetworkSource, type SocketSource } from "procnet";
import { type ListenAddress, listenAddressOf } from "./address.ts";
import type { Expose } from "./api/expose.ts";
import type { Collector } from "./collectors/collector.ts";
import { type FilterOptions, type Filters, filtersOf } from "./collectors/filters.ts";
import { NODE_COLLECTORS } from "./collectors/index.ts";
import { switchedOf } from "./collectors/scrape.ts";
import { newToken, tokenOf } from "./http/token.ts";
import { socketPathOf } from "./listen/unix-socket.ts";
import { checkNames, numberOf } from "./option-values.ts";
import { type OtlpOptions, type OtlpSettings, otlpSettings } from "./otlp/destination.ts";
import { MOST_SOCKETS, type SamplerOptions } from "./sampler/sampler.ts";
import type { TrafficWhen } from "./traffic/when.ts";

/** Options of {@link createProcnetServer}; all optional. */
export interface ServerOptions {
  /** Where to listen, each as `ADDRESS:PORT`: `127.0.0.1:9909` and `[::1]:9909` by default, of which one is enough; `[]`: nowhere. */
  readonly listen?: readonly string[];
  /** Path of a unix socket to listen at, for its own user alone. Without `listen` the server listens nowhere else. */
  readonly unixSocket?: string;
  /** Descriptors of sockets that listen already, as systemd hands them over. Without `listen` the server listens nowhere else. */
  readonly descriptors?: readonly number[];
  /** File with the certificate, PEM, and those that vouch for it: connections are then by TLS, those of the unix socket excepted. */
  readonly tlsCert?: string;
  /** File with the key of `tlsCert`, PEM. */
  readonly tlsKey?: string;
  /** What a client must know; `auto` for one that the server makes. It has 128 bits at least. */
  readonly token?: string;
  /** File with the token in its first line. */
  readonly tokenFile?: string;
  /** Whether others than this machine may be answered without a token: false by default. */
  readonly insecure?: boolean;
  /** Names by which the server may be called, besides its addresses. */
  readonly allowHosts?: readonly string[];
  /** How much is told of processes and addresses; by default `owners` to this machine and `minimal` to others. */
  readonly expose?: Expose;
  /** How old a look at sockets may be that is told of, milliseconds: 5,000 by default. */
  readonly maxAge?: number;
  /** Series of the server's own metrics at most: 5,000 by default. What has no series of its own is counted together. */
  readonly maxSeries?: number;
  /** Ports, a hundred at most, whose sockets are counted by side and state: `procnet_port_sockets`. */
  readonly ports?: readonly number[];
  /** How many destinations of connections have series of their own, a thousand at most: 0, the default, for none at all. */
  readonly destinations?: number;
  /** Name of the machine in flat rows: what it says itself by default, which in a container is mostly the container's. */
  readonly hostName?: string;
  /** Sockets that are looked at one by one, at most: 250,000 by default. Where there are more, they are only counted. */
  readonly maxSockets?: number;
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /**
   * Who is asked for interfaces and routes, for what neither procfs nor sysfs tells: `createKernelSource()` of `@procnet/kernel`. Whoever
   * made it closes it, after the server.
   */
  readonly network?: NetworkSource;
  /**
   * Who is asked for sockets before procfs: `createKernelSource()` of `@procnet/kernel`. Whoever made it closes it, after the server.
   */
  readonly source?: SocketSource;
  /**
   * A process whose network namespace counters, interfaces and health are of, in place of the own: 1 in a container that shares process
   * ids with its host. Sockets are those of all namespaces either way.
   */
  readonly pid?: number;
  /**
   * When the kernel is asked for traffic, by `@procnet/kernel`: `asked`, the default, while somebody wants to know; `always`, and metrics have it
   * then; `never`.
   */
  readonly traffic?: TrafficWhen;
  /** Directory of the sysfs to look at: `/sys` by default, and none with `pid`, as it shows the interfaces of who mounted it. */
  readonly sysfs?: string;
  /** What collectors of node_exporter leave out; nothing but counters of protocols that it leaves out, too, by default. */
  readonly filters?: FilterOptions;
  /** Collectors of node_exporter that are run though they are off by default: `lnstat`, `tcpstat`, `xfrm`; `network_route` with `network`. */
  readonly enable?: readonly string[];
  /** Collectors of node_exporter that are not run. */
  readonly disable?: readonly string[];
  /** Where metrics are sent by OTLP; nothing is sent anywhere without it. */
  readonly otlp?: OtlpOptions;
}

/** What the options come to. */
export interface Settings {
  readonly addresses: readonly ListenAddress[];
  /** Whether one address of several is enough. */
  readonly isForgiving: boolean;
  readonly unixSocket: string | undefined;
  readonly descriptors: readonly number[];
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  readonly token: string | undefined;
  readonly insecure: boolean;
  readonly allowHosts: readonly string[];
  readonly expose: Expose | undefined;
  readonly maxAge: number;
  readonly hostName: string | undefined;
  readonly own: Omit<SamplerOptions, "procfs" | "pid" | "source">;
  readonly source: SocketSource | undefined;
  readonly procfs: BaseProcFs | undefined;
  readonly pid: number | undefined;
  readonly network: NetworkSource | undefined;
  readonly traffic: TrafficWhen;
  readonly sysfs: string;
  readonly filters: Filters;
  readonly collectors: readonly Collector[];
  readonly otlp: OtlpSettings | undefined;
}

const DEFAULT_LISTEN: readonly string[] = ["127.0.0.1:9909", "[::1]:9909"];

/** How much may be told, from little to all. */
export const EXPOSURES: readonly Expose[] = ["minimal", "owners", "full"];

/** All of them: one that is forgotten, or is none, does not compile. */
const NAMES: { readonly [Name in keyof ServerOptions]-?: true } = {
  listen: true,
  unixSocket: true,
  descriptors: true,
  tlsCert: true,
  tlsKey: true,
  token: true,
  tokenFile: true,
  insecure: true,
  allowHosts: true,
  expose: true,
  maxAge: true,
  maxSeries: true,
  ports: true,
  destinations: true,
  hostName: true,
  maxSockets: true,
  procfs: true,
  network: true,
  source: true,
  pid: true,
  traffic: true,
  sysfs: true,
  filters: true,
  enable: true,
  disable: true,
  otlp: true,
};

/**
 * Reads the options, and the files they name.
 *
 * @throws `TypeError` for options that do not exist, are of the wrong form or do not go together, `Error` for files that cannot be read
 */
export function settingsOf(options: ServerOptions): Settings {
  checkNames("createProcnetServer", options, NAMES);
  const { listen, unixSocket, descriptors = [], insecure = false, allowHosts = [], expose, procfs, pid } = options;
  const isElsewhere = unixSocket !== undefined || descriptors.length > 0;
  if (expose !== undefined && !EXPOSURES.includes(expose))
    throw new TypeError(`expose must be one of ${EXPOSURES.join(", ")}, not ${JSON.stringify(expose)}`);
  return {
    addresses: (listen ?? (isElsewhere ? [] : DEFAULT_LISTEN)).map(listenAddressOf),
    isForgiving: listen === undefined && !isElsewhere,
    unixSocket: unixSocket === undefined ? undefined : socketPathOf(unixSocket),
    descriptors,
    tls: tlsOf(options),
    token: wantedToken(options),
    insecure,
    allowHosts,
    expose,
    maxAge: numberOf("maxAge", options.maxAge, 5000, 0),
    own: ownOf(options),
    hostName: hostNameOf(options.hostName),
    procfs,
    network: networkOf(options.network),
    source: sourceOf(options.source),
    pid: pid === undefined ? undefined : knownProcess(pid, procfs ?? baseProcFs()),
    traffic: trafficOf(options.traffic),
    sysfs: options.sysfs ?? (pid === undefined ? "/sys" : NOWHERE),
    filters: filtersOf(options.filters),
    collectors: switchedOf(NODE_COLLECTORS, options.enable ?? [], options.disable ?? []),
    otlp: options.otlp === undefined ? undefined : otlpSettings(options.otlp),
  };
}

function networkOf(network: ServerOptions["network"]): Settings["network"] {
  if (network !== undefined && (typeof network?.interfaces !== "function" || typeof network.routes !== "function"))
    throw new TypeError("network must be what createKernelSource() gives");
  return network;
}

const WHEN: readonly TrafficWhen[] = ["asked", "always", "never"];

function trafficOf(when: TrafficWhen = "asked"): TrafficWhen {
  if (WHEN.includes(when)) return when;
  throw new TypeError(`traffic must be one of ${WHEN.join(", ")}, not ${JSON.stringify(when)}`);
}

/** What there is not, so that nothing is read there. */
const NOWHERE = "/nonexistent";

function knownProcess(pid: number, procfs: BaseProcFs): number {
  numberOf("pid", pid, 1, 1);
  try {
    procfs.process(pid).stat();
  } catch (error) {
    throw new Error(`there is no process ${pid} to look at: ${(error as Error).message}`, { cause: error });
  }
  return pid;
}

/** A name of DNS has 253 characters at most. */
function hostNameOf(name: string | undefined): string | undefined {
  if (name === undefined || (typeof name === "string" && name !== "" && name.length <= 253)) return name;
  throw new TypeError("hostName must be a text of 1 to 253 characters");
}

const MOST_PORTS = 100;

function sourceOf(source: ServerOptions["source"]): Settings["source"] {
  if (source !== undefined && typeof source?.begin !== "function")
    throw new TypeError("source must be what createKernelSource() gives");
  return source;
}

/** What is told of sockets. */
function ownOf({ maxSeries, ports = [], destinations, maxSockets }: ServerOptions): Settings["own"] {
  for (const port of ports) numberOf("each of ports", port, 0, 1, 65_535);
  if (ports.length > MOST_PORTS)
    throw new TypeError(`ports can have ${MOST_PORTS} at most, as each has many series, and not ${ports.length}`);
  return {
    maxSeries: numberOf("maxSeries", maxSeries, 5000, 1),
    ports,
    destinations: numberOf("destinations", destinations, 0, 0, 1000),
    maxSockets: numberOf("maxSockets", maxSockets, MOST_SOCKETS, 1),
  };
}

function tlsOf({ tlsCert, tlsKey }: ServerOptions): Settings["tls"] {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new TypeError("TLS needs both, the certificate and its key: tlsCert and tlsKey");
  return { cert: contentsOf("the certificate", tlsCert), key: contentsOf("the key", tlsKey) };
}

function wantedToken({ token, tokenFile }: ServerOptions): string | undefined {
  if (token !== undefined && tokenFile !== undefined)
    throw new TypeError("the token is in token or in tokenFile, not in both");
  if (token === "auto") return newToken();
  if (token !== undefined) return tokenOf(token);
  if (tokenFile === undefined) return undefined;
  const [line = ""] = contentsOf("the token", tokenFile).toString("latin1").split("\n", 1);
  return tokenOf(line.trim());
}

function contentsOf(what: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`${what} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
