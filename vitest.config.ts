import { defineConfig } from "vitest/config";

/**
 * Two projects: `unit` is pure and takes seconds (`npm run check` runs it); `system` starts servers,
 * sockets and Chromes, and is told by its folders.
 */
const system = ["test/e2e/**/*.test.ts", "test/conformance/**/*.test.ts"];

/** What a test starts by itself is to store nothing in a PostgreSQL: that is for those tests alone that ask for one. */
const env = { DATABASE_URL: "", TEST_DATABASE_URL: process.env.DATABASE_URL ?? "" };

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
        },
      },
      {
        test: {
          name: "system",
          include: system,
          env,
          // A Chrome takes both cores of a small machine: two files at a time are no faster, and tell of times that are not so.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A second is not enough where a page is loaded anew, or a limit of messages a second passes.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
