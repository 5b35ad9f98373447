import { expect, test } from "vitest";
import { chromeFlags } from "../../../harness/browser/launch.ts";

test("only root goes without the sandbox", () => {
  expect([chromeFlags(true), chromeFlags(false)].map((flags) => flags.includes("--no-sandbox"))).toEqual([
    true,
    false,
  ]);
});
