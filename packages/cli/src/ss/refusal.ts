/** What was asked cannot be done so: printed as it is, with its exit code. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
