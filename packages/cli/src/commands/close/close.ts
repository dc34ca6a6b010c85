import type { BaseProcFs, ReadNamespace, Socket, SocketProtocol } from "procnet";
import { columnNamed, endpointText, SOCKET_COLUMNS, stateOf } from "procnet/view";
import { CommandFailure, UsageError } from "../../errors.ts";
import { EXIT } from "../../io.ts";
import { present } from "../../output/present.ts";
import { type Report, tableOf } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";
import { type KernelPackage, kernelFor } from "../../source/kernel.ts";
import type { SourceName } from "../../source/names.ts";
import type { CommandIo } from "../../terminal.ts";
import { visible } from "../../text/safe.ts";
import { cut } from "../../text/width.ts";
import { type OutputOptions, presentationOf } from "../context.ts";
import { type Closable, sparedBecause } from "./close-plan.ts";

/** What says how sockets are closed, and how that is told. */
export interface CloseOptions extends OutputOptions {
  readonly yes?: true;
  readonly containerPorts?: true;
}

/** What was found to be closed. */
export interface Found {
  readonly sockets: readonly Socket[];
  readonly namespaces: readonly ReadNamespace[];
  /** Whether their number tells sockets apart. */
  readonly several: boolean;
}

/** What has become of a socket. */
interface CloseResult {
  readonly socket: Socket;
  readonly outcome: "closed" | "gone" | "refused" | "spared";
  /** The kernel's word for a refusal. */
  readonly code?: string;
  /** Why it is not closed. */
  readonly reason?: string;
}

/** Columns of what a program is called, in a line about a socket. */
const LONGEST_OWNERS = 120;

/** Tables of which the kernel closes sockets. */
const CLOSABLE: ReadonlySet<SocketProtocol> = new Set([
  "tcp",
  "tcp6",
  "udp",
  "udp6",
  "udplite",
  "udplite6",
  "raw",
  "raw6",
]);

/**
 * The kernel, which alone closes sockets.
 *
 * @throws UsageError, CommandFailure
 */
export async function closer(
  source: SourceName,
  root: string | undefined,
  protocols: readonly SocketProtocol[],
): Promise<KernelPackage> {
  if (source === "procfs") throw new UsageError("--close asks the kernel: --source procfs cannot be used with it");
  if (root !== undefined) throw new UsageError("--close closes sockets of this machine: --root cannot be used with it");
  const others = protocols.filter((protocol) => !CLOSABLE.has(protocol));
  if (others.length > 0)
    throw new UsageError(`--close closes sockets of the internet: the kernel closes none of ${others.join(", ")}`);
  const answer = await kernelFor({ source, root, wanted: ["--close"] });
  if (answer !== undefined && "kernel" in answer) return answer.kernel;
  throw new CommandFailure(`--close: the kernel cannot be asked: ${answer?.why}`, EXIT.failure);
}

/** `procnet sockets FILTER --close`: closes what was found, when the user wants it, and says of each what has become of it. */
export async function closeFound(
  { sockets, namespaces, several }: Found,
  kernel: KernelPackage,
  options: CloseOptions,
  procfs: BaseProcFs,
  io: CommandIo,
): Promise<number> {
  const how = presentationOf(options);
  const meant: Closable[] = [];
  const spared: CloseResult[] = [];
  for (const socket of sockets) {
    const why = sparedBecause(socket, options, procfs);
    if (why === undefined) meant.push(socket as Closable);
    else {
      spared.push({ socket, outcome: "spared", reason: `it ${why}` });
      io.err(`procnet: ${lineOf(socket, several)} ${visible(why)}: it is left alone\n`);
    }
  }
  if (meant.length === 0) {
    const isEmpty = spared.length === 0;
    const note = isEmpty ? "nothing was closed: there is no such socket" : "nothing was closed";
    present({ ...closeReport(spared, several), notes: [note] }, how, io);
    return isEmpty ? EXIT.ok : EXIT.failure;
  }
  if (!(await agreed(meant, several, options, io))) throw new CommandFailure("nothing was closed", EXIT.failure);
  const pids = new Map(
    namespaces.flatMap(({ inode, pid }) => (inode === undefined || pid === undefined ? [] : [[inode, pid]])),
  );
  const closed = (await kernel.closeSockets(meant, { pids })).map(
    ({ code, ...one }): CloseResult => (code === undefined ? one : { ...one, code, reason: reasonOf(code) }),
  );
  present(closeReport([...spared, ...closed], several), how, io);
  const isWhole = spared.length === 0 && closed.every(({ outcome }) => outcome !== "refused");
  return isWhole ? EXIT.ok : EXIT.failure;
}

