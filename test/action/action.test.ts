import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateAction, validateWorkflow } from "@action-validator/core";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Action } from "./composite-action.ts";

const ROOT = join(import.meta.dirname, "../..");
const text = readFileSync(join(ROOT, "action.yml"), "utf8");
const workflow = readFileSync(join(ROOT, ".github/workflows/bench.yml"), "utf8");
const action: Action = parse(text);

test("the action and this project's workflow are what GitHub's schemas allow", () => {
  expect(validateAction(text).errors).toEqual([]);
  expect(validateWorkflow(workflow).errors).toEqual([]);
});

test("and these schemas refuse what is not", () => {
  expect(validateAction(text.replace("shell: bash", "shel: bash")).errors).not.toEqual([]);
  expect(validateWorkflow(workflow.replace("pull_request", "pull_reqest")).errors).not.toEqual([]);
});

describe("every expression names something that is there:", () => {
  const expressions = [...text.matchAll(/\b(inputs|steps)\.([\w-]+)(?:\.outputs\.([\w-]+))?/g)];
  const written = new Map(
    action.runs.steps.map(({ id, run = "" }) => [
      id,
      [...run.matchAll(/echo "(\w+)=/g)].map(([, name]) => name),
    ]),
  );

  test.each(expressions.map(([whole, kind, name, output]) => [whole, kind, name, output] as const))(
    "%s",
    (_, kind, name = "", output) => {
      if (kind === "inputs") expect(Object.keys(action.inputs)).toContain(name);
      else expect(written.get(name)).toContain(output);
    },
  );

  test("and every input is used", () => {
    const used = new Set(expressions.filter(([, kind]) => kind === "inputs").map(([, , name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });
});

test("no input is put into the text of a script, where it would be run", () => {
  expect(action.runs.steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
});

test("this project's workflow gives inputs that there are, and a baseline that there is", () => {
  const { jobs } = parse(workflow);
  const [, step] = jobs.payload.steps;
  expect(step.uses).toBe("./");
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
  expect(() => readFileSync(join(ROOT, step.with.baseline))).not.toThrow();
});
