import { type KernelAnswer, type SourceAsked, untoldHelp } from "./kernel.ts";

/** That something which was asked is left out, and what would tell it; nothing where nothing is. */
export function untoldNotes({ wanted }: SourceAsked, answer: KernelAnswer): string[] {
  if (wanted.length === 0 || (answer !== undefined && "kernel" in answer)) return [];
  return [`procfs does not tell ${wanted.join(", ")}${untoldHelp(answer)}`];
}