/** What has become of each socket; who reads lines was told of those that are left alone before. */
function closeReport(results: readonly CloseResult[], several: boolean): Report {
  const items = results.map(({ socket, ...result }) => ({
    socket: { ...socket, commonState: stateOf(socket) },
    ...result,
  }));
  return {
    document: { kind: "close", takenAt: new Date(), results: items },
    items,
    table: tableOf(COLUMNS, results),
    text: results.flatMap(({ socket, outcome, reason }) => {
      if (outcome === "spared") return [];
      return [`${OUTCOMES[outcome]} ${lineOf(socket, several)}${reason === undefined ? "" : `: ${reason}`}`];
    }),
  };
}

const ofSocket = ({ key, title, value }: Column<Socket>): Column<CloseResult> => ({
  key,
  title,
  value: ({ socket }) => value(socket),
});

const COLUMNS: readonly Column<CloseResult>[] = [
  { key: "outcome", title: "OUTCOME", value: ({ outcome }) => outcome },
  ...["proto", "state", "local", "peer", "process", "netns"].flatMap((key) => {
    const column = columnNamed(SOCKET_COLUMNS, key);
    return column === undefined ? [] : ofSocket(column);
  }),
  { key: "reason", title: "REASON", value: ({ reason }) => reason },
];

const OUTCOMES = { closed: "closed", gone: "gone before it was closed:", refused: "not closed:" } as const;

/** Why the kernel does not close a socket. */
function reasonOf(code: string): string {
  if (code === "EPERM") return "that takes the right CAP_NET_ADMIN in its network namespace, which root has";
  if (code === "EOPNOTSUPP")
    return "this kernel closes none such: it is without CONFIG_INET_DIAG_DESTROY, or has no way to end this one";
  if (code === "ENOTUNIQ")
    return "by its addresses and ports the kernel finds another socket, which was not meant, or is closed already";
  return code === "ESRCH" ? "no process is in its network namespace any more" : code;
}

async function agreed(
  meant: readonly Closable[],
  several: boolean,
  { yes }: CloseOptions,
  io: CommandIo,
): Promise<boolean> {
  if (yes) return true;
  for (const socket of meant) io.err(`${lineOf(socket, several)}\n`);
  const which = meant.length === 1 ? "this socket" : `these ${meant.length} sockets`;
  const answer = await io.ask(`Close ${which}? [y/N] `);
  if (answer === undefined) throw new UsageError("--close asks first, and there is no terminal to ask on: use --yes");
  return answer;
}

/** Which socket it is, and who holds it: escaped, as programs choose their names. */
function lineOf(socket: Socket, several: boolean): string {
  const ends =
    "localPort" in socket
      ? `${endpointText(socket.localAddress, socket.localPort)} ${endpointText(socket.remoteAddress, socket.remotePort)}`
      : "";
  const holders = (socket.owners ?? []).map(({ program, pid }) => `${program}[${pid}]`).join(" ");
  const who = holders === "" ? "of no known process" : `of ${cut(visible(holders), LONGEST_OWNERS)}`;
  const where = several && socket.namespace !== undefined ? ` in ${socket.namespace}` : "";
  return `${socket.protocol} ${stateOf(socket)} ${ends} ${who}${where}`;
}
