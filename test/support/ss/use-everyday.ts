import { afterAll, beforeAll, beforeEach } from "vitest";
import { inside, type Wrapper } from "../netstat/compare.ts";
import { removeFiles, setFiles } from "../netstat/scene-network.ts";
import { skipIf } from "../tools.ts";
import { type Everyday, makeEveryday, noDropIn } from "./everyday.ts";

/**
 * Everyday sockets for all tests of a file, with these files in /etc; how a program is run beside them. The tests are skipped, and the
 * reason is printed, where procnet cannot be compared with ss.
 */
export function useEveryday(files: Readonly<Record<string, string>>): () => Wrapper {
  const reason = noDropIn();
  let everyday: Everyday | undefined;
  beforeAll(async () => {
    if (reason !== undefined) return;
    everyday = await makeEveryday();
    setFiles(everyday.namespace, files);
  });
  afterAll(() => {
    if (everyday === undefined) return;
    removeFiles(everyday.namespace);
    everyday.remove();
  });
  beforeEach((context) => skipIf(context, reason));
  return () => inside(everyday!.namespace.name);
}
