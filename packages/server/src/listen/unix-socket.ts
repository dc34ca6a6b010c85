import { lstatSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import { isAbsolute, resolve } from "node:path";

/** What `sun_path` of `struct sockaddr_un` has room for, with the NUL at its end. */
const LONGEST = 107;

/** Refuses paths that cannot be a socket's. Too long ones were cut by older versions of Node without a word. */
export function socketPathOf(path: string): string {
  const whole = isAbsolute(path) ? path : resolve(path);
  if (path === "" || path.includes("\0") || Buffer.byteLength(whole) > LONGEST)
    throw new TypeError(`${JSON.stringify(path)} is no path for a unix socket: it has 1 to ${LONGEST} bytes`);
  return whole;
}

/**
 * Makes room for a socket: removes one of our own user that nobody listens at any more. Whatever else is there stays.
 *
 * @throws `Error` when something else is there, or somebody listens
 */
export async function removeDeadSocket(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`${path} is there already, and is no socket`);
  if (found.uid !== process.geteuid?.()) throw new Error(`${path} is there already, and is another user's`);
  if (!(await isDead(path))) throw new Error(`${path} is there already, and somebody listens at it`);
  const now = lstatSync(path, { throwIfNoEntry: false });
  if (now?.ino === found.ino && now.dev === found.dev) unlinkSync(path);
}

/** Whether the kernel refuses to connect to it. A socket of datagrams refuses otherwise, and is none of ours. */
function isDead(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const asked = connect(path);
    asked.once("connect", () => {
      asked.destroy();
      answer(false);
    });
    asked.once("error", ({ code }: NodeJS.ErrnoException) => answer(code === "ECONNREFUSED"));
  });
}
