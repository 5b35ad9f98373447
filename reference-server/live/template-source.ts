import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a template is written. Kept as the runtime noted it, since it is made a text only for who asks, and that takes long. */
export interface TemplateSource {
  readonly stack?: string;
}

/** The folder of the server, from which sources are told. */
const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** One for each place in the code: the array of a tagged template is the same whenever that place is come by. */
const sources = new WeakMap<readonly string[], TemplateSource>();

const NOWHERE: TemplateSource = {};

/** A line of a stack that stands for a place: `at name (file:///...:12:3)`, `at file:///...:12:3`. */
const PLACE = /^ *at (?:[^(\n]*\()?((?:file:\/\/)?\/[^()\n]*):(\d+):\d+\)?$/m;

/**
 * Notes where a template is written.
 *
 * @param tag the function that the template was tagged with: who called it has written the template
 */
export function noteSource(literals: readonly string[], tag: (...args: never[]) => unknown): TemplateSource {
  const known = sources.get(literals);
  if (known !== undefined) return known;
  // A literal's array is frozen (ECMA-262, GetTemplateObject); what was put together by a program is written nowhere.
  if (!Object.isFrozen(literals)) return NOWHERE;
  const source: TemplateSource = {};
  // The caller is all that is needed of a stack.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(source, tag);
  Error.stackTraceLimit = stackTraceLimit;
  sources.set(literals, source);
  return source;
}

/**
 * Where a template is written, from the server's folder on: `web/chat/message-details.ts:14`. The line is that of the code as
 * it is written, since types are stripped in place. `?` where the runtime does not tell.
 */
export function sourceText({ stack = "" }: TemplateSource): string {
  const [, file, line] = PLACE.exec(stack) ?? [];
  if (file === undefined) return "?";
  return `${relative(ROOT, file.startsWith("file:") ? fileURLToPath(file) : file)}:${line}`;
}
