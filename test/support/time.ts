/*
 * How long tests wait for what must come. A busy machine, a quota or an emulator makes everything slower, never wrong: with
 * PROCNET_TEST_TIME_FACTOR=4 everything may take four times as long.
 */

const given = Number(process.env.PROCNET_TEST_TIME_FACTOR ?? 1);
if (!(given >= 0.1 && given <= 1000)) throw new Error("PROCNET_TEST_TIME_FACTOR must be a number from 0.1 to 1000");

/** So much longer than usual may everything take. */
export const TIME_FACTOR: number = given;

/** A time-out in milliseconds, as long as this machine may take. */
export const scaled = (milliseconds: number): number => Math.ceil(milliseconds * TIME_FACTOR);

/** Asks until the answer is yes. Throws after a minute or what is said, or as long as this machine may take. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, most = 60_000): Promise<void> {
  const end = performance.now() + scaled(most);
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
