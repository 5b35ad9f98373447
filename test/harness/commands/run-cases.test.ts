import { expect, test } from "vitest";
import { smallCases } from "../cases/small-cases.ts";
import { bench, services } from "./recorded-process.ts";

const scenarios = { "small-cases": smallCases };

test("every option of a scenario of cases reaches its runner", async () => {
  const seen: unknown[] = [];
  const given = {
    ...services(),
    scenarios,
    runCases: async (...args: readonly unknown[]) => {
      seen.push(...args.slice(0, 2));
      return 98 as const;
    },
  };
  const argv =
    "run small-cases --only 1,2-limit,1 --mode stream --mode append --mode stream --target http://localhost:4000/{mode} " +
    "--allow-remote --allow-remote-rate 2.5 --out ../results --json --quiet";
  expect(await bench(argv.split(" "), given)).toEqual({ exitCode: 98, stdout: "", stderr: "" });
  expect(seen).toEqual([
    smallCases,
    {
      only: ["1", "2-limit"],
      modes: ["stream", "append"],
      target: "http://localhost:4000/%7Bmode%7D",
      allowRemote: true,
      allowRemoteRatePerSec: 2.5,
      outDir: "/home/results",
      json: true,
      quiet: true,
    },
  ]);
});

test.each([
  ["a case that there is not", ["--only", "1,7"], '--only names a case "7", which there is not'],
  ["a mode that has no list of its own", ["--mode", "components"], '--mode cannot be "components"'],
  ["an option of scenarios with load", ["--seed", "1"], "unknown option --seed"],
])("%s is refused", async (_, options, why) => {
  const { exitCode, stderr } = await bench(["run", "small-cases", ...options], { ...services(), scenarios });
  expect({ exitCode, stderr }).toEqual({ exitCode: 104, stderr: expect.stringContaining(why) });
});
