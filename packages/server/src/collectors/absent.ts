import { isProcfsError } from "procnet";

/** Whether something failed because the kernel has no such file. */
export function isAbsent(error: unknown): boolean {
  return isProcfsError(error) && error.code === "ENOENT";
}

/** What was read; `undefined` where the kernel has no such file. Every other failure is one. */
export function ifThere<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
