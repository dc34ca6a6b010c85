import { availableParallelism, cpus, release, totalmem } from "node:os";

/** The machine and the day, in lines of a Markdown list. */
export function describeMachine(sockets: string): string {
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `* Machine: ${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${gib} GiB`,
    `* Linux ${release()}, Node ${process.version} (${process.arch})`,
    `* Sockets: ${sockets}`,
    `* Date: ${new Date().toISOString().slice(0, 10)}`,
  ].join("\n");
}
