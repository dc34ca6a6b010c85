import type { KernelDoor } from "@procnet/kernel";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT } from "../io.ts";
import type { SourceName } from "./names.ts";

/*
 * What `--source` means, for every command that has it. `auto` reads procfs, and asks the kernel for what was asked and procfs does not tell;
 * `kernel` asks the kernel for all that it tells; `procfs` never asks it.
 */

/** The package that asks the kernel: loaded where it is needed, and perhaps not there. */
export type KernelPackage = typeof import("@procnet/kernel");

/** What a command line says of the source. */
export interface SourceAsked {
  readonly source: SourceName;
  /** Another procfs than that of this machine: the kernel tells nothing of it. */
  readonly root: string | undefined;
  /** What was asked and procfs does not tell, each as it is called in a sentence. */
  readonly wanted: readonly string[];
}

/** What is missing to ask the kernel, and the command that brings it. */
export interface Lacking {
  readonly what: string;
  readonly remedy: string | undefined;
}

/** The kernel can be asked; or not, and why; or it is not to be. */
export type KernelAnswer =
  | { readonly kernel: KernelPackage; readonly door: KernelDoor }
  | { readonly why: string; readonly lacking?: Lacking }
  | undefined;

/**
 * The kernel as it is to be asked.
 *
 * @throws UsageError, CommandFailure where it must be asked and cannot
 */
export async function kernelFor({ source, root, wanted }: SourceAsked): Promise<KernelAnswer> {
  const isDemanded = source === "kernel";
  if (!isDemanded && (source === "procfs" || wanted.length === 0)) return undefined;
  if (root !== undefined) {
    if (isDemanded) throw new UsageError("--source kernel tells of this machine: --root cannot be used with it");
    return { why: "it tells of this machine, and --root names another" };
  }
  const answer = await asked();
  if (isDemanded && "why" in answer) throw new CommandFailure(`--source kernel: ${answer.why}`, EXIT.failure);
  return answer;
}

/** What would tell what is left out, behind a sentence that says so. */
export function untoldHelp(answer: KernelAnswer): string {
  if (answer === undefined) return "; --source kernel does";
  return "why" in answer ? `, and the kernel cannot be asked: ${answer.why}` : "";
}

async function asked(): Promise<Exclude<KernelAnswer, undefined>> {
  let kernel: KernelPackage;
  try {
    kernel = await import("@procnet/kernel");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    const lacking = {
      what: "the package @procnet/kernel is not installed",
      remedy: "npm install @procnet/kernel koffi",
    };
    return { why: `${lacking.what}: ${lacking.remedy}`, lacking };
  }
  try {
    return { kernel, door: kernel.openDoor() };
  } catch (error) {
    if (!(error instanceof kernel.NoDoor)) throw error;
    return { why: error.message, lacking: { what: error.why, remedy: error.remedy } };
  }
}
