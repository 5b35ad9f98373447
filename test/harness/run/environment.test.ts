import { availableParallelism, totalmem } from "node:os";
import { expect, test } from "vitest";
import { environmentSchema } from "../../../harness/core/run-result.ts";
import { thisEnvironment } from "../../../harness/run/environment.ts";

test("the environment is this machine's, with the versions that are known", () => {
  const commit = { id: "1".repeat(40), subject: "Add a chat", isDirty: false };
  const environment = thisEnvironment({ bench: "0.1.0", chrome: "140.0.1", liveView: "1.1.0", commit });
  expect(environment).toMatchObject({
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    chrome: "140.0.1",
    liveViewVersion: "1.1.0",
    benchVersion: "0.1.0",
    commit,
  });
  expect(environmentSchema.parse(environment)).toEqual(environment);
});

test("where no Chrome took part, nobody joined and there is no commit, they are no keys", () => {
  const environment = thisEnvironment({
    bench: "0.1.0",
    chrome: undefined,
    liveView: undefined,
    commit: null,
  });
  expect(["chrome", "liveViewVersion", "commit"].filter((key) => key in environment)).toEqual([]);
});
