import { expect, test } from "vitest";
import type { Draft } from "../../../harness/browser/page-draft.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import { ChromeDrafts } from "../../../harness/run/chrome-drafts.ts";

const at = { mode: "stream", step: "1 insert" };
const BEGUN: Draft = { text: "half a thought", hasFocus: true, caret: [7, 7] };

/** A Chrome whose field is as the test says, and what is done there. */
function drafting() {
  const done: string[] = [];
  const state: { draft: Draft | null } = { draft: { ...BEGUN, text: "" } };
  const page = {
    evaluate: async (script: string) => {
      if (script.includes("activeElement")) return state.draft;
      done.push(script);
      return undefined;
    },
    type: async (field: string, text: string) => {
      done.push(`types ${JSON.stringify(text)} into ${field}`);
      state.draft = BEGUN;
    },
  };
  const checks = new CheckLedger();
  const drafts = new ChromeDrafts([{ name: "chrome-1", page }], { form: "#form", field: "message[content]" });
  return { done, state, checks, drafts };
}

test("a reader begins a message in the site's form, once, and goes back to its middle", async () => {
  const { drafts, done } = drafting();
  await drafts.begin();
  await drafts.begin();
  const field = '#form [name=\\"message[content]\\"]';
  expect(done).toEqual([
    `document.querySelector("${field}")?.select()`,
    'types "half a thought" into #form [name="message[content]"]',
    `document.querySelector("${field}").setSelectionRange(7, 7)`,
  ]);
});

test("what nobody has begun is not checked", async () => {
  const { drafts, checks } = drafting();
  await drafts.check(at, checks);
  expect(checks.checks()).toMatchObject({ made: 0 });
});

test("a message that is as it was left passes", async () => {
  const { drafts, checks } = drafting();
  await drafts.begin();
  await drafts.check(at, checks);
  expect(checks.checks()).toMatchObject({ made: 1, failed: 0 });
});

test.each<[string, Draft | null, string, string]>([
  [
    'chrome-1: what he had begun to write is "", and was "half a thought"',
    { ...BEGUN, text: "" },
    '"half a thought"',
    '""',
  ],
  [
    "chrome-1: the field that he writes in has lost the focus",
    { ...BEGUN, hasFocus: false },
    "the focus",
    "none",
  ],
  [
    "chrome-1: the caret has moved: caret at 14 to 14, not caret at 7 to 7",
    { ...BEGUN, caret: [14, 14] },
    "caret at 7 to 7",
    "caret at 14 to 14",
  ],
  ["chrome-1: the field that he writes in is gone", null, "a field", "none"],
])("%s, which fails, and he begins again", async (message, draft, expected, actual) => {
  const { drafts, checks, state, done } = drafting();
  await drafts.begin();
  state.draft = draft;
  done.length = 0;
  await drafts.check(at, checks);
  expect(checks.checks().failures).toEqual([
    { kind: "chrome-draft", ...at, who: "chrome-1", expected, actual, message },
  ]);
  expect(done).toHaveLength(3);
  await drafts.check(at, checks);
  expect(checks.checks()).toMatchObject({ made: 2, failed: 1 });
});
