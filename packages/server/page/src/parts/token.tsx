import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { giveToken } from "../state/ask.ts";
import { feed } from "../state/data.ts";

const ANSWERS = {
  wrong: "That is not the token of this server.",
  later: "That was tried too often: again in a second.",
  failed: "The server does not answer.",
} as const;

/** Asks for the token, and gives it to the server alone: it is kept nowhere, and is never in an address. */
export function TokenForm(): JSX.Element {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<keyof typeof ANSWERS>();
  const send = async (): Promise<void> => {
    const answer = await giveToken(token.trim()).catch(() => "failed" as const);
    if (answer !== "taken") return setProblem(answer);
    setToken("");
    feed.again();
  };
  return (
    <form
      class="token"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h1>This server needs a token</h1>
      <p>
        It was printed when the server began, or is in the file of <code>--token-file</code>. This browser is remembered
        until the server ends.
      </p>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        class="mono"
        autocomplete="current-password"
        required
        value={token}
        aria-describedby={problem && "token-problem"}
        onInput={(event) => setToken(event.currentTarget.value)}
      />
      <button type="submit">Go on</button>
      {problem !== undefined && (
        <p id="token-problem" role="alert">
          ▲ {ANSWERS[problem]}
        </p>
      )}
    </form>
  );
}
