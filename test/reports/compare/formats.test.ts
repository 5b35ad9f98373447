import { describe, expect, test } from "vitest";
import {
  type CompareReport,
  parseCompareReport,
  serializeCompareReport,
} from "../../../harness/core/compare-report.ts";
import { renderCompareHtml } from "../../../reports/compare/html.ts";
import { ratioTicks } from "../../../reports/compare/interval-plot.ts";
import { renderCompareMarkdown } from "../../../reports/compare/markdown.ts";
import { renderCompareText } from "../../../reports/compare/text.ts";
import { sampleReport } from "./sample-report.ts";

test("a table for a pull request", () => {
  expect(`\n${renderCompareMarkdown(sampleReport(2, 9))}`).toMatchInlineSnapshot(`
    "
    ### quickstart: stream and stateful · 9 runs of each

    **stream is best in 3 and stateful in 1 of 6 figures; 1 is the same and 1 shows no difference.**

    - **stream**: bytes: delete · latency: insert to the frame, p99 · memory: one more connection
    - **stateful**: bytes: insert
    - **the same**: bytes: reply, nothing changed
    - **none shown**: latency: insert to the frame, p50

    <details><summary>All figures</summary>

    | Bytes that one viewer receives: mean | stream | stateful | better, by how much |
    | --- | ---: | ---: | ---: |
    | insert | 538 | **489** | stateful by 9.1 % |
    | delete | **105** | 3,532 | stream by 97.0 % |
    | reply, nothing changed | 102 | 102 | the same |

    | Latency from when it was due | stream | stateful | better, by how much |
    | --- | ---: | ---: | ---: |
    | insert to the frame, p50 | 11.0 ms | 11.0 ms | none shown (-0.2 to +0.4 %) |
    | insert to the frame, p99 | **44.0 ms** | 44.0 ms | stream by 0.1 % (0.1 %) |

    | Memory of the server | stream | stateful | better, by how much |
    | --- | ---: | ---: | ---: |
    | one more connection | **20.1 KB** | 25.2 KB | stream by 20 % (20.2 %) |

    </details>

    Sizes that every repeat has alike are exact: they need no test.
    Others are medians of the repeats; in brackets the 95 % interval of the ratio (Hodges and Lehmann). A winner has p below 0.05 by Mann and Whitney's test, with Holm's correction for 3 comparisons.

    200 simulated users and 2 Chromes in each mode · 60 messages in the room · pages of 10 · 2 cores (Intel(R) Xeon(R) CPU @​ 2.60GHz) · 8.3 GB · linux-x64 · Node 24.21.0 · Chrome 150.0.7871.24 · LiveView 1.2.10 · bench 0.1.0
    "
  `);
});

test("the report is read again as it was written, and what is none is refused in a line", () => {
  const report = sampleReport(3, 4);
  expect(parseCompareReport(serializeCompareReport(report), "comparison.json")).toEqual(report);
  expect(() => parseCompareReport("{", "a.json")).toThrow(
    "a.json is not a comparison: it is not JSON. Make it anew by `bench compare`.",
  );
  expect(() => parseCompareReport('{"compareVersion":2}', "a.json")).toThrow(
    "a.json is not a comparison: compareVersion",
  );
});

describe("in HTML", () => {
  const document = renderCompareHtml(sampleReport(3, 9));

  test("every section has its heading and its place in the navigation", () => {
    const ids = [...document.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(["figures", "intervals", "pairs", "configuration"]);
    expect([...document.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id)).toEqual(ids);
  });

  test("intervals are whiskers in percent of the width, on one scale with 1 in it", () => {
    const [, latency = ""] =
      /Latency from when it was due<\/h3><\/figcaption>(.*?)<\/figure>/s.exec(document) ?? [];
    const [, first = ""] = /<span>insert to the frame, p50<\/span>(.*?)<\/div>/s.exec(latency) ?? [];
    expect(first.replaceAll("><", ">\n<")).toMatchInlineSnapshot(`
      "<svg class="whiskers" height="40" role="img">
      <title>insert to the frame, p50: 1.001, from 0.998 to 1.004; 1.136, from 1.133 to 1.139 (2 variants)</title>
      <line class="grid" x1="6.00%" x2="6.00%" y1="0" y2="100%"/>
      <line class="axis" x1="29.63%" x2="29.63%" y1="0" y2="100%"/>
      <line class="grid" x1="52.10%" x2="52.10%" y1="0" y2="100%"/>
      <line class="grid" x1="73.53%" x2="73.53%" y1="0" y2="100%"/>
      <line class="grid" x1="94.00%" x2="94.00%" y1="0" y2="100%"/>
      <g class="series-1">
      <line class="line" x1="28.79%" x2="31.30%" y1="12" y2="12"/>
      <svg x="30.04%" y="12" overflow="visible">
      <rect class="mark" x="-3" y="-3" width="6" height="6"/>
      </svg>
      </g>
      <g class="series-2">
      <line class="line" x1="87.30%" x2="89.71%" y1="28" y2="28"/>
      <svg x="88.51%" y="28" overflow="visible">
      <polygon class="mark" points="0,-4.2 4,3 -4,3"/>
      </svg>
      </g>
      </svg>"
    `);
  });

  test("1 is on the scale, also where all need more", () => {
    const [, memory = ""] = /Memory of the server<\/h3><\/figcaption>(.*?)<\/figure>/s.exec(document) ?? [];
    expect(
      [...memory.matchAll(/class="(axis|grid)" x1="([^"]+)"/g)].map(([, look, at]) => [look, at]),
    ).toEqual([
      ["axis", "6.00%"],
      ["grid", "37.97%"],
      ["grid", "67.15%"],
      ["grid", "94.00%"],
    ]);
  });

  test("nothing is asked of anybody, and no style or handler stands in it", () => {
    expect(document).not.toMatch(/ (?:style|on[a-z]+)="|(?:src|href)="(?!#|data:)|url\(/);
    expect(document.length).toBeLessThan(100_000);
  });
});

test("ticks are round percents where ratios lie near each other, else powers", () => {
  expect(ratioTicks(0.93, 1.12)).toEqual([0.9, 0.95, 1, 1.05, 1.1, 1.15]);
  expect(ratioTicks(1, 1.9)).toEqual([1, 1.5, 2]);
  expect(ratioTicks(0.35, 1)).toEqual([0.25, 0.5, 1]);
  expect(ratioTicks(0.9, 8)).toEqual([0.5, 1, 2, 4, 8]);
  expect(ratioTicks(0.3, 34)).toEqual([0.1, 1, 10, 100]);
  expect(ratioTicks(1, 1)).toEqual([1]);
});

describe("what a name says is told as it is, and does nothing:", () => {
  const MARK = `<img src=x onerror=alert(1)>\u001b[31m|@all`;
  const base = sampleReport(2, 9);
  const report: CompareReport = {
    ...base,
    scenario: `quickstart${MARK}`,
    variants: base.variants.map((variant) => ({ ...variant, name: variant.name + MARK })),
    notes: [MARK],
    figures: base.figures.map((figure) => ({ ...figure, title: `${figure.metric}${MARK}` })),
  };

  test("text", () => {
    expect(renderCompareText(report)).not.toContain("\u001b");
  });

  test("HTML", () => {
    expect(renderCompareHtml(report)).not.toContain("<img");
  });

  test("Markdown", () => {
    const text = renderCompareMarkdown(report);
    expect(text).not.toContain("<img");
    expect(text).not.toContain("@all");
    expect(text).not.toMatch(/[^\\]\|@/);
  });
});
