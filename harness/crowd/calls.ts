import { BenchError, messageOf } from "../core/errors.ts";
import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";

/** What a process can be asked for, by name: each takes one plain value and answers with one. */
export type Calls = Readonly<Record<string, (argument: never) => unknown>>;

/** What a call of that name takes. */
export type ArgumentOf<C extends Calls, Name extends keyof C> =
  Parameters<C[Name]> extends [infer Argument] ? Argument : null;

/** What a call of that name answers. */
export type AnswerOf<C extends Calls, Name extends keyof C> = Awaited<ReturnType<C[Name]>>;

/** A call on its way. Plain data. */
export interface Call {
  readonly kind: "call";
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

/** The answer to a call on its way back. */
export type Answer =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly error: SentError };

/** An error as it goes from process to process. */
export interface SentError {
  readonly message: string;
  /** Of a BenchError; null for any other, which is a defect. */
  readonly code: string | null;
  readonly exitCode: ExitCode;
  readonly stack: string | null;
}

/** Answers a call. Never rejects. */
export async function answer(calls: Calls, { id, name, argument }: Call): Promise<Answer> {
  try {
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (call === undefined) throw new TypeError(`there is no call ${name}`);
    return { kind: "answer", id, value: await call(argument as never) };
  } catch (error) {
    return { kind: "refusal", id, error: sentError(error) };
  }
}

function sentError(error: unknown): SentError {
  const isOurs = error instanceof BenchError;
  return {
    message: messageOf(error),
    code: isOurs ? error.code : null,
    exitCode: isOurs ? error.exitCode : EXIT_CODES.unexpected,
    stack: error instanceof Error ? (error.stack ?? null) : null,
  };
}

/** The error as it was thrown in the other process. */
export function receivedError({ message, code, exitCode, stack }: SentError): Error {
  const error = code === null ? new Error(message) : new BenchError(message, { code, exitCode });
  if (stack !== null) error.stack = stack;
  return error;
}
