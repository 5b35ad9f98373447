import { expect, test } from "vitest";
import { MODES, modeFacts } from "../../../harness/core/modes.ts";
import { MODES as SERVED } from "../../../reference-server/web/chat/modes.ts";

test("the modes are those that the reference server renders", () => {
  expect([...MODES]).toEqual(Object.keys(SERVED));
});

test("of each mode it is said what it cannot do, in words that go on after it", () => {
  for (const mode of MODES) {
    const { inLiveView, keeps, insertSends, cannot } = modeFacts(mode) ?? { cannot: [] };
    expect(cannot.length, mode).toBeGreaterThan(0);
    for (const words of [inLiveView, keeps, insertSends, ...cannot]) {
      expect(words, mode).toMatch(/^[`\p{Ll}].*[^.\s]$/u);
    }
  }
});

test("of a mode that another version may have, nothing is known", () => {
  expect(modeFacts("portal")).toBe(undefined);
});
