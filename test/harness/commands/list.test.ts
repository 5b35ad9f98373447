import { expect, test } from "vitest";
import { bench } from "./recorded-process.ts";

test("the scenarios are listed with their descriptions in a column", async () => {
  expect(await bench(["list"])).toEqual({
    exitCode: 0,
    stdout: "quickstart  Stream and stateful, side by side\nsoak        For an hour\n",
    stderr: "",
  });
});

test("as JSON they are objects with name and description", async () => {
  const { stdout } = await bench(["list", "--json"]);
  expect(JSON.parse(stdout)).toEqual([
    { name: "quickstart", description: "Stream and stateful, side by side" },
    { name: "soak", description: "For an hour" },
  ]);
});
