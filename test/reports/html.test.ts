import { createHash } from "node:crypto";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { parseRunResult, type RunResult, serializeRunResult } from "../../harness/core/run-result.ts";
import { materials } from "../../reports/html/materials.ts";
import { renderHtml } from "../../reports/html.ts";
import { chartedResult, PIXEL, takenApartResult } from "./charted-result.ts";
import { streamCasesResult } from "./sample-cases.ts";
import { failedResult } from "./sample-failure.ts";
import { passedResult } from "./sample-result.ts";
import { SAMPLE_RESULTS } from "./sample-results.ts";

const results = [...SAMPLE_RESULTS, ["has all charts", takenApartResult] as const];

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element of a document, with the text in it. */
function elementsOf(document: string): Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const element = { name, attributes, text: "" };
      all.push(element);
      open.push(element);
    },
    ontext(text) {
      for (const element of open) element.text += text;
    },
    onclosetag: () => void open.pop(),
  });
  parser.end(document);
  return all;
}

const sectionsOf = (result: RunResult) =>
  elementsOf(renderHtml(result))
    .filter(({ name }) => name === "section")
    .map(({ attributes }) => attributes.id);

const MARK = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>&lt;`;
/** What programs read, and what is looked up by. */
const KEPT = new Set([
  "kind",
  "verdict",
  "unit",
  "level",
  "operator",
  "histogram",
  "outcome",
  "startedAt",
  "who",
]);
const KEPT_TEXTS =
  /^(payload|latency|memory|delivery|dom)\.|^(insert|update|delete|prepend|join|stream|stateful)$/;

/** The value with a mark behind every text that is for reading. */
function marked<Value>(value: Value, mark: string, key = ""): Value {
  if (typeof value === "string")
    return (KEPT.has(key) || KEPT_TEXTS.test(value) ? value : value + mark) as Value;
  if (Array.isArray(value)) return value.map((one) => marked(one, mark, key)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, marked(one, mark, name)]),
  ) as Value;
}

describe("the HTML of a run that", () => {
  test.each(results)("%s needs nothing but itself", (_, result) => {
    const document = renderHtml(result);
    expect(document.length).toBeLessThan(1_000_000);
    const elements = elementsOf(document);
    const addresses = elements.flatMap(({ attributes: { src, href } }) => [src, href].filter(Boolean));
    expect(addresses.filter((address) => !address?.startsWith("#") && !address?.startsWith("data:"))).toEqual(
      [],
    );
    expect(elements.filter(({ name }) => ["link", "iframe", "form", "base"].includes(name))).toEqual([]);
    // The policy would refuse it.
    expect(elements.filter(({ attributes }) => attributes.style !== undefined)).toEqual([]);
  });

  test.each(results)(
    "%s has headings, sections that are named by them, and tables with heads",
    (_, result) => {
      const elements = elementsOf(renderHtml(result));
      const ids = new Set(elements.map(({ attributes }) => attributes.id));
      const named = (of: string) => elements.filter(({ name }) => name === of);
      expect(named("h1").map(({ text }) => text)).toEqual([result.scenario]);
      for (const { attributes } of named("section")) expect(ids).toContain(attributes["aria-labelledby"]);
      for (const { attributes } of named("a")) expect(ids).toContain(attributes.href?.slice(1));
      expect(named("table").length).toBe(named("caption").length);
      expect(named("th").filter(({ attributes }) => attributes.scope === undefined)).toEqual([]);
      const ofTables = elements.filter(({ attributes }) => attributes.class === "scroll");
      expect(ofTables.filter(({ attributes }) => attributes.tabindex !== "0")).toEqual([]);
    },
  );

  test.each(results.slice(0, -1))("%s is the same from the saved result", (_, result) => {
    expect(renderHtml(parseRunResult(serializeRunResult(result), "result.json"))).toBe(renderHtml(result));
  });

  test.each(results)("%s has no markup of the result's texts in it", (_, result) => {
    const tags = (of: RunResult) => elementsOf(renderHtml(of)).map(({ name }) => name);
    const hostile = marked(result, MARK);
    expect(renderHtml(hostile)).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(tags(hostile)).toEqual(tags(marked(result, "~")));
  });
});

test("the policy lets in the document's own script and style alone", () => {
  const elements = elementsOf(renderHtml(chartedResult));
  const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const scripts = elements.filter(
    ({ name, attributes }) => name === "script" && attributes.type === undefined,
  );
  const styles = elements.filter(({ name }) => name === "style");
  expect([scripts.map(({ text }) => text), styles.map(({ text }) => text)]).toEqual([
    [materials().script],
    [materials().style],
  ]);
  const policy = elements.find(({ attributes }) => attributes["http-equiv"] === "Content-Security-Policy");
  expect(policy?.attributes.content).toBe(
    `default-src 'none'; script-src ${digest(materials().script)}; style-src ${digest(materials().style)}; ` +
      "img-src data:; base-uri 'none'; form-action 'none'",
  );
});

test("a run has the sections that it has data for", () => {
  expect(sectionsOf(passedResult)).toEqual([
    "modes",
    "memory",
    "deliveries",
    "thresholds",
    "harness",
    "configuration",
  ]);
  expect(sectionsOf(takenApartResult)).toEqual([
    ...["failures", "modes", "latency", "over-time", "history", "anatomy", "memory", "deliveries"],
    ...["thresholds", "harness", "configuration"],
  ]);
  expect(sectionsOf(streamCasesResult)).toEqual(["failures", "cases", "harness", "configuration"]);
});

test("a failure has both lists side by side, its first difference marked, its frame and its picture", () => {
  const name = "quickstart-2026-01-02T03-04-05Z/stream-chrome-1.png";
  const picture = `data:image/png;base64,${PIXEL}`;
  const elements = elementsOf(renderHtml(failedResult, new Map([[name, picture]])));
  const wrong = elements.filter(({ name: tag, attributes }) => tag === "tr" && attributes.class === "wrong");
  expect(wrong.map(({ text }) => text.replaceAll(/\s+/g, " "))).toHaveLength(1);
  expect(elements.filter(({ name: tag }) => tag === "img").map(({ attributes }) => attributes.src)).toEqual([
    picture,
  ]);
  expect(elements.find(({ name: tag }) => tag === "pre")?.text).toContain('" id=\\"messages-57\\""');
});
