import { keepCompiled } from "./compile-cache.ts";
import { EXIT } from "./io.ts";
import { realIo } from "./terminal.ts";
import { version } from "./version.ts";

/**
 * Runs a command line and gives its exit code. Only what a subcommand needs is loaded: it is often run once, for a short
 * question.
 */
export async function run(args: readonly string[]): Promise<number> {
  if (args[0] === "help" && (args[1] === "netstat" || args[1] === "ss")) return run([args[1], "--help"]);
  const io = realIo();
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    io.out(`${version()}\n`);
    return io.finish(EXIT.ok);
  }
  keepCompiled(process.env);
  if (args[0] === "netstat") {
    const { netstat } = await import("./netstat/command.ts");
    return io.finish(await netstat(args.slice(1), io));
  }
  if (args[0] === "ss") {
    const { ss } = await import("./ss/command.ts");
    return io.finish(await ss(args.slice(1), io));
  }
  const { runProgram } = await import("./program.ts");
  return io.finish(await runProgram(args, io));
}
