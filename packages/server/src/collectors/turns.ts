/** Rows between two turns of the event loop: others are answered meanwhile. */
const STEP = 2048;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Goes through rows, which may be very many. */
export async function inTurns<Row>(rows: Iterable<Row>, take: (row: Row) => void): Promise<void> {
  let count = 0;
  for (const row of rows) {
    take(row);
    count++;
    if (count % STEP === 0) await turn();
  }
}
