import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { skipIf } from "../../../test/support/tools.ts";
import { keepCompiled } from "./compile-cache.ts";

/* What is kept there is run by the next start: it must lie where nobody else can have put it. */

let home: string;
let kept: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "procnet-home-"));
  kept = [];
  const module = { enableCompileCache: (directory: string) => kept.push(directory) };
  vi.spyOn(process, "getBuiltinModule").mockReturnValue(module);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(home, { recursive: true });
});

it("lies in the home of the user, and is the user's alone", () => {
  keepCompiled({ HOME: home });
  expect(kept).toEqual([join(home, ".cache/procnet")]);
  expect(existsSync(kept[0]!)).toBe(true);
});

it("lies where the user has caches, if that is said as an absolute path", () => {
  const cache = join(home, "caches");
  keepCompiled({ HOME: home, XDG_CACHE_HOME: cache });
  keepCompiled({ HOME: home, XDG_CACHE_HOME: "caches" });
  expect(kept).toEqual([join(cache, "procnet"), join(home, ".cache/procnet")]);
});

describe("nothing is kept", () => {
  const none = (env: NodeJS.ProcessEnv): void => {
    keepCompiled(env);
    expect(kept).toEqual([]);
  };

  it("by a Node that cannot", () => {
    vi.mocked(process.getBuiltinModule).mockReturnValue({});
    none({ HOME: home });
    expect(existsSync(join(home, ".cache"))).toBe(false);
  });

  it("where the user has said of Node's cache where it is", () => none({ HOME: home, NODE_COMPILE_CACHE: "/x" }));
  it("without a home", () => none({}));
  it("in a home that does not exist", () => none({ HOME: join(home, "none") }));
  it("in a home that is no absolute path", () => none({ HOME: "home" }));

  it("in a home where others may write", () => {
    chmodSync(home, 0o777);
    none({ HOME: home });
  });

  it("in a directory of caches where others may write", () => {
    mkdirSync(join(home, ".cache"));
    chmodSync(join(home, ".cache"), 0o770);
    none({ HOME: home });
  });

  it("in a directory of its name where others may write", () => {
    mkdirSync(join(home, ".cache/procnet"), { recursive: true });
    chmodSync(join(home, ".cache/procnet"), 0o722);
    none({ HOME: home });
  });

  it("behind a link, or in place of a file", () => {
    mkdirSync(join(home, ".cache"));
    symlinkSync(tmpdir(), join(home, ".cache/procnet"));
    none({ HOME: home });
    rmSync(join(home, ".cache/procnet"));
    writeFileSync(join(home, ".cache/procnet"), "");
    none({ HOME: home });
  });

  it.for(["", ".cache", ".cache/procnet"])("where %o of the home is another user's", (path, context) => {
    skipIf(context, process.geteuid?.() === 0 ? undefined : "only root can give a directory away");
    mkdirSync(join(home, ".cache/procnet"), { recursive: true });
    chownSync(join(home, path), 65534, 65534);
    none({ HOME: home });
  });
});

describe("the command itself", () => {
  const bin = fileURLToPath(new URL("../bin/procnet.js", import.meta.url));
  const told =
    'import m from "node:module"; m.enableCompileCache = (at) => process.stderr.write("kept in " + at + ";");';
  const kept = (...words: string[]): string => {
    const args = ["--import", `data:text/javascript,${encodeURIComponent(told)}`, bin, ...words];
    const env = { ...process.env, HOME: home, XDG_CACHE_HOME: "", NODE_COMPILE_CACHE: undefined };
    return spawnSync(process.execPath, args, { encoding: "utf8", env }).stderr;
  };

  it.each([
    ["netstat", "--help"],
    ["port", "--help"],
  ])("keeps what it has compiled: %s", (...words) => {
    expect(kept(...words)).toBe(`kept in ${join(home, ".cache/procnet")};`);
  });

  it("keeps nothing for its version", () => expect(kept("--version")).toBe(""));
});
