import { isProcfs } from "procnet";

/** Whether a root holds files that were copied, not the procfs of a running kernel. */
export function isCapture(root: string): boolean {
  try {
    return !isProcfs(root);
  } catch {
    return false; // it cannot be told, and whoever reads there says why
  }
}
