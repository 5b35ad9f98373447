import { parseArgs } from "node:util";
import { z } from "zod";
import { LEAST_LIMIT } from "./chat/messages.ts";
import { ROOMS } from "./chat/seed-words.ts";
import { FAULTS, isFault } from "./faults.ts";
import { isModeName, MODES } from "./web/chat/modes.ts";
import { isLoopback } from "./web/loopback-only.ts";

const names = (registry: object): string => Object.keys(registry).join(", ");

const options = z
  .object({
    host: z.string().default("127.0.0.1"),
    port: z.coerce.number().int().min(0).max(65_535).default(4000),
    database: z.string().min(1),
    mode: z
      .string()
      .refine(isModeName, `must be one of ${names(MODES)}`)
      .default("stream"),
    limit: z.coerce.number().int().min(LEAST_LIMIT).optional(),
    seed: z.coerce.number().int().min(0).default(1),
    messages: z.coerce.number().int().min(0).max(1_000_000).default(200),
    rooms: z.coerce.number().int().min(1).max(1000).default(ROOMS.length),
    "empty-rooms": z.coerce.number().int().min(0).max(1000).default(0),
    users: z.coerce.number().int().min(0).max(100_000).default(0),
    fault: z.array(z.string().refine(isFault, `must be one of ${names(FAULTS)}`)).default([]),
    "idle-timeout-ms": z.coerce.number().int().min(1000).max(3_600_000).optional(),
    compress: z.boolean().default(false),
    instrument: z.boolean().default(false),
    "fixed-identifiers": z.boolean().default(false),
    supervised: z.boolean().default(false),
  })
  .superRefine((given, context) => {
    if (!given["fixed-identifiers"]) return;
    const refuse = (message: string) =>
      context.addIssue({ code: "custom", path: ["fixed-identifiers"], message });
    if (!given.instrument)
      refuse("only with --instrument: anybody can work out the names and tokens that it gives");
    if (!isLoopback(given.host)) refuse(`not on --host ${given.host}, where others can reach the server`);
  });

/** The command line of the server. */
export type CommandLine = z.infer<typeof options>;

/**
 * Reads the command line.
 *
 * @param env of the process: `DATABASE_URL` is the database where the command line names none.
 * @throws Error with a line for each problem.
 */
export function parseCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: "string" },
      port: { type: "string" },
      database: { type: "string" },
      mode: { type: "string" },
      limit: { type: "string" },
      seed: { type: "string" },
      messages: { type: "string" },
      rooms: { type: "string" },
      "empty-rooms": { type: "string" },
      users: { type: "string" },
      fault: { type: "string", multiple: true },
      "idle-timeout-ms": { type: "string" },
      compress: { type: "boolean" },
      instrument: { type: "boolean" },
      "fixed-identifiers": { type: "boolean" },
      supervised: { type: "boolean" },
    },
  });
  // A variable that is set to nothing is as good as none.
  const database = values.database ?? (env.DATABASE_URL || ":memory:");
  const parsed = options.safeParse({ ...values, database });
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${path[0]?.toString()}: ${message}`).join("; "),
  );
}
