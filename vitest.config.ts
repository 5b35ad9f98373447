import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Three projects, one after the other: `unit` is pure and takes seconds (`npm run check` runs it); `system` starts servers,
 * sockets and Chromes, and is told by its folders; `timed` is what of it holds times to what they truly are, or fills the
 * machine by itself, and has it alone.
 */
const system = ["test/e2e/**/*.test.ts", "test/conformance/**/*.test.ts"];
const timed = ["test/e2e/truth-*.test.ts", "test/e2e/{quickstart,self-test,soak}.test.ts"];

/**
 * What a test starts by itself is to store nothing in a PostgreSQL: that is for those tests alone that ask for one. The
 * hundreds of processes that tests start read the program from Node's cache of compiled modules.
 */
const env = {
  DATABASE_URL: "",
  TEST_DATABASE_URL: process.env.DATABASE_URL ?? "",
  NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/node-compile", import.meta.url)),
};

/** A second is not enough where a page is loaded anew, a limit of messages a second passes, or the machine stands still. */
const POLL = { poll: { timeout: 15_000 } };

/** Of tests of the whole program. */
const wholeProgram = {
  env,
  globalSetup: "test/chrome-ready.ts",
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: POLL,
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
          // By itself it leaves a core to others.
          maxWorkers: "100%",
          env,
          testTimeout: 30_000,
          expect: POLL,
          sequence: { groupOrder: 0 },
        },
      },
      // Two cores have room for three: they wait for pages to load, limits to pass, connections to come back.
      {
        test: {
          ...wholeProgram,
          name: "system",
          include: system,
          exclude: timed,
          maxWorkers: 3,
          // Each file has servers and Chromes of its own; loading the program anew for each takes a minute.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...wholeProgram,
          name: "timed",
          include: timed,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
