import { latin1 } from "../bytes/strings.ts";
import { checkOptions, optionNames } from "../check-options.ts";
import { isProcfsError, ProcfsError } from "../errors.ts";
import { namespaceOf } from "../host/moment.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { readAll } from "../read/file.ts";
import { isLive } from "../read/procfs-type.ts";
import { currentNamespace } from "../sockets/network-namespaces.ts";
import { LIMITS, type Limit, type LimitFacts, type LimitName, type Limits } from "./limit-names.ts";

/** Options of {@link limits}; all optional. */
export interface LimitsOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** A process: the settings are those of its network namespace. */
  readonly pid?: number;
}

const OPTIONS = optionNames<LimitsOptions>({ procfs: true, pid: true });

/** No setting is longer: ranges of ports take the most. */
const LONGEST = 1 << 16;

/**
 * The settings that say when something is full: of sockets, ports, memory, queues. Each says whether it is of the network namespace or
 * of the machine. Those of another namespace than the reader's are `other-namespace`: procfs shows none of them, and the
 * reader's own would be a wrong answer.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option
 * @example
 * ```ts
 * import { limits } from "procnet";
 * const { values = [0], unknown } = limits()["net.core.somaxconn"];
 * console.log(unknown ?? `${values[0]} connections wait at most`);
 * ```
 */
export function limits(options: LimitsOptions = {}): Limits {
  checkOptions("limits", options, OPTIONS);
  const { procfs = baseProcFs(), pid } = options;
  checkProcfs("limits", procfs);
  const isOther = isOtherNamespace(procfs, pid);
  const found: Partial<Record<LimitName, Limit>> = {};
  for (const name of Object.keys(LIMITS) as LimitName[]) found[name] = limitOf(name, procfs.root, isOther);
  return found as Limits;
}

/** Whether the tables are of a namespace whose settings the reader is not shown: `/proc/sys/net` is that of whoever reads it. */
function isOtherNamespace(procfs: BaseProcFs, pid: number | undefined): boolean {
  if (!isLive(procfs.context)) return pid !== undefined && pid !== 1; // a captured tree holds those of the captured namespace
  if (procfs.context.own && pid === undefined) return false;
  const own = currentNamespace(baseProcFs());
  const asked = namespaceOf(procfs, pid ?? 1);
  return own === undefined || own !== asked;
}

function limitOf(name: LimitName, root: string, isOther: boolean): Limit {
  const facts: LimitFacts = LIMITS[name];
  const file = `${root}/sys/${facts.file}`;
  const limit = { name, scope: facts.scope, file };
  if (isOther && facts.scope === "namespace") return { ...limit, values: undefined, unknown: "other-namespace" };
  try {
    const bytes = readAll(file, {}, LONGEST);
    return { ...limit, values: valuesOf(latin1(bytes, 0, bytes.length).trim(), facts, file) };
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return { ...limit, values: undefined, unknown: error.code === "ENOENT" ? "no-file" : "unreadable" };
  }
}

/** The numbers of a text: one, several, or ranges of ports. A text that is anything else is no setting. */
function valuesOf(text: string, { form }: LimitFacts, file: string): number[] {
  const values = form === "ports" ? portsOf(text) : text.split(/[\t ]+/).map(numberOf);
  const isWhole = values.every((value) => !Number.isNaN(value));
  if (isWhole && (form === "ports" || (form === "number") === (values.length === 1))) return values;
  throw new ProcfsError({ code: "ERR_PARSE", message: `${file}: expected numbers`, path: file });
}

/** As the kernel writes numbers; `NaN` for what is none, and for what only JavaScript takes for one. */
function numberOf(text: string): number {
  return /^-?\d{1,20}$/.test(text) ? Number(text) : Number.NaN;
}

/** `80,8000-8080` as first and last of each range; a text of nothing has none. */
function portsOf(text: string): number[] {
  if (text === "") return [];
  return text.split(",").flatMap((range) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    return [first, last].map((port) => numberOf(port ?? ""));
  });
}
