import { COMMAND } from "../cases/programs.ts";
import type { Crowded } from "./crowd.ts";
import type { Scene } from "./scenes.ts";

/** How the output of a command is read for its sockets; `counts` for one whose rows are only counted. */
export type Form = "ndjson" | "table" | "port" | "ss" | "netstat" | "lsof";

/** Which sockets a command is asked for. */
export type Asked = "all" | "listeners" | "the port";

/** A whole command, ours or another's. */
export interface Command {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Absent for what answers nothing. */
  readonly form?: Form;
  readonly asked?: Asked;
  /** Names of the commands that ours is compared with: those that answer the same question. */
  readonly rivals?: readonly string[];
}

/** All commands of a scene, Node with nothing to do first. */
export function commandsOf(scene: Scene, { port, pids }: Crowded, empty: string, links: string | undefined): Command[] {
  const everywhere = scene.crowd.namespaces === true;
  return [
    { name: "node empty.mjs", program: process.execPath, args: [empty] },
    ...(links === undefined
      ? []
      : [{ name: `links.c${everywhere ? " -A" : ""}`, program: links, args: everywhere ? ["-A"] : [] }]),
    ...(everywhere ? inAllNamespaces(pids) : inOwnNamespace(String(port))),
  ];
}

function inOwnNamespace(port: string): Command[] {
  const all = ["ss -tanp", "lsof -i -n -P"];
  return [
    { ...ours("table", "all"), rivals: all },
    { ...ours("port", "the port", "port", port), name: "procnet port N", rivals: ["ss -tlnp", "lsof -i -n -P"] },
    { ...ours("netstat", "all", "netstat", "-tanp"), rivals: ["netstat -tanp", "ss -tanp"] },
    { ...ours("netstat", "listeners", "netstat", "-tlnp"), rivals: ["netstat -tlnp", "ss -tlnp"] },
    { ...ours("ndjson", "all", "--ndjson"), rivals: all },
    ...(["ss", "netstat"] as const).flatMap((program) => [
      other(program, program, "all", "-tanp"),
      other(program, program, "listeners", "-tlnp"),
    ]),
    other("lsof", "lsof", "all", "-i", "-n", "-P"),
  ];
}

/** No other program looks into all: it is called in each. */
function inAllNamespaces(pids: readonly string[]): Command[] {
  const each = "ss -tanp, with nsenter in each";
  const script = `ss -tanp; for pid in ${pids.join(" ")}; do nsenter -t $pid -n ss -tanp; done`;
  return [
    { ...ours("table", "all", "--all-namespaces"), rivals: [each] },
    { ...ours("ndjson", "all", "--all-namespaces", "--ndjson"), rivals: [each] },
    { name: each, program: "sh", args: ["-c", script], form: "ss", asked: "all" },
  ];
}

function ours(form: Form, asked: Asked, ...args: string[]): Command {
  return {
    name: ["procnet", ...args].join(" "),
    program: process.execPath,
    args: [COMMAND, ...args],
    form,
    asked,
  };
}

function other(program: string, form: Form, asked: Asked, ...args: string[]): Command {
  return { name: [program, ...args].join(" "), program, args, form, asked };
}
