import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { serveCommand } from "./serve.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-serve-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Options = Omit<Parameters<typeof serveCommand>[0], "source">;

/** What it prints of itself: it is stopped as soon as it runs. */
async function printed(options: Options, columns?: number): Promise<{ readonly out: string; readonly err: string }> {
  const signal = AbortSignal.abort();
  const io = testIo({ signal, ...(columns !== undefined && { columns }) });
  expect(await serveCommand({ source: "auto", ...options }, io)).toBe(0);
  return io.printed;
}

const PAGE = "A browser shows the page there; Prometheus reads /metrics. Ctrl-C stops it.\n";

it("tells a person what to do with what it prints, and a program where it listens alone", async () => {
  const listen = ["127.0.0.1:0"];
  expect(await printed({ listen })).toEqual({ out: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\n$/), err: "" });
  expect((await printed({ listen }, 80)).err).toBe(PAGE);
});

it("tells a person how to get in with a token, and never which that is", async () => {
  const token = "d41d8cd98f00b204e9800998ecf8427e";
  const tokenFile = join(folder, "token\u202e");
  writeFileSync(tokenFile, `${token}\n`);
  const listen = ["0.0.0.0:0"];
  const ofFile = await printed({ listen, tokenFile }, 80);
  expect(ofFile.err).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/ stands for every address of this machine/m);
  expect(ofFile.err).toContain(`The page asks once for the token, the first line of ${folder}/token\\u{202e}.\n`);
  expect(ofFile.err).not.toContain(token);
  expect((await printed({ listen, token }, 80)).err).toMatch(/The page asks once for the token\.\n$/);
  const lines = (await printed({ listen, token: "auto" }, 80)).err.split("\n");
  expect([lines[0], lines.at(-2)]).toEqual([
    expect.stringMatching(/^token: [\w-]{43}$/),
    "The page asks once for the token above.",
  ]);
});

it("has no page where no browser can get to", async () => {
  const unixSocket = join(folder, "s.sock");
  expect(await printed({ unixSocket }, 80)).toEqual({ out: `unix:${unixSocket}\n`, err: "Ctrl-C stops it.\n" });
});
