import { expect, test } from "vitest";
import { BenchError, UsageError } from "../../../harness/core/errors.ts";
import { main } from "../../../harness/main.ts";
import { bench, recordedProcess, services } from "./recorded-process.ts";

const failing = (error: unknown) => services(() => Promise.reject(error));

test.each([
  [
    "a defect",
    new TypeError("x is undefined"),
    1,
    "unexpected error: x is undefined; --debug shows where it came from",
  ],
  ["an error of ours", new BenchError("the server is gone", { code: "gone" }), 1, "the server is gone"],
  [
    "a usage error",
    new UsageError("port 4000 is in use", { code: "port-in-use" }),
    104,
    "port 4000 is in use",
  ],
])("%s is one line and an exit code", async (_, error, exitCode, message) => {
  expect(await bench(["run", "quickstart"], failing(error))).toEqual({
    exitCode,
    stdout: "",
    stderr: `bench: ${message}\n`,
  });
});

test("--debug shows the stack and the cause", async () => {
  const error = new BenchError("the server is gone", { code: "gone", cause: new Error("ECONNRESET") });
  const { stderr } = await bench(["run", "quickstart", "--debug"], failing(error));
  expect(stderr).toContain("main.test.ts");
  expect(stderr).toContain("ECONNRESET");
  expect(stderr.endsWith("\nbench: the server is gone\n")).toBe(true);
});

/** A run that ends when it is told to, with the exit code of its own that an interrupted run has. */
const untilAborted = services(async (_scenario, _options, { signal }) => {
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  return 105;
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s asks the command to end, and its exit code holds",
  async (name) => {
    const { proc, written, send, listeners } = recordedProcess(["run", "quickstart"]);
    const ended = main(proc, {
      ...untilAborted,
      runScenario: (...given) => {
        queueMicrotask(() => send(name));
        return untilAborted.runScenario(...given);
      },
    });
    expect(await ended).toBe(105);
    expect(written).toEqual({ stdout: "", stderr: `bench: ${name}, stopping; once more to stop at once\n` });
    expect(listeners.size).toBe(0);
  },
);

test("what is thrown while stopping is no news: the exit code is 105", async () => {
  const { proc, written, send } = recordedProcess(["run", "quickstart"]);
  const stopped = services(async () => {
    send("SIGINT");
    throw new Error("socket closed");
  });
  expect(await main(proc, stopped)).toBe(105);
  expect(written.stderr).toBe("bench: SIGINT, stopping; once more to stop at once\nbench: interrupted\n");
});

test("a second signal within a second is npm's echo of the first; a later one ends the process at once", async () => {
  const { proc, state, send } = recordedProcess(["run", "quickstart"]);
  const seen: boolean[] = [];
  const pressed = services(async () => {
    for (const nowMs of [0, 5, 999, 1000]) {
      state.nowMs = nowMs;
      send("SIGINT");
      seen.push(state.ended);
    }
    return 105;
  });
  await main(proc, pressed);
  expect(seen).toEqual([false, false, false, true]);
});
