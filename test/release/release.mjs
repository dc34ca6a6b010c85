import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rehearse } from "./rehearsal.mjs";

const BY_HAND = `release: publishes nothing. Rehearse with: npm run release -- --dry-run
A person with the right to publish then runs these, in CI for the provenance, after every "to do" is done:
  npm publish --workspace procnet
  npm publish --workspace @procnet/kernel
  npm publish --workspace @procnet/server
  npm publish --workspace @procnet/cli
  git tag vX.Y.Z && git push --tags`;

const words = process.argv.slice(2);
if (words.length !== 1 || words[0] !== "--dry-run") {
  console.error(BY_HAND);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "procnet-release-"));
try {
  const { lines, wrong, todo } = await rehearse(folder);
  console.log(lines.join("\n"));
  console.log(`\n${wrong} wrong, ${todo} to do by hand. Nothing was published.`);
  process.exitCode = wrong > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
