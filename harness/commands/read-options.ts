import type { z } from "zod";
import { UsageError } from "../core/errors.ts";
import type { OptionSpec, RawArguments } from "./command.ts";

/**
 * Reads what was given for a command's options.
 *
 * @param schema an object with a key an option, made of the kinds in `option-values.ts`
 * @throws UsageError `invalid-option`, with all problems at once: a line, or a line each below a first one
 */
export function readOptions<Schema extends z.ZodObject>(
  specs: Readonly<Record<string, OptionSpec>>,
  schema: Schema,
  args: RawArguments,
): z.output<Schema> {
  const problems: string[] = [];
  const given: Record<string, unknown> = {};
  for (const [name, { kind }] of Object.entries(specs)) {
    const value = args[name];
    if (value === undefined) continue;
    if (kind === "list") given[name] = Array.isArray(value) ? value : [value];
    else if (Array.isArray(value)) problems.push(`--${name} may be given only once`);
    else given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map(({ path, message }) => `--${String(path[0])} ${message}`));
  }
  if (parsed.success && problems.length === 0) return parsed.data;
  const message =
    problems.length === 1 ? problems.join() : [`${problems.length} problems:`, ...problems].join("\n  ");
  throw new UsageError(message, { code: "invalid-option" });
}
