import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Account, type AccountScheme, type Accounts, accountCount } from "../core/account.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import { schemaProblems } from "../core/schema-problems.ts";
import type { TargetConfig } from "../core/target-config.ts";

const listSchema = z.array(
  z.strictObject({ name: z.string().min(1), password: z.string().nullable().default(null) }),
);

/**
 * The accounts that a run uses: what the configuration names, or else the scheme of the scenario's site.
 *
 * @param needed one for each user and each Chrome
 * @throws UsageError `bad-credentials`; `too-few-accounts`, with the count
 */
export function readAccounts(
  credentials: TargetConfig["credentials"],
  otherwise: AccountScheme,
  needed: number,
): Accounts {
  if (typeof credentials !== "string") return { kind: "scheme", scheme: credentials ?? otherwise };
  let text: string;
  try {
    text = readFileSync(credentials, "utf8");
  } catch (cause) {
    throw new UsageError(`${credentials} cannot be read: ${messageOf(cause)}`, {
      code: "bad-credentials",
      cause,
    });
  }
  const accounts: Accounts = { kind: "list", list: parseAccounts(text, credentials) };
  const count = accountCount(accounts);
  if (count >= needed) return accounts;
  throw new UsageError(
    `${credentials} has ${count} accounts, and ${needed} are needed: one for each user and each Chrome`,
    { code: "too-few-accounts" },
  );
}

/**
 * Parses a file of accounts: JSON as `[{ "name": "ada", "password": "..." }]`, or CSV with an account a line, its name and
 * behind the first comma its password, verbatim; in double quotes (`""` for one) where the name has a comma. A first line
 * `name,password` is a heading, lines that are empty or begin with `#` are none.
 *
 * @throws UsageError `bad-credentials`; what it says quotes no password
 */
export function parseAccounts(text: string, file: string): readonly Account[] {
  const accounts = /^\s*\[/u.test(text) ? parseJson(text, file) : parseCsv(text, file);
  const seen = new Set<string>();
  for (const { name } of accounts) {
    if (seen.has(name)) throw bad(file, `${name} is there twice: each user has an account of his own`);
    seen.add(name);
  }
  return accounts;
}

function parseJson(text: string, file: string): readonly Account[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    // What the parser says may quote a password.
    throw bad(file, "is no JSON", cause);
  }
  const parsed = listSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw bad(file, schemaProblems(parsed.error).join("; "));
}

const LINE = /^(?:"((?:[^"]|"")*)"|([^",]+))(?:,(?:"((?:[^"]|"")*)"|(.*)))?$/u;

function parseCsv(text: string, file: string): readonly Account[] {
  return text
    .replace(/^\uFEFF/u, "")
    .split(/\r?\n/u)
    .flatMap((line, index): Account[] => {
      const isHeading = index === 0 && line.toLowerCase() === "name,password";
      if (isHeading || line.trim() === "" || line.startsWith("#")) return [];
      const [, quotedName, name, quotedPassword, password] = LINE.exec(line) ?? [];
      const found = unquoted(quotedName) ?? name?.trim();
      if (!found) throw bad(file, `line ${index + 1} has no name`);
      return [{ name: found, password: unquoted(quotedPassword) ?? password ?? null }];
    });
}

const unquoted = (text: string | undefined): string | undefined => text?.replaceAll('""', '"');

function bad(file: string, why: string, cause?: unknown): UsageError {
  return new UsageError(`${file} is no file of accounts: ${why}`, { code: "bad-credentials", cause });
}
