import { END_SIGNALS, type EndSignal } from "./core/end-signals.ts";
import type { TextStream } from "./core/text-stream.ts";

/**
 * npm hands a Ctrl-C on to its child, which the terminal has sent it to as well: two signals, one wish. So a
 * second one counts from this time on.
 */
const SAME_WISH_MS = 1000;

/** What is needed of the process. */
export interface SignalSource {
  on(signal: EndSignal, listener: (signal: EndSignal) => void): unknown;
  off(signal: EndSignal, listener: (signal: EndSignal) => void): unknown;
  /** Any clock that goes forward. */
  readonly nowMs: () => number;
  /** Ends the process at once; what hangs on its `exit` event still runs. */
  readonly exitNow: () => void;
  readonly stderr: TextStream;
}

/** Signals, turned into an abort. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  readonly dispose: () => void;
}

/** Listens for signals: the first one asks for an orderly end, the second one ends the process at once. */
export function watchSignals(source: SignalSource): Interruption {
  const controller = new AbortController();
  let firstAtMs = 0;
  const listener = (name: EndSignal): void => {
    if (!controller.signal.aborted) {
      firstAtMs = source.nowMs();
      source.stderr.write(`bench: ${name}, stopping; once more to stop at once\n`);
      controller.abort(name);
    } else if (source.nowMs() - firstAtMs >= SAME_WISH_MS) {
      source.exitNow();
    }
  };
  for (const name of END_SIGNALS) source.on(name, listener);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of END_SIGNALS) source.off(name, listener);
    },
  };
}
