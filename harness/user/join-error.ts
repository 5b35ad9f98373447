import { BenchError } from "../core/errors.ts";
import type { JoinRefusal } from "../protocol/join-refusal.ts";

/** A join that the server refused, or did not answer in time. */
export class JoinError extends BenchError {
  override readonly name = "JoinError";
  readonly refusal: JoinRefusal;

  constructor(code: "join-refused" | "join-timeout", message: string, refusal: JoinRefusal) {
    super(message, { code });
    this.refusal = refusal;
  }
}
