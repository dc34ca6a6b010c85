import type { ProcnetServer, ServerOptions } from "@procnet/server";
import { CommandFailure, UsageError } from "../errors.ts";
import type { SERVE } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { interfaceSource } from "../source/interface-source.ts";
import { socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { safe } from "../text/safe.ts";
import { netPid, procfsOf, type SourceOptions, type WhereOptions } from "./where.ts";

type ServeOptions = OptionsOf<typeof SERVE.options> & WhereOptions & SourceOptions;

/** `procnet serve`: says where it listens, and serves until it is stopped. */
export async function serveCommand(options: ServeOptions, io: CommandIo): Promise<number> {
  const { activatedDescriptors, createProcnetServer } = await serverPackage();
  const { listen, unixSocket, tlsCert, tlsKey, token, tokenFile, allowHost, expose, maxAge, maxSeries } = options;
  const descriptors = activatedDescriptors();
  const procfs = procfsOf(options, io);
  const pid = netPid(options, procfs);
  // What clients will ask is not known: with auto procfs answers, and filters for more are told so.
  const root = options.root ?? io.root;
  const { source, close } = await socketSource({ source: options.source, root, wanted: [], protocols: [], tables: [] });
  const byKernel = (options.enable ?? []).filter((name) => name === "network_route");
  const { source: network, notes } = await interfaceSource({ source: options.source, root, wanted: byKernel });
  for (const note of notes) io.err(`procnet: ${note}\n`);
  const wanted: ServerOptions = {
    procfs,
    ...(source && { source }),
    ...(network && { network }),
    ...(options.source && { traffic: WHEN[options.source] }),
    ...(pid !== undefined && { pid }),
    ...(listen && { listen }),
    ...(unixSocket !== undefined && { unixSocket }),
    ...(descriptors.length > 0 && { descriptors }),
    ...(tlsCert !== undefined && { tlsCert }),
    ...(tlsKey !== undefined && { tlsKey }),
    ...(token !== undefined && { token }),
    ...(tokenFile !== undefined && { tokenFile }),
    ...(options.insecure && { insecure: true }),
    ...(allowHost && { allowHosts: allowHost }),
    ...(expose && { expose }),
    ...(maxAge !== undefined && { maxAge }),
    ...(maxSeries !== undefined && { maxSeries }),
    ...(options.maxSockets !== undefined && { maxSockets: options.maxSockets }),
    ...(options.port && { ports: options.port }),
    ...(options.destinations !== undefined && { destinations: options.destinations }),
    ...(options.enable && { enable: options.enable }),
    ...(options.disable && { disable: options.disable }),
    ...(options.hostName !== undefined && { hostName: options.hostName }),
    ...(options.sysfs !== undefined && { sysfs: options.sysfs }),
    filters: filtersOf(options),
    ...otlpOf(options, io),
  };
  const server = await begun(createProcnetServer, wanted);
  if (token === "auto") io.err(`token: ${server.token}\n`);
  for (const url of server.urls) io.out(`${url}\n`);
  if (io.columns !== undefined) io.err(hintOf(server.urls, options));
  if (!io.signal.aborted) await new Promise((end) => io.signal.addEventListener("abort", end, { once: true }));
  await server.close();
  close();
  return EXIT.ok;
}

/** When the kernel is asked for traffic, by what `--source` says. */
const WHEN = { auto: "asked", kernel: "always", procfs: "never" } as const;

/** What a person at a terminal is told: programs read where it listens, and nothing else. */
function hintOf(urls: readonly string[], { token, tokenFile }: ServeOptions): string {
  const open = urls.filter((url) => url.startsWith("http"));
  if (open.length === 0) return "Ctrl-C stops it.\n";
  const lines = ["A browser shows the page there; Prometheus reads /metrics. Ctrl-C stops it."];
  const all = open.find((url) => /^https?:\/\/(0\.0\.0\.0|\[::\])[:/]/.test(url));
  if (all !== undefined) lines.push(`${all} stands for every address of this machine: browsers need one of them.`);
  if (token === "auto") lines.push("The page asks once for the token above.");
  else if (token !== undefined) lines.push("The page asks once for the token.");
  else if (tokenFile !== undefined)
    lines.push(`The page asks once for the token, the first line of ${safe(tokenFile)}.`);
  return `${lines.join("\n")}\n`;
}

/** What collectors leave out. */
function filtersOf({
  netdevInclude,
  netdevExclude,
  netstatFields,
}: ServeOptions): NonNullable<ServerOptions["filters"]> {
  return {
    ...(netdevInclude !== undefined && { netdevInclude }),
    ...(netdevExclude !== undefined && { netdevExclude }),
    ...(netstatFields !== undefined && { netstatFields }),
  };
}

/** Where metrics are sent. */
function otlpOf(options: ServeOptions, io: CommandIo): Pick<ServerOptions, "otlp"> {
  const { otlp: url, otlpInterval: interval, otlpHeaderFile, otlpHeader, otlpAttribute } = options;
  if (url === undefined) {
    const given = [interval, otlpHeaderFile, otlpHeader, otlpAttribute].some((one) => one !== undefined);
    if (given) throw new UsageError("--otlp-interval and the like say how metrics are sent: --otlp says where to");
    return {};
  }
  return {
    otlp: {
      url,
      ...(interval !== undefined && { interval }),
      ...(otlpHeaderFile !== undefined && { headerFile: otlpHeaderFile }),
      ...(otlpHeader && { headers: otlpHeader }),
      ...(otlpAttribute && { attributes: otlpAttribute }),
      report: (message) => io.err(`procnet: ${message}\n`),
    },
  };
}

/** It is a package of its own, so that the command needs none of what serves. */
async function serverPackage(): Promise<typeof import("@procnet/server")> {
  try {
    return await import("@procnet/server");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    throw new CommandFailure(
      "procnet serve needs the package @procnet/server beside @procnet/cli: npm install --global @procnet/server",
      EXIT.failure,
    );
  }
}

/** The server names options of the library: of the command they are called otherwise. */
function optionsNamed(message: string): string {
  return message.replace(/needs a token, or insecure$/, "needs --token-file FILE or --token auto, or --insecure");
}

async function begun(
  create: (options: ServerOptions) => Promise<ProcnetServer>,
  options: ServerOptions,
): Promise<ProcnetServer> {
  try {
    return await create(options);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw new CommandFailure(
      `cannot serve: ${error instanceof Error ? optionsNamed(error.message) : error}`,
      EXIT.failure,
    );
  }
}
