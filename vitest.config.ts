import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Two projects: `unit` is pure and takes seconds (`npm run check` runs it); `system` starts servers,
 * sockets and Chromes, and is told by its folders.
 */
const system = ["test/e2e/**/*.test.ts", "test/conformance/**/*.test.ts"];

/**
 * What a test starts by itself is to store nothing in a PostgreSQL: that is for those tests alone that ask for one. The
 * hundreds of processes that tests start read the program from Node's cache of compiled modules.
 */
const env = {
  DATABASE_URL: "",
  TEST_DATABASE_URL: process.env.DATABASE_URL ?? "",
  NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/node-compile", import.meta.url)),
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
        },
      },
      {
        test: {
          name: "system",
          include: system,
          env,
          globalSetup: "test/chrome-ready.ts",
          // Two and three files at a time were tried: faster by a third, and now and then a Chrome is late on a busy machine.
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
