import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import { addCommand, type CommandLine } from "../flags/build.ts";
import {
  CAPTURE,
  CAPTURE_OUTPUT,
  COMPLETION,
  DOCTOR,
  EXPLAIN,
  HEALTH,
  INTERFACES,
  MAN,
  NAMESPACES,
  NEIGHBOURS,
  PIN,
  PORT,
  RATES,
  ROUTES,
  SCHEMA,
  SERVE,
  SHOW,
  SOCKETS,
  STATS,
  TOP,
  TRAFFIC,
  UNPIN,
  WATCH,
  WATCH_OUTPUT,
} from "../flags/definitions.ts";
import { COLUMNS, EVERYWHERE, NAMESPACE, OUTPUT, PROCESS, ROOT, SOURCE } from "../flags/shared.ts";
import type { CommandIo } from "../terminal.ts";
import { version } from "../version.ts";

/*
 * Every command, with the function that does what it is for. Each is loaded when it runs.
 */

const SHOWN = [COLUMNS, ROOT, OUTPUT] as const;
const TABLE = [EVERYWHERE, PROCESS, NAMESPACE, ...SHOWN] as const;

const { tcp, udp, udplite, raw, unix, packet, icmp, netlink, protocol, ipv4, ipv6, owners, pid } = SOCKETS.options;
/** What `watch` and `top` have of the options of `sockets`. */
const WATCHED = { tcp, udp, udplite, raw, unix, packet, icmp, netlink, protocol, ipv4, ipv6, owners, pid } as const;
const { color, every } = WATCH_OUTPUT;

/** What is said of the whole, where more than one command is looked at. */
function describeProgram(program: Command): void {
  program
    .description("Sockets with their owners, and everything else under /proc/net. Without a command: procnet sockets.")
    .version(version(), "-V, --version", "print the version")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 port is free, 2 wrong usage, 3 not known, 4 failed; of health 5 warning, 6 critical.",
    );
}

export function addCommands(line: CommandLine, io: CommandIo): void {
  if (line.only === undefined) describeProgram(line.program);
  addTables(line, io);
  addFiles(line, io);
  addTools(line, io);
}

function addTables(line: CommandLine, io: CommandIo): void {
  addCommand(line, SOCKETS, [SOURCE, EVERYWHERE, NAMESPACE, ...SHOWN], async (options, filter) => {
    const { socketsCommand } = await import("./sockets.ts");
    return socketsCommand(filter, options, io);
  });
  addCommand(line, WATCH, [WATCHED, SOURCE, EVERYWHERE, NAMESPACE, ROOT, WATCH_OUTPUT], async (options, filter) => {
    const { watchCommand } = await import("./watch.ts");
    return watchCommand(filter, options, io);
  });
  addCommand(line, TOP, [WATCHED, SOURCE, { every, color }, EVERYWHERE, NAMESPACE, ROOT], async (options, filter) => {
    const { topCommand } = await import("./top.ts");
    return topCommand(filter, options, io);
  });
  addCommand(line, PORT, [SOURCE, ...TABLE], async (options, numbers) => {
    const { portCommand } = await import("./port.ts");
    return portCommand(numbers, options, io);
  });
  addCommand(line, INTERFACES, [SOURCE, ...TABLE], async (options, names) => {
    const { interfacesCommand } = await import("./interfaces/command.ts");
    return interfacesCommand(names, options, io);
  });
  addCommand(line, ROUTES, [SOURCE, ...TABLE], async (options) => {
    const { routesCommand } = await import("./routes.ts");
    return routesCommand(options, io);
  });
  addCommand(line, NEIGHBOURS, [SOURCE, ...TABLE], async (options) => {
    const { neighboursCommand } = await import("./neighbours.ts");
    return neighboursCommand(options, io);
  });
  addCommand(line, STATS, TABLE, async (options, patterns) => {
    const { statsCommand } = await import("./stats.ts");
    return statsCommand(patterns, options, io);
  });
  addCommand(line, RATES, [PROCESS, NAMESPACE, ...SHOWN], async (options, names) => {
    const { ratesCommand } = await import("./rates.ts");
    return ratesCommand(names, options, io);
  });
  addCommand(line, TRAFFIC, [EVERYWHERE, NAMESPACE, COLUMNS, OUTPUT], async (options, filter) => {
    const { trafficCommand } = await import("./traffic/command.ts");
    return trafficCommand(filter, options, io);
  });
  addCommand(line, EXPLAIN, [SOURCE, EVERYWHERE, NAMESPACE, ROOT, OUTPUT], async (options, words) => {
    const { explainCommand } = await import("./explain.ts");
    return explainCommand(words, options, io);
  });
  addCommand(line, NAMESPACES, SHOWN, async (options) => {
    const { namespacesCommand } = await import("./namespaces.ts");
    return namespacesCommand(options, io);
  });
}

