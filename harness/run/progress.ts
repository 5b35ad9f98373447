import type { TextStream } from "../core/text-stream.ts";

const CLEAR_LINE = "\r\u001b[2K";

/** Tells a person how far a run has come, on standard error. */
export interface Progress {
  /** What is being done now; `detail` changes often. */
  update(activity: string, detail?: string): void;
  /** Whether there is somebody who would see {@link show}. */
  readonly isLive: boolean;
  /** Figures of what is being done, a line each; none takes them away. */
  show(lines: readonly string[]): void;
  /** Something to keep in view: a line of its own. */
  say(line: string): void;
  /** The run is over: nothing unfinished is left on the screen. */
  end(): void;
}

/** Says nothing. */
export const SILENT: Progress = {
  isLive: false,
  show: () => {},
  update: () => {},
  say: () => {},
  end: () => {},
};

/**
 * On a terminal a line, and figures below it, that are rewritten; elsewhere a line for each activity when it begins, without control
 * characters.
 */
export function progressOn(stream: TextStream): Progress {
  return stream.isTTY === true ? liveLines(stream) : plainLines(stream);
}

function liveLines(stream: TextStream): Progress {
  let current = "";
  let figures: readonly string[] = [];
  let rows = 0;
  const clearing = () => (rows > 1 ? `\u001b[${rows - 1}A\r\u001b[0J` : CLEAR_LINE);
  const clear = () => {
    if (rows > 0) stream.write(clearing());
    rows = 0;
  };
  const draw = () => {
    // A terminal that does not know its width says 0.
    const width = (stream.columns || 80) - 1;
    const lines = [current, ...figures].map((line) => line.slice(0, width));
    stream.write(`${clearing()}${lines.join("\n")}`);
    rows = lines.length;
  };
  return {
    isLive: true,
    update(activity, detail) {
      current = detail === undefined ? activity : `${activity}: ${detail}`;
      draw();
    },
    show(lines) {
      figures = lines;
      draw();
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
    isLive: false,
    show: () => {},
    update(activity) {
      if (activity !== last) stream.write(`${activity}\n`);
      last = activity;
    },
    say: (line) => void stream.write(`${line}\n`),
    end: () => {},
  };
}
