/** What the server says of a question that it does not answer. */
export interface ServerProblem {
  readonly message?: string | undefined;
  /** Where a filter goes wrong: characters, from 1. */
  readonly column?: number | undefined;
}

/** Reads the document of an error; nothing where it is none. */
export function problemOf(text: string): ServerProblem {
  try {
    const { message, column } = JSON.parse(text) as { message?: unknown; column?: unknown };
    return {
      message: typeof message === "string" ? message : undefined,
      column: typeof column === "number" ? column : undefined,
    };
  } catch {
    return {};
  }
}

/** Asks the server for a document once. Throws what people can be told. */
export async function askFor<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const answer = await fetch(path, { cache: "no-store", ...(signal && { signal }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(problemOf(text).message ?? `the server answered ${answer.status}`);
  return JSON.parse(text) as Answer;
}

/** Gives the token to the server, which remembers this browser by a cookie that no script can read. */
export async function giveToken(token: string): Promise<"taken" | "wrong" | "later"> {
  const answer = await fetch("/api/v1/session", { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
  return answer.ok ? "taken" : answer.status === 429 ? "later" : "wrong";
}
