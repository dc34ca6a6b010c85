import { Argument, type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { CommandIo } from "../terminal.ts";
import { version } from "../version.ts";
import { duration, names, oneOf, pids, signalName, whole } from "./values.ts";

/*
 * Every command with its options: what is parsed, what help says, what shells complete and what the manual page shows.
 * What a command does is loaded when it runs.
 */

type Finish = (code: number) => void;

/** Words for `--count-by`; the code that counts is loaded only when it is used. */
const COUNT_BY = ["state", "port", "process", "peer", "protocol", "uid", "container", "netns"];
const SIGNALS = ["TERM", "KILL", "INT", "HUP", "QUIT"];
export const SHELLS: readonly string[] = ["bash", "zsh", "fish"];
/** Kinds of documents, as `--json` names them. */
export const KINDS: readonly string[] = [
  "sockets",
  "counts",
  "port",
  "interfaces",
  "routes",
  "neighbours",
  "stats",
  "namespaces",
  "files",
  "file",
  "capture",
];

export function addCommands(program: Command, io: CommandIo, finish: Finish): void {
  program
    .description("Sockets with their owners, and everything else under /proc/net. Without a command: procnet sockets.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", "\nExit codes: 0 done, 1 port is free, 2 wrong usage, 3 owner unknown, 4 failed.");
  addSockets(program, io, finish);
  addPort(program, io, finish);
  addTables(program, io, finish);
  addCountersAndNamespaces(program, io, finish);
  addFiles(program, io, finish);
  addTools(program, io, finish);
}

function addSockets(program: Command, io: CommandIo, finish: Finish): void {
  const command = program
    .command("sockets")
    .description("list sockets with state, addresses and owner")
    .argument("[filter...]", "what to show, as in ss(8): state established and '( dport = :443 or src 10.0.0.0/8 )'")
    .option("-t, --tcp", "TCP")
    .option("-u, --udp", "UDP")
    .option("-U, --udplite", "UDP-Lite")
    .option("-w, --raw", "raw sockets")
    .option("-x, --unix", "unix sockets")
    .option("-0, --packet", "packet sockets")
    .option("--icmp", "ping sockets")
    .option("--netlink", "netlink sockets")
    .addOption(
      new Option("-A, --protocol <list>", "protocols by name: tcp,unix or all (default: tcp,udp)").argParser(names),
    )
    .option("-4, --ipv4", "only IPv4")
    .option("-6, --ipv6", "only IPv6")
    .option("-l, --listening", "only sockets that wait for others")
    .option("--all-namespaces", "every network namespace with a process in it")
    .option("--no-owners", "do not look for owners")
    .option("--sort <column>", "order by a column; -column for the largest first")
    .addOption(new Option("--columns <list>", "show these columns").argParser(names))
    .addOption(choice("--count-by <what>", "count in place of listing", COUNT_BY).conflicts(["columns", "sort"]))
    // Fingers type -tulpen: all states, numbers and owners are shown anyway.
    .addOption(new Option("-a, --all").hideHelp())
    .addOption(new Option("-n, --numeric").hideHelp())
    .addOption(new Option("-p, --processes").hideHelp())
    .addOption(new Option("-e, --extended").hideHelp());
  addWhere(command, "only sockets that these processes hold");
  addOutput(command);
  command.action(async (filter: string[], options: object) => {
    const { socketsCommand } = await import("../commands/sockets.ts");
    finish(await socketsCommand(filter, options as never, io));
  });
}

function addPort(program: Command, io: CommandIo, finish: Finish): void {
  const command = program
    .command("port")
    .description("tell who listens on a port; exit code 0 owned, 1 free, 3 unknown")
    .addArgument(new Argument("<port...>", "ports").argParser(ports))
    .option("-u, --udp", "UDP instead of TCP")
    .option("--ignore-time-wait", "connections in TIME_WAIT do not keep a server off: it sets SO_REUSEADDR")
    .addOption(new Option("--wait-free", "wait until a server can start").conflicts(["waitListening", "kill"]))
    .addOption(new Option("--wait-listening", "wait until somebody listens").conflicts("kill"))
    .addOption(new Option("--timeout <time>", "the longest to wait").argParser(duration))
    .option("--kill", "end the processes that listen, after asking")
    .option("-y, --yes", "with --kill, do not ask")
    .addOption(
      new Option("--signal <name>", "with --kill, the signal to send; TERM by default")
        .choices(SIGNALS)
        .argParser(signalName(SIGNALS)),
    )
    .option("--other-users", "with --kill, also who holds what another user opened")
    .option("--container-ports", "with --kill, also what holds ports for containers, virtual machines or units");
  addWhere(command, "in the network namespace of this process");
  addOutput(command);
  command.action(async (numbers: number[], options: object) => {
    const { portCommand } = await import("../commands/port.ts");
    finish(await portCommand(numbers, options as never, io));
  });
}

function addTables(program: Command, io: CommandIo, finish: Finish): void {
  const interfaces = program
    .command("interfaces")
    .alias("if")
    .description("list interfaces with addresses and counters");
  addWhere(interfaces, WHOSE);
  addOutput(interfaces);
  interfaces.action(async (options: object) => {
    const { interfacesCommand } = await import("../commands/interfaces.ts");
    finish(await interfacesCommand(options as never, io));
  });

  const routes = program
    .command("routes")
    .alias("route")
    .description("list routes")
    .option("-4, --ipv4", "only IPv4")
    .option("-6, --ipv6", "only IPv6")
    .option("--default", "only the ways out that can be used, the best first");
  addWhere(routes, WHOSE);
  addOutput(routes);
  routes.action(async (options: object) => {
    const { routesCommand } = await import("../commands/routes.ts");
    finish(await routesCommand(options as never, io));
  });

  const neighbours = program
    .command("neighbours")
    .alias("neighbors")
    .alias("arp")
    .description("list neighbours of IPv4");
  addWhere(neighbours, WHOSE);
  addOutput(neighbours);
  neighbours.action(async (options: object) => {
    const { neighboursCommand } = await import("../commands/neighbours.ts");
    finish(await neighboursCommand(options as never, io));
  });
}

function addCountersAndNamespaces(program: Command, io: CommandIo, finish: Finish): void {
  const stats = program
    .command("stats")
    .description("list the counters of the protocols that are not 0")
    .argument("[name...]", "counters to show, also those that are 0: Tcp.RetransSegs, 'Tcp*'")
    .option("-z, --zeros", "show counters that are 0 too");
  addWhere(stats, WHOSE);
  addOutput(stats);
  stats.action(async (patterns: string[], options: object) => {
    const { statsCommand } = await import("../commands/stats.ts");
    finish(await statsCommand(patterns, options as never, io));
  });

  const namespaces = program
    .command("namespaces")
    .alias("netns")
    .description("list network namespaces and who is in them");
  addRoot(namespaces);
  addOutput(namespaces);
  namespaces.action(async (options: object) => {
    const { namespacesCommand } = await import("../commands/namespaces.ts");
    finish(await namespacesCommand(options as never, io));
  });
}

function addFiles(program: Command, io: CommandIo, finish: Finish): void {
  const show = program
    .command("show")
    .description("show a file under /proc/net; without one, list the files that are here")
    .argument("[file]", "its name: igmp, softnet_stat, dev_snmp6/eth0");
  addWhere(show, WHOSE);
  addOutput(show);
  show.action(async (file: string | undefined, options: object) => {
    const { showCommand } = await import("../commands/show.ts");
    finish(await showCommand(file, options as never, io));
  });

  const capture = program
    .command("capture")
    .description("copy /proc/net and what is needed of the processes, for procnet --root elsewhere")
    .argument("<directory>", "a new or empty directory");
  capture
    .option("--anonymise", "replace addresses and names: ports, ids and counters stay")
    .option("--all-namespaces", "every network namespace with a process in it")
    .option("--no-processes", "only the tables: sockets have no owners then");
  addRoot(capture);
  capture.option("--json", "print what was copied and left out as a JSON document");
  capture.action(async (directory: string, options: object) => {
    const { captureCommand } = await import("../commands/capture.ts");
    finish(await captureCommand(directory, options as never, io));
  });
}

function addTools(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command("netstat")
    .description("print what netstat(8) of net-tools prints, by its own flags")
    .argument("[flags...]", "procnet netstat --help lists them")
    .helpOption(false)
    .allowUnknownOption()
    .action(() => {
      throw new UsageError("netstat has flags of its own: write it first, as in procnet netstat -tln");
    });
  program
    .command("schema")
    .description("print the JSON Schema of the documents")
    .addArgument(new Argument("[kind]", "of one kind of document").choices(KINDS).argParser(oneOf(KINDS)))
    .action(async (kind: string | undefined) => {
      const { schemaCommand } = await import("./schema/command.ts");
      finish(schemaCommand(kind, io));
    });
  program
    .command("completion")
    .description("print a completion script for a shell")
    .addArgument(new Argument("<shell>", "which").choices(SHELLS).argParser(oneOf(SHELLS)))
    .action(async (shell: string) => {
      const { completionCommand } = await import("./completion/command.ts");
      finish(completionCommand(shell, program, io));
    });
  program
    .command("man")
    .description("print the manual page: procnet man | man -l -")
    .action(async () => {
      const { manCommand } = await import("./man.ts");
      finish(manCommand(program, io));
    });
}

const WHOSE = "in the network namespace of this process";

function addWhere(command: Command, pid: string): void {
  command
    .addOption(new Option("--pid <pid>", pid).argParser(pids))
    .addOption(new Option("--netns <namespace>", "in this network namespace: number, or name of ip netns"));
  addRoot(command);
}

function addRoot(command: Command): void {
  command
    .option("--root <directory>", "another procfs: of the host, or captured")
    .addOption(choice("--byte-order <order>", "byte order of a captured machine", ["LE", "BE"]));
}

function addOutput(command: Command): void {
  command
    .addOption(new Option("--json", "print one JSON document").conflicts(["ndjson", "csv"]))
    .addOption(new Option("--ndjson", "print one JSON object a line").conflicts("csv"))
    .addOption(new Option("--csv", "print comma-separated values"))
    .option("--no-header", "leave out the line above the table")
    .addOption(choice("--color <when>", "colour", ["auto", "always", "never"]).default("auto"))
    .addOption(new Option("--every <time>", "repeat: 500ms, 2s, 1m").argParser(duration))
    .addOption(new Option("--rounds <count>", "with --every, how many times").argParser(whole(1, 1e9)));
}

/** An option with few values: known to help and completion, and with a suggestion for what is none of them. */
function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser(oneOf(words));
}

function ports(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), ...text.split(",").map((part) => whole(1, 65535)(part.replace(/^:/, "")))];
}
