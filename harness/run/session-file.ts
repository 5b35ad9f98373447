import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { messageOf, UsageError } from "../core/errors.ts";
import { schemaProblems } from "../core/schema-problems.ts";
import type { Cookies } from "../crowd/log-in.ts";

const text = z.string().min(1);
/** By origin, by user, by name of the cookie. */
const schema = z.strictObject({
  schemaVersion: z.literal(1),
  origins: z.record(z.url(), z.record(text, z.record(text, z.string()))),
});

type Users = Map<string, Cookies>;

/** Whoever has the file is logged in as everybody in it. */
const OWNER_ONLY = 0o600;

/**
 * The file that keeps the cookies of a target's users from one run to the next, so that they need not log in again. What
 * it holds of other targets stays, and is not looked at.
 */
export class SessionFile {
  readonly #path: string;
  readonly #others: ReadonlyMap<string, unknown>;
  readonly #origin: string;
  readonly #users: Users;

  private constructor(path: string, origin: string, all: z.infer<typeof schema>["origins"]) {
    this.#path = path;
    this.#origin = origin;
    this.#users = new Map(Object.entries(all[origin] ?? {}));
    this.#others = new Map(Object.entries(all).filter(([other]) => other !== origin));
  }

  /**
   * Reads the file, and proves that it can be written: where there is none it is made.
   *
   * @param origin of the target: `http://127.0.0.1:4000`
   * @throws UsageError `broken-sessions` or `cannot-write-sessions`
   */
  static open(path: string, origin: string): SessionFile {
    const file = new SessionFile(path, origin, readOrigins(path));
    file.write();
    return file;
  }

  /** What users had when they were seen last, by name. */
  all(): Readonly<Record<string, Cookies>> {
    return Object.fromEntries(this.#users);
  }

  /** Keeps what users have now. It is in the file once that is written. */
  keep(cookies: Readonly<Record<string, Cookies>>): void {
    for (const [user, its] of Object.entries(cookies)) this.#users.set(user, its);
  }

  /**
   * Replaces the file; nobody but its owner can read it, whoever could before.
   *
   * @throws UsageError `cannot-write-sessions`
   */
  write(): void {
    const origins = Object.fromEntries([...this.#others, [this.#origin, Object.fromEntries(this.#users)]]);
    const unfinished = `${this.#path}.unfinished`;
    try {
      rmSync(unfinished, { force: true });
      writeFileSync(unfinished, `${JSON.stringify({ schemaVersion: 1, origins })}\n`, { mode: OWNER_ONLY });
      renameSync(unfinished, this.#path);
    } catch (cause) {
      const message = `sessions cannot be written to ${this.#path}: ${messageOf(cause)}`;
      throw new UsageError(message, { code: "cannot-write-sessions", cause });
    }
  }
}

function readOrigins(path: string): z.infer<typeof schema>["origins"] {
  const content = contentOf(path);
  if (content === undefined) return {};
  const parsed = schema.safeParse(parseJson(path, content));
  if (parsed.success) return parsed.data.origins;
  throw broken(path, schemaProblems(parsed.error)[0] ?? "it is of another form");
}

/** Undefined where there is no file. */
function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw broken(path, messageOf(cause), cause);
  }
}

function parseJson(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    // What the parser says may quote a cookie.
    throw broken(path, "it is no JSON", cause);
  }
}

function broken(path: string, why: string, cause?: unknown): UsageError {
  return new UsageError(`${path} is no file of sessions: ${why}. Name another one, or delete it.`, {
    code: "broken-sessions",
    cause,
  });
}
