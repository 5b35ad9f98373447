import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { messageOf, UsageError } from "../core/errors.ts";
import { schemaProblems } from "../core/schema-problems.ts";
import { type CommandConfig, type TargetConfig, targetConfigSchema } from "../core/target-config.ts";

/**
 * Reads the file of `--config`.
 *
 * @throws UsageError `bad-config`, with all problems at once
 */
export function readTargetConfig(file: string): TargetConfig {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { code: "bad-config", cause });
  }
  return parseTargetConfig(text, file);
}

/**
 * Parses what is in the file of `--config`. Paths of files in it come back absolute.
 *
 * @throws UsageError `bad-config`, with all problems at once: a line, or a line each below a first one
 */
export function parseTargetConfig(text: string, file: string): TargetConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} is no JSON: ${messageOf(cause)}`, { code: "bad-config", cause });
  }
  const parsed = targetConfigSchema.safeParse(json);
  if (parsed.success) return withAbsolutePaths(parsed.data, dirname(file));
  const problems = schemaProblems(parsed.error);
  const said =
    problems.length === 1
      ? `${file}: ${problems.join()}`
      : [`${file} has ${problems.length} problems:`, ...problems].join("\n  ");
  throw new UsageError(said, { code: "bad-config", cause: parsed.error });
}

function withAbsolutePaths(config: TargetConfig, folder: string): TargetConfig {
  const { credentials, database, tls, start, reset } = config;
  return {
    ...config,
    ...(typeof credentials === "string" && { credentials: resolve(folder, credentials) }),
    ...(database !== undefined && { database: isUrl(database) ? database : resolve(folder, database) }),
    ...(tls !== undefined && { tls: { ca: resolve(folder, tls.ca) } }),
    ...(start !== undefined && { start: { ...start, ...inFolder(start, folder) } }),
    ...(reset !== undefined && {
      reset: "command" in reset ? { ...reset, ...inFolder(reset, folder) } : reset,
    }),
  };
}

function inFolder(command: CommandConfig, folder: string): Required<CommandConfig> {
  const cwd = resolve(folder, command.cwd ?? ".");
  const isPath = command.command.includes("/");
  return { ...command, cwd, command: isPath ? resolve(cwd, command.command) : command.command };
}

const isUrl = (text: string): boolean => /^[a-z]+:\/\//u.test(text);