function addFiles(line: CommandLine, io: CommandIo): void {
  addCommand(line, SHOW, TABLE, async (options, file) => {
    const { showCommand } = await import("./show.ts");
    return showCommand(file, options, io);
  });
  addCommand(line, CAPTURE, [EVERYWHERE, ROOT, CAPTURE_OUTPUT], async (options, directory) => {
    const { captureCommand } = await import("./capture.ts");
    return captureCommand(directory, options, io);
  });
}

function addTools(line: CommandLine, io: CommandIo): void {
  const { program } = line;
  if (line.only === undefined) addByOwnFlags(program);
  addCommand(line, DOCTOR, SHOWN, async (options) => {
    const { doctorCommand } = await import("./doctor.ts");
    return doctorCommand(options, io);
  });
  addCommand(line, HEALTH, [SOURCE, PROCESS, NAMESPACE, ...SHOWN], async (options) => {
    const { healthCommand } = await import("./health.ts");
    return healthCommand(options, io);
  });
  addCommand(line, PIN, [], async (options) => {
    const { pinCommand } = await import("./pin/pin.ts");
    return pinCommand(options, io);
  });
  addCommand(line, UNPIN, [], async (options) => {
    const { unpinCommand } = await import("./pin/pin.ts");
    return unpinCommand(options, io);
  });
  addCommand(line, SERVE, [SOURCE, NAMESPACE, ROOT], async (options) => {
    const { serveCommand } = await import("./serve.ts");
    return serveCommand(options, io);
  });
  addCommand(line, SCHEMA, [], async (_, kind) => {
    const { schemaCommand } = await import("../flags/schema.ts");
    return schemaCommand(kind, io);
  });
  addCommand(line, COMPLETION, [], async (_, shell) => {
    const { completionCommand } = await import("../flags/completion/command.ts");
    const { DESCRIBED_TABLES } = await import("./columns.ts");
    return completionCommand(shell, program, DESCRIBED_TABLES, io);
  });
  addCommand(line, MAN, [], async () => {
    const { manCommand } = await import("../flags/man.ts");
    const { DESCRIBED_TABLES } = await import("./columns.ts");
    return manCommand(program, DESCRIBED_TABLES, io);
  });
}

/** Commands with flags of their own, which main.ts runs without all this. */
const BY_OWN_FLAGS = [
  ["netstat", "print what netstat(8) of net-tools prints, by its own flags", "-tln"],
  ["ss", "print what ss(8) of iproute2 prints, by its own flags and filters", "-tlnp"],
] as const;

function addByOwnFlags(program: Command): void {
  for (const [name, description, flags] of BY_OWN_FLAGS) {
    program
      .command(name)
      .description(description)
      .argument("[flags...]", `procnet ${name} --help lists them`)
      .helpOption(false)
      .allowUnknownOption()
      .action(() => {
        throw new UsageError(`${name} has flags of its own: write it first, as in procnet ${name} ${flags}`);
      });
  }
}
