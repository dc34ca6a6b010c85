/** What the user asked cannot be asked so: printed as it is, exit code 2. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
  /** Lines below the one that says what is wrong. */
  readonly below: readonly string[];

  constructor(message: string, below: readonly string[] = []) {
    super(message);
    this.below = below;
  }
}

/** Something that was to be done could not be done: printed as it is, with its exit code. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
