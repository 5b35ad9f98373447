import { describe, expect, test } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import { renderBenchmark } from "../../reports/benchmark.ts";
import { renderCsv } from "../../reports/csv.ts";
import { renderGithub } from "../../reports/github.ts";
import { REPORTS } from "../../reports/index.ts";
import { renderJunit } from "../../reports/junit.ts";
import { renderMarkdown } from "../../reports/markdown.ts";
import { REPORT_NAMES } from "../../reports/report-names.ts";
import { failedResult } from "./sample-failure.ts";
import { passedResult } from "./sample-result.ts";
import { SAMPLE_RESULTS } from "./sample-results.ts";

/** What could end a cell, an element, a command or a line, or call somebody. */
const HOSTILE =
  'a|b `c` <script>alert("1")</script> & @ada ::error::x\r\n%0A, "q" [l](http://x) *b* \u001b[31m]]>';

const hostileResult: RunResult = {
  ...failedResult,
  scenario: "odd, one",
  checks: {
    ...failedResult.checks,
    failures: [
      {
        ...{ kind: "user-vs-oracle", mode: "stream", step: HOSTILE, who: "user 1" },
        ...{ message: HOSTILE, expected: HOSTILE, actual: HOSTILE },
      },
    ],
  },
};

// Golden files: `npx vitest run test/reports -u` writes them anew.
describe.each(["markdown", "junit", "github", "csv", "benchmark"] as const)("as %s", (format) => {
  test.each(SAMPLE_RESULTS)("a run that %s", async (name, result) => {
    const { render, ending } = REPORTS[format];
    await expect(render(result)).toMatchFileSnapshot(`golden/${format}/${name}${ending}`);
  });
});

test("a chart of benchmarks has what is better the less it is, in the units of its names", () => {
  const charted = JSON.parse(renderBenchmark(passedResult)) as {
    name: string;
    unit: string;
    value: number;
  }[];
  const of = (name: string) => charted.find((one) => one.name === name);
  expect(of("quickstart payload.insert.bytes{mode:stream}")).toMatchObject({ unit: "bytes" });
  expect(of("quickstart latency.insert.frame{mode:stream} p99")).toMatchObject({ unit: "ms", value: 12.43 });
  expect(charted.filter(({ name }) => name.includes("delivery"))).toEqual([]);
  expect(new Set(charted.map(({ name }) => name)).size).toBe(charted.length);
});

test("every report has its name", () => {
  expect(Object.keys(REPORTS)).toEqual([...REPORT_NAMES]);
});

describe("Markdown", () => {
  test("has nothing that is not escaped", () => {
    const lines = renderMarkdown(hostileResult).split("\n");
    const told = lines.filter((line) => line.includes("alert"));
    expect(told).toEqual([
      "1. **user against the database** in stream, " +
        'a\\|b \\`c\\` &lt;script&gt;alert("1")&lt;/script&gt; &amp; @\u200bada ::error::x\\\\u000d\\\\u000a%0A, "q" ' +
        "\\[l\\](http://x) \\*b\\* \\\\u001b\\[31m\\]\\]&gt;: " +
        'a\\|b \\`c\\` &lt;script&gt;alert("1")&lt;/script&gt; &amp; @\u200bada ::error::x\\\\u000d\\\\u000a%0A, "q" ' +
        "\\[l\\](http://x) \\*b\\* \\\\u001b\\[31m\\]\\]&gt;",
      '   - expected ``a\\|b `c` <script>alert("1")</script> & @ada ::error::x\\u000d\\u000a%0A, "q" [l](http://x) *b* \\u001b[31m]]>``',
      '   - actual ``a\\|b `c` <script>alert("1")</script> & @ada ::error::x\\u000d\\u000a%0A, "q" [l](http://x) *b* \\u001b[31m]]>``',
    ]);
  });

  test.each(SAMPLE_RESULTS)(
    "of a run that %s has tables whose lines have as many cells as their head",
    (_, result) => {
      const blocks = renderMarkdown(result).split("\n\n");
      const tables = blocks.flatMap((block) => {
        const lines = block.split("\n").filter((line) => line.startsWith("|"));
        return lines.length === 0 ? [] : [lines.map((line) => line.split(/(?<!\\)\|/).length)];
      });
      expect(tables.length).toBeGreaterThan(0);
      for (const cells of tables) expect(new Set(cells).size).toBe(1);
    },
  );
});

describe("JUnit", () => {
  test("has nothing that XML has no place for", () => {
    const xml = renderJunit(hostileResult);
    expect(xml).toContain('<testsuites name="odd, one"');
    expect(xml).toContain(
      'a|b `c` &lt;script&gt;alert("1")&lt;/script&gt; &amp; @ada ::error::x\r\n%0A, "q" [l](http://x) *b* \\u001b[31m]]&gt;',
    );
    expect(xml.match(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}]/u)).toBe(null);
  });

  test("counts what it has", () => {
    for (const [, result] of SAMPLE_RESULTS) {
      const xml = renderJunit(result);
      const head = /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml);
      const counted = ["<testcase ", "<failure ", "<error ", "<skipped "].map(
        (tag) => xml.split(tag).length - 1,
      );
      expect(head?.slice(1).map(Number)).toEqual(counted);
    }
  });
});

describe("annotations", () => {
  test("are one line each, whatever is in them", () => {
    const lines = renderGithub(hostileResult).trimEnd().split("\n");
    expect(lines.filter((line) => !/^::(error|warning|notice) title=[^:,]*::/.test(line))).toEqual([]);
    expect(lines.at(-1)).toContain("::error::x%0D%0A%250A,");
    expect(lines.at(-1)).toMatch(/^::error title=odd%2C one%3A user against the database%2C stream%2C a\|b/);
  });

  test("of a run that passed are no error", () => {
    const { thresholds } = passedResult;
    const held = { ...passedResult, thresholds: thresholds.filter(({ passed }) => passed) };
    expect(renderGithub(held)).toBe(
      "::notice title=quickstart%3A PASSED::0 of 3,228 checks failed, 1 of 1 threshold held, exit code 0\n",
    );
    expect(renderGithub(passedResult).split("\n")[1]).toMatch(/^::warning title=quickstart%3A threshold::/);
  });

  test("are at most nine, of which the first is the verdict", () => {
    const failure = hostileResult.checks.failures[0];
    if (failure === undefined) throw new Error("no failure");
    const many = { ...hostileResult.checks, failures: Array.from({ length: 30 }, () => failure) };
    const lines = renderGithub({ ...hostileResult, checks: many })
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(9);
    expect(lines[0]).toMatch(/^::error title=odd%2C one%3A FAILED::/);
  });
});

describe("CSV", () => {
  test("has quotes where they are needed, and no formula", () => {
    const result: RunResult = {
      ...passedResult,
      scenario: '=1+"2",\n3',
      metrics: [{ name: "users.lost", mode: "-x", unit: "count", kind: "counter", values: { value: -0.5 } }],
    };
    expect(renderCsv(result)).toBe(
      "scenario,started_at,mode,metric,operation,case,kind,unit,value_of,value\r\n" +
        `"'=1+""2"",\n3",${passedResult.startedAt},'-x,users.lost,,,counter,count,value,-0.5\r\n`,
    );
  });
});
