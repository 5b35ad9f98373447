import { CHECK_KINDS } from "../harness/core/checks.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { CHECK_LABELS } from "./comparison.ts";
import { integer } from "./quantities.ts";
import { thresholdRows } from "./threshold-rows.ts";
import { verdictWords } from "./verdict.ts";

/** How many failures of a kind in a mode are written out. */
const TOLD_FAILURES = 5;

/** A test as JUnit has it: what came of it, and what there is to read. */
interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly outcome: "passed" | "failure" | "error" | "skipped";
  readonly message: string;
  readonly text: string;
}

/**
 * A run as JUnit XML: a suite for each mode with its kinds of checks, its cases and its thresholds, and one for the run, with the
 * harness. A threshold that only warns passes. What a run never got to is an error.
 *
 * Source: the schema of Jenkins' xUnit plugin, `junit-10.xsd`, which GitLab and GitHub's reporters read.
 */
export function renderJunit(result: RunResult): string {
  const { scenario, startedAt, durationMs, configuration } = result;
  const tests = [...ofRun(result), ...ofModes(result)];
  const suites = ["run", ...configuration.modes].flatMap((suite) => {
    const own = tests.filter((test) => test.suite === suite);
    if (own.length === 0) return [];
    const time = suite === "run" ? durationMs / 1000 : 0;
    const name = `${scenario}.${suite}`;
    return [
      `  <testsuite name="${attribute(name)}" ${counts(own)} time="${time}" timestamp="${attribute(startedAt.slice(0, 19))}">`,
      ...own.map((test) => testCase(name, test)),
      "  </testsuite>",
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(scenario)}" ${counts(tests)} time="${durationMs / 1000}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function ofRun(result: RunResult): TestCase[] {
  const { verdict, generator, thresholds, configuration } = result;
  const { facts, reasons } = verdictWords(result);
  const isCutShort = verdict === "interrupted" || result.checks.made === 0;
  const rows = thresholdRows(result);
  return [
    {
      suite: "run",
      name: "it ran to its end",
      outcome: isCutShort ? "error" : "passed",
      message: isCutShort ? facts : "",
      text: isCutShort ? reasons.join("\n") : "",
    },
    {
      suite: "run",
      name: "the harness was not the bottleneck",
      outcome: generator.believable ? "passed" : "error",
      message: generator.believable ? "" : "the figures cannot be believed",
      text: generator.believable ? "" : generator.reasons.join("\n"),
    },
    ...thresholds.flatMap(({ mode }, at) => {
      const row = rows[at];
      const isOfMode = mode !== undefined && configuration.modes.includes(mode);
      return row === undefined || isOfMode ? [] : [threshold("run", row)];
    }),
  ];
}

function ofModes(result: RunResult): TestCase[] {
  const rows = thresholdRows(result);
  return result.configuration.modes.flatMap((mode) => [
    ...checksOf(result, mode),
    ...casesOf(result, mode),
    ...result.thresholds.flatMap((one, at) => {
      const row = rows[at];
      return one.mode === mode && row !== undefined ? [threshold(mode, row)] : [];
    }),
  ]);
}

function checksOf({ checks }: RunResult, mode: string): TestCase[] {
  return CHECK_KINDS.flatMap((kind): TestCase[] => {
    const made = checks.kinds[kind]?.modes[mode];
    if (made === undefined) return [];
    const own = checks.failures.filter((failure) => failure.kind === kind && failure.mode === mode);
    const text = own
      .slice(0, TOLD_FAILURES)
      .map(
        ({ step, message, expected, actual }) =>
          `${step}: ${message}\n  expected ${expected}\n  actual   ${actual}`,
      );
    const isRight = made.failed === 0;
    return [
      {
        suite: mode,
        name: CHECK_LABELS[kind],
        outcome: isRight ? "passed" : "failure",
        message: isRight ? "" : `${integer(made.failed)} of ${integer(made.made)} failed`,
        text: text.join("\n"),
      },
    ];
  });
}

function casesOf({ cases = [] }: RunResult, mode: string): TestCase[] {
  return cases.map(({ id, name, modes }): TestCase => {
    const outcome = modes[mode];
    const test = { suite: mode, name: `${id} ${name}` };
    switch (outcome?.outcome) {
      case "held":
        return { ...test, outcome: "passed", message: "", text: "" };
      case "left-out":
        return { ...test, outcome: "skipped", message: outcome.reason, text: "" };
      case "failed": {
        const text = outcome.differences.map(
          ({ who, step, what, expected, actual }) =>
            `${who}, ${step}: ${what}\n  expected ${expected.join(" ")}\n  actual   ${actual.join(" ")}`,
        );
        const message = `${outcome.differences.map(({ who }) => who).join(" and ")} saw something else`;
        return { ...test, outcome: "failure", message, text: text.join("\n") };
      }
      case undefined:
        return { ...test, outcome: "error", message: "it was not reached", text: "" };
      default:
        return outcome satisfies never;
    }
  });
}

function threshold(suite: string, row: ReturnType<typeof thresholdRows>[number]): TestCase {
  const { word, name, expression, actual, why } = row;
  const isCrossed = word === "failed";
  return {
    suite,
    name: `${name} ${expression}`,
    outcome: isCrossed ? "failure" : "passed",
    message: isCrossed ? `it is ${why === "" ? actual : `not known: ${why}`}` : "",
    text: "",
  };
}

function counts(tests: readonly TestCase[]): string {
  const of = (outcome: TestCase["outcome"]) => tests.filter((test) => test.outcome === outcome).length;
  return `tests="${tests.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

function testCase(suite: string, { name, outcome, message, text }: TestCase): string {
  const opening = `    <testcase classname="${attribute(suite)}" name="${attribute(name)}" time="0"`;
  if (outcome === "passed") return `${opening}/>`;
  const inner = `<${outcome} message="${attribute(message)}"`;
  const body = text === "" ? `${inner}/>` : `${inner}>${element(text)}</${outcome}>`;
  return `${opening}>${body}</testcase>`;
}

/** What XML 1.0 has no place for, not even escaped, is written out: `\\u001b`. */
function element(text: string): string {
  const allowed = text.toWellFormed().replaceAll(NOT_IN_XML, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function attribute(text: string): string {
  return element(text)
    .replaceAll('"', "&quot;")
    .replaceAll(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
