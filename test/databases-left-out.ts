import { readFileSync } from "node:fs";
import type { TestProject } from "vitest/node";

/** Says at the end of a run which tests were left out, since there was no PostgreSQL to run them on. */
export function setup({ vitest }: TestProject): (() => void) | undefined {
  if (process.env.DATABASE_URL) return undefined;
  return () => {
    const files = vitest.state
      .getTestModules()
      .filter(({ moduleId }) => readFileSync(moduleId, "utf8").includes('/databases.ts"'));
    if (files.length === 0) return;
    process.stdout.write(
      `\nPostgreSQL: left out, since DATABASE_URL is not set: ${files.length} test files ran on SQLite only. ` +
        "To run them on both: test/postgres.sh npm test\n",
    );
  };
}
