import { BenchError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";

/**
 * A frame that LiveView's wire format does not allow, or that this client does not know how to read.
 * Its message names the frame's event and the path of the part in question: `diff at 4.k.10.1: ...`.
 */
export class ProtocolError extends BenchError {
  override readonly name = "ProtocolError";
  /** The channel event of the frame, or `frame` where the envelope itself is wrong. */
  readonly event: string;
  /** Keys from the payload's top to the part in question, joined by dots; empty for the top itself. */
  readonly path: string;

  constructor(event: string, path: string, problem: string) {
    super(`${event}${path === "" ? "" : ` at ${path}`}: ${problem}`, {
      code: "protocol",
      exitCode: EXIT_CODES.incorrect,
    });
    this.event = event;
    this.path = path;
  }
}

/**
 * A stack that overflowed while a frame was taken in, as what it says of the frame; anything else as it is. HTML within
 * a slot may be nested as deeply as the server likes, and is walked through recursively.
 */
export function withoutOverflow(thrown: unknown): unknown {
  const overflowed = thrown instanceof RangeError && thrown.message.includes("call stack");
  return overflowed ? new ProtocolError("frame", "", "is nested too deeply") : thrown;
}
