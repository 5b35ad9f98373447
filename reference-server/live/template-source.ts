import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the server, from which sources are told. */
const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** One for each place in the code: the array of a tagged template is the same whenever that place is come by. */
const sources = new WeakMap<readonly string[], string>();

/** The last line of a stack that stands for a place: `at name (file:///...:12:3)`, `at file:///...:12:3`. */
const PLACE = /^ *at (?:[^(\n]*\()?((?:file:\/\/)?\/[^()\n]*):(\d+):\d+\)?$/m;

/**
 * Where a template is written, from the server's folder on: `web/chat/message-details.ts:14`. The line is that of the code as
 * it is written, since types are stripped in place. `?` where the runtime does not tell.
 *
 * @param tag the function that the template was tagged with: who called it has written the template
 */
export function sourceOf(literals: readonly string[], tag: (...args: never[]) => unknown): string {
  const known = sources.get(literals);
  if (known !== undefined) return known;
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, tag);
  const [, file, line] = PLACE.exec(trace.stack ?? "") ?? [];
  const source = file === undefined ? "?" : `${relative(ROOT, pathOf(file))}:${line}`;
  sources.set(literals, source);
  return source;
}

const pathOf = (file: string): string => (file.startsWith("file:") ? fileURLToPath(file) : file);
