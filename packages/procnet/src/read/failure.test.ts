import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ROOT_NEEDS } from "../codes/looking-rights.ts";
import { ProcfsError } from "../errors.ts";
import { MACHINE_ROOT } from "./context.ts";
import { type FailureContext, failure, isGone, refusal, traceRight } from "./failure.ts";

const original = Object.getOwnPropertyDescriptor(process, "platform")!;
afterEach(() => Object.defineProperty(process, "platform", original));

const pretend = (platform: string): void => {
  Object.defineProperty(process, "platform", { ...original, value: platform });
};

/** An error as node:fs throws it. */
const systemError = (code: string, words: string): Error =>
  Object.assign(new Error(`${code}: ${words}, open '/x'`), { code, syscall: "open", errno: -1, path: "/x" });

const typed = (error: unknown, path = "/x", context: FailureContext = {}): ProcfsError => {
  const result = failure(error, path, context);
  expect(result).toBeInstanceOf(ProcfsError);
  return result as ProcfsError;
};

const missing: Error = systemError("ENOENT", "no such file or directory");

describe("failure", () => {
  it("says what was done, to what, what the system said and what would help", () => {
    const error = typed(missing, "/x/net/tcp6", { hint: "needs CONFIG_IPV6" });
    expect(error.message).toBe("cannot read /x/net/tcp6: no such file or directory (ENOENT); needs CONFIG_IPV6");
    expect(error).toMatchObject({ code: "ENOENT", path: "/x/net/tcp6", cause: missing });
  });

  it("takes EPERM for EACCES and keeps it in the message", () => {
    const error = typed(systemError("EPERM", "operation not permitted"), "/x", { action: "list", right: "root" });
    expect(error.code).toBe("EACCES");
    expect(error.message).toBe("cannot list /x: operation not permitted (EPERM, here EACCES); needs root");
  });

  it("tells root what it lacks or what stands above it, and others to be root", () => {
    const { message } = typed(systemError("EACCES", "permission denied"), "/x", { right: traceRight });
    expect(message.split("; needs ")[1]).toBe(
      process.geteuid?.() === 0 ? ROOT_NEEDS : "the process's own user, root or CAP_SYS_PTRACE",
    );
    expect(ROOT_NEEDS).not.toMatch(/^root|own user/);
  });

  it("tells a process that ended from a file that is not there", () => {
    const gone = join(MACHINE_ROOT, "999999999");
    expect(typed(missing, join(gone, "stat"), { processDirectory: gone }).code).toBe("ESRCH");
    const alive = join(MACHINE_ROOT, String(process.pid));
    expect(typed(missing, join(alive, "none"), { processDirectory: alive }).code).toBe("ENOENT");
    const ended = typed(systemError("ESRCH", "no such process"));
    expect(ended.code).toBe("ESRCH");
    expect(ended.message).toMatch(/^cannot \w+ \/\S+: there is no such process: it has ended, .* \(ESRCH\)$/);
  });

  it("keeps every other code of the system", () => {
    expect(typed(systemError("EMFILE", "too many open files")).code).toBe("EMFILE");
    expect(typed(systemError("ENXIO", "no such device or address")).message).toBe(
      "cannot read /x: no such device or address (ENXIO)",
    );
  });

  it("escapes the path", () => {
    expect(typed(missing, "/a\u001b[2J\n").message).toContain("/a\\x1b[2J\\x0a:");
  });

  it("leaves other errors alone", () => {
    const mistake = new TypeError("x");
    expect(failure(mistake, "/x", {})).toBe(mistake);
    const parse = new ProcfsError({ code: "ERR_PARSE", message: "x" });
    expect(failure(parse, "/x", {})).toBe(parse);
    expect(failure(undefined, "/x", {})).toBeUndefined();
  });

  it("types whatever a runtime throws for a call of its own, as Deno does for links that are not UTF-8", () => {
    class InvalidData extends Error {}
    const thrown = new InvalidData('File name or path "/tmp/e\x1b" is not valid UTF-8');
    const typed = refusal(thrown, "/x", {});
    expect(typed).toMatchObject({ name: "ProcfsError", code: "ERR_RUNTIME", path: "/x", cause: thrown });
    expect((typed as Error).message).toBe(
      'cannot read /x: File name or path "/tmp/e\\x1b" is not valid UTF-8 (ERR_RUNTIME)',
    );
    expect(refusal(missing, "/x", {})).toMatchObject({ code: "ENOENT" });
    const parse = new ProcfsError({ code: "ERR_PARSE", message: "x" });
    expect(refusal(parse, "/x", {})).toBe(parse);
  });

  it("says on other systems that procfs is of Linux, for the machine's root only", () => {
    pretend("darwin");
    const error = typed(missing, join(MACHINE_ROOT, "self", "stat"));
    expect(error.code).toBe("ERR_PLATFORM");
    expect(error.message).toMatch(/darwin.*procnet\/parse.*root/);
    expect(typed(missing, MACHINE_ROOT).code).toBe("ERR_PLATFORM");
    expect(typed(missing, `${MACHINE_ROOT}ess/1/stat`).code).toBe("ENOENT");
    expect(typed(missing, "/captured/1/stat").code).toBe("ENOENT");
    pretend("android");
    expect(typed(missing, join(MACHINE_ROOT, "self", "stat")).code).toBe("ENOENT");
  });
});

describe("isGone", () => {
  it("knows what the system says of things that are not there", () => {
    let thrown: unknown;
    try {
      statSync("/none");
    } catch (error) {
      thrown = error;
    }
    expect(isGone(thrown)).toBe(true);
    expect(isGone(systemError("ESRCH", "no such process"))).toBe(true);
    expect(isGone(systemError("EACCES", "permission denied"))).toBe(false);
    expect(isGone(new Error("ENOENT"))).toBe(false);
  });
});
