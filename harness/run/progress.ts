import type { TextStream } from "../core/text-stream.ts";

const CLEAR_LINE = "\r\u001b[2K";

/** Tells a person how far a run has come, on standard error. */
export interface Progress {
  /** What is being done now; `detail` changes often. */
  update(activity: string, detail?: string): void;
  /** Something to keep in view: a line of its own. */
  say(line: string): void;
  /** The run is over: nothing unfinished is left on the screen. */
  end(): void;
}

/** Says nothing. */
export const SILENT: Progress = { update: () => {}, say: () => {}, end: () => {} };

/**
 * On a terminal one line that is rewritten; elsewhere a line for each activity when it begins, without control
 * characters.
 */
export function progressOn(stream: TextStream): Progress {
  return stream.isTTY === true ? liveLine(stream) : plainLines(stream);
}

function liveLine(stream: TextStream): Progress {
  let shown = false;
  const clear = () => {
    if (shown) stream.write(CLEAR_LINE);
    shown = false;
  };
  return {
    update(activity, detail) {
      // A terminal that does not know its width says 0.
      const width = (stream.columns || 80) - 1;
      const text = detail === undefined ? activity : `${activity}: ${detail}`;
      stream.write(`${CLEAR_LINE}${text.slice(0, width)}`);
      shown = true;
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end: clear,
  };
}

function plainLines(stream: TextStream): Progress {
  let last = "";
  return {
    update(activity) {
      if (activity !== last) stream.write(`${activity}\n`);
      last = activity;
    },
    say: (line) => void stream.write(`${line}\n`),
    end: () => {},
  };
}
