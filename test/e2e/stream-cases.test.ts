import { expect, onTestFinished, test } from "vitest";
import type { CaseResult } from "../../harness/core/case-result.ts";
import { parseRunResult, type RunResult } from "../../harness/core/run-result.ts";
import { CASE_MODES } from "../../harness/core/stream-case.ts";
import { SCENARIOS } from "../../scenarios/index.ts";
import { startAlteringProxy } from "./altering-proxy.ts";
import { startBench, temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";

const { exceptions } = SCENARIOS["stream-cases"];

/** A run of the scenario, as a shell starts it. */
async function run(
  ...options: readonly string[]
): Promise<{ result: RunResult; stderr: string; exitCode: number | null }> {
  const argv = ["run", "stream-cases", "--json", "--out", temporaryFolder(), ...options];
  const { stdout, stderr, exitCode } = await startBench(...argv).ended;
  if (stdout === "") throw new Error(`there is no result, but exit code ${exitCode}: ${stderr}`);
  return { result: parseRunResult(stdout, "the result"), stderr, exitCode };
}

/** What came of cases, as `7 in stream: held`. */
const outcomes = (cases: readonly CaseResult[] = []) =>
  cases.flatMap(({ id, modes }) =>
    Object.entries(modes).map(
      ([mode, one]) => `${id} in ${mode}: ${one.outcome === "left-out" ? one.reason : one.outcome}`,
    ),
  );

const serverWithCases = async () => (await startChat({}, "--port", "0", "--instrument")).url;

test("every case holds in Chrome and for a simulated user, in each mode whose terms allow it", async () => {
  const { result, stderr, exitCode } = await run();
  const { cases, roomPage } = SCENARIOS["stream-cases"];
  const allowed = ({ id }: { readonly id: string }, mode: string) =>
    !exceptions.some((one) => one.cases.includes(id) && one.modes.some((its) => its === mode));
  const ofPage = result.cases?.slice(0, cases.length) ?? [];
  const wanted = ofPage.flatMap((one) =>
    CASE_MODES.map((mode) => `${one.id} in ${mode}: ${allowed(one, mode) ? "held" : "left out"}`),
  );
  const came = ofPage.flatMap(({ id, modes }) =>
    CASE_MODES.map((mode) => `${id} in ${mode}: ${modes[mode]?.outcome.replace("-", " ")}`),
  );
  // What did not hold, in full: the lists would not tell.
  expect(result.checks.failures).toEqual([]);
  expect(came).toEqual(wanted);
  expect(result.cases).toHaveLength(cases.length + roomPage.length);
  // Each in Chrome and by a user.
  expect([result.checks.made, exitCode, result.verdict]).toEqual([370, 0, "passed"]);
  expect(result.environment).toMatchObject({ liveViewVersion: "1.2.10", liveViewClientVersion: "1.2.10" });
  expect(stderr.split("\n").filter((line) => line.startsWith("server: "))).toEqual([]);
}, 300_000);

// Chrome says more of itself in the request of its upgrade than `ws` does.
test.each([
  ["Chrome", "case-in-chrome", "HeadlessChrome"],
  ["user", "case-by-user", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key"],
] as const)(
  "an insert that goes to another place on its way to %s alone fails in that case, there",
  async (who, kind, client) => {
    const proxy = await startAlteringProxy(await serverWithCases(), {
      client: () => client,
      find: '["items-e",0,',
      replacement: '["items-e",1,',
    });
    onTestFinished(() => proxy.close());
    const { result, exitCode } = await run("--target", proxy.origin, "--mode", "stream", "--only", "1,3,10");
    expect(outcomes(result.cases)).toEqual([
      "1 in stream: held",
      "3 in stream: failed",
      "10 in stream: held",
    ]);
    expect(result.cases?.[1]?.modes.stream).toEqual({
      outcome: "failed",
      differences: [
        {
          who,
          step: "step 2: insert e at 0",
          what: "the list",
          expected: ["e", "d", "a", "b", "c"],
          actual: ["d", "e", "a", "b", "c"],
        },
      ],
    });
    expect(result.checks.failures.map((failure) => failure.kind)).toEqual([kind]);
    expect([exitCode, result.checks.failed, proxy.altered]).toEqual([98, 1, 1]);
  },
);

test("what a page does not offer is left out by name, and no part of the verdict", async () => {
  // A page that adds at its ends alone, whose list is said to be a stream.
  const target = `${await serverWithCases()}/append/stream-cases`;
  const { result, stderr, exitCode } = await run(
    "--target",
    target,
    "--mode",
    "stream",
    "--only",
    "1,5,7,12",
  );
  expect(outcomes(result.cases)).toEqual([
    "1 in stream: held",
    "5 in stream: the page does not offer index",
    "7 in stream: the page does not offer delete, index",
    "12 in stream: the page does not offer reset",
  ]);
  expect([exitCode, result.checks.made, result.configuration.target]).toEqual([0, 2, target]);
  expect(stderr).toContain("stream: left out: 12: the page does not offer reset\n");
});

test.each([
  ["a page that is none", "/log_in", ["--mode", "stream"], "is no page of cases: it lacks #items-form,"],
  [
    "cases of which none can be done",
    "",
    ["--only", "19", "--mode", "append"],
    "no case is left to do: 19 not in append: ",
  ],
])("%s is refused", async (_, path, options, why) => {
  const target = `${await serverWithCases()}${path}`;
  const { ended } = startBench(
    "run",
    "stream-cases",
    "--target",
    target,
    "--out",
    temporaryFolder(),
    ...options,
  );
  const { stderr, exitCode } = await ended;
  expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining(why), exitCode: 104 });
});
