import { styleText } from "node:util";

/** What can be written to: a process' standard output or error, or a test's recorder. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether a person watches it. Absent: no. */
  readonly isTTY?: boolean | undefined;
  /** The width of the terminal in characters, where there is one. */
  readonly columns?: number | undefined;
}

/** What text can look like: names of `node:util`'s `styleText`. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Gives text its look, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

/**
 * Whether what goes to a stream may be coloured: where it is a terminal that can show it, and nobody said otherwise
 * (`NO_COLOR`, see https://no-color.org; `TERM=dumb`).
 */
export function showsColour(stream: TextStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}

/** How to colour what goes to a stream: with control characters only where {@link showsColour}. */
export function painter(stream: TextStream, env: NodeJS.ProcessEnv): Paint {
  const plain = !showsColour(stream, env);
  // The stream was judged here: it may be no stream of Node, which `styleText` would refuse.
  return (style, text) => (plain ? text : styleText(style, text, { validateStream: false }));
}
