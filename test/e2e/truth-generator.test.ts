import { expect, test } from "vitest";
import { countOf, latencyOf, runOnStub } from "../truth/bench-on-stub.ts";
import { generatorsOf } from "../truth/generator-pids.ts";
import { nowUs } from "../truth/stub-chat.ts";

test("a generator that is stopped for 2 s shows it from the due time, not from the start, and the run is void", async () => {
  let bench = 0;
  let stopped = false;
  const { result, exitCode } = await runOnStub({
    manners: {
      onInsert: (number, dueUs) => {
        if (number !== 200) return;
        const [pid = 0] = generatorsOf(bench);
        process.kill(pid, "SIGSTOP");
        stopped = true;
        setTimeout(() => process.kill(pid, "SIGCONT"), 2000 - (nowUs() - dueUs) / 1000);
      },
    },
    argv: ["--users", "2", "--rate", "100", "--duration", "5s"],
    onStarted: ({ child }) => {
      bench = child.pid ?? 0;
    },
  });
  console.log(latencyOf(result, "latency.insert.frame"), latencyOf(result, "latency.insert.frame.uncorrected"), result.generator, exitCode, countOf(result, "generator.late_starts"), stopped);
  expect(1).toBe(1);
});
