import {
  type BaseProcFs,
  isProcfs,
  isProcfsError,
  type OwnerlessReason,
  SocketEngine,
  type SocketsResult,
} from "procnet";
import { hasHiddenOwner } from "procnet/view";
import { EXIT } from "../io.ts";
import { checkChoice, type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { safe } from "../text/safe.ts";
import { wrapped } from "../text/wrap.ts";
import { output, type TableOptions } from "./context.ts";
import { doorFindings } from "./doctor/door.ts";
import type { Finding } from "./doctor/finding.ts";
import { kernelFindings } from "./doctor/kernel.ts";
import { MACHINE } from "./doctor/own.ts";
import { pinnedFindings } from "./doctor/pinned.ts";
import { placeFindings } from "./doctor/place.ts";
import { rightsFindings } from "./doctor/rights.ts";
import { runtimeFindings } from "./doctor/runtime.ts";
import { helpFor, type Reader, reader } from "./hidden-owners.ts";
import { procfsOf, type RootOptions } from "./where.ts";

const STYLES = { ok: "green", limited: "yellow", absent: "dim", failed: "red" } as const;

export const DOCTOR_COLUMNS: readonly Column<Finding>[] = [
  {
    key: "status",
    title: "STATUS",
    value: ({ status }) => status,
    style: ({ status }) => STYLES[status],
  },
  { key: "topic", title: "TOPIC", value: ({ topic }) => topic },
  { key: "finding", title: "FINDING", value: ({ finding }) => finding, enough: 40 },
  { key: "remedy", title: "REMEDY", value: ({ remedy }) => remedy, enough: 30 },
];

/** `procnet doctor`: what this user sees here and what not, why, and what would change it. */
export function doctorCommand(options: TableOptions & RootOptions, io: CommandIo): Promise<number> {
  checkChoice(DOCTOR_COLUMNS, options);
  return output(() => report(options, io), options, io, "doctor");
}

async function report(options: TableOptions & RootOptions, io: CommandIo): Promise<Report> {
  const found = await findings(options, io);
  const { document, ...rest } = rowsReport({ kind: "doctor", field: "findings" }, DOCTOR_COLUMNS, found, options);
  const isChosen = options.columns !== undefined;
  const complete = found.every(({ status }) => status === "ok" || status === "absent");
  return {
    ...rest,
    document: { ...document, complete },
    ...(!isChosen && { text: linesOf(rest.items as readonly Finding[], io.columns) }),
    exitCode: found.some(({ status }) => status === "failed") ? EXIT.failure : EXIT.ok,
  };
}

async function findings(options: RootOptions, io: CommandIo): Promise<Finding[]> {
  const runtime = runtimeFindings();
  const root = options.root ?? io.root ?? MACHINE;
  const system = systemFinding(root);
  if (system !== undefined) return [system, ...runtime];
  const procfs = procfsOf(options, io);
  const kind = kindOf(procfs);
  if (kind === "unreadable") return [unreadable(procfs), ...runtime];
  const isCapture = kind === "capture";
  const place = isCapture ? [captured(procfs)] : [...rightsFindings(), ...placeFindings(procfs)];
  const sockets = await failing("sockets", () => socketFindings(procfs));
  const files = await failing("files", () => kernelFindings(procfs, isCapture));
  const sources = isCapture ? [] : [...pinnedFindings(), ...(await doorFindings())];
  return [...place, ...sockets, ...sources, ...files, ...runtime];
}

function kindOf({ root }: BaseProcFs): "live" | "capture" | "unreadable" {
  try {
    if (isProcfs(root)) return "live";
    return root === MACHINE ? "unreadable" : "capture";
  } catch (error) {
    if (isProcfsError(error)) return "unreadable";
    throw error;
  }
}

function systemFinding(root: string): Finding | undefined {
  if (process.platform === "linux" || root !== MACHINE) return undefined;
  return {
    topic: "system",
    status: "failed",
    finding: `this is ${process.platform}, which has no ${MACHINE}`,
    remedy:
      "run it on Linux, in a container or a virtual machine, or look at a captured tree: procnet --root DIRECTORY",
  };
}

function unreadable({ root }: BaseProcFs): Finding {
  return {
    topic: "root",
    status: "failed",
    finding: `${root} cannot be read, or nothing is mounted there`,
    remedy: `mount -t proc proc ${root}`,
  };
}

function captured({ root }: BaseProcFs): Finding {
  return {
    topic: "root",
    status: "limited",
    finding: `${root} is a captured tree: it holds what its maker saw, and no right of yours shows more`,
    remedy: "capture anew as root: sudo procnet capture DIRECTORY --all-namespaces",
  };
}

/** What was found, or that it could not be looked for. */
async function failing(topic: Finding["topic"], look: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (isProcfsError(error)) return [{ topic, status: "failed", finding: error.message }];
    throw error;
  }
}

/** What the search for owners says, which is what matters in the end. */
async function socketFindings(procfs: BaseProcFs): Promise<Finding[]> {
  const engine = new SocketEngine({ procfs });
  try {
    const protocol = ["tcp", "tcp6", "udp", "udp6", "unix"] as const;
    return foundIn(await engine.sockets({ protocol, owners: "all", onIssue: () => {} }), procfs);
  } finally {
    engine.close();
  }
}

function foundIn({ sockets, skipped }: SocketsResult, procfs: BaseProcFs): Finding[] {
  const who = reader(procfs.root);
  const refused = skipped.filter(({ what, code }) => what === "process" && code !== "ESRCH").length;
  const total = [...procfs.allProcesses()].length;
  const hidden = sockets.filter(hasHiddenOwner);
  const finding = `${sockets.length} of TCP, UDP and unix here`;
  const limits = [...countsOf(hidden.map(({ ownerless }) => ownerless!))].map(([reason, count]): Finding => {
    const [whose, remedy] = helpFor(reason, who);
    const because = `${finding}; the owners of ${count} are not known: they may belong to ${whose} (${reason})`;
    return { topic: "sockets", status: "limited", finding: because, remedy };
  });
  const known: Finding = {
    topic: "sockets",
    status: "ok",
    finding: `${finding}; what can have an owner has a known one`,
  };
  return [processFinding(total, refused, who), ...(limits.length > 0 ? limits : [known])];
}

function processFinding(total: number, refused: number, who: Reader): Finding {
  if (refused === 0) return { topic: "processes", status: "ok", finding: `${total} listed; all show what they hold` };
  const [, remedy] = helpFor("no-permission", who);
  const finding = `${total} listed, of which ${refused} do not show this reader what they hold`;
  return { topic: "processes", status: "limited", finding, remedy };
}

function countsOf(reasons: readonly OwnerlessReason[]): Map<OwnerlessReason, number> {
  const counts = new Map<OwnerlessReason, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}

/** A finding a paragraph, with what would change it below. */
function linesOf(found: readonly Finding[], columns: number | undefined): string[] {
  const status = Math.max(...found.map((one) => one.status.length));
  const topic = Math.max(...found.map((one) => one.topic.length));
  const indent = " ".repeat(status + topic + 4);
  const room = columns === undefined ? undefined : Math.max(30, columns - indent.length);
  return found.flatMap((one) => {
    const head = `${one.status.padEnd(status)}  ${one.topic.padEnd(topic)}  `;
    const [first = "", ...more] = wrapped(safe(one.finding), room);
    const remedy = one.remedy === undefined ? [] : wrapped(`-> ${safe(one.remedy)}`, room);
    return [head + first, ...[...more, ...remedy].map((line) => indent + line)];
  });
}
