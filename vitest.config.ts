import { defineConfig } from "vitest/config";

/**
 * Three projects, one after the other: `unit` is pure and takes seconds (`npm run check` runs it); `system` starts servers,
 * sockets and Chromes; `runs` starts whole runs of `bench`, each of which wants the machine for itself.
 */
const runs = [
  "bad-input",
  "cli",
  "databases",
  "faults",
  "five-ways",
  "interruption",
  "kept-sessions",
  "quickstart",
].map((name) => `test/e2e/${name}.test.ts`);
const system = ["test/e2e/**/*.test.ts", "test/conformance/**/*.test.ts"];

/** What a test starts by itself is to store nothing in a PostgreSQL: that is for those tests alone that ask for one. */
const env = { DATABASE_URL: "", TEST_DATABASE_URL: process.env.DATABASE_URL ?? "" };

/** Most of its time such a test waits for a Chrome: two share a machine of two cores well. */
const SYSTEM_WORKERS = 2;
const patience = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // A second is not enough where a page is loaded anew, or a limit of messages a second passes.
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  test: {
    globalSetup: "test/databases-left-out.ts",
    projects: [
      // Pure tests share nothing, so they may share a process: most of their time was starting one for each file.
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: system,
          isolate: false,
          env,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "system",
          include: system,
          exclude: runs,
          env,
          maxWorkers: SYSTEM_WORKERS,
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
      {
        test: {
          name: "runs",
          include: runs,
          env,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...patience,
        },
      },
    ],
  },
});
