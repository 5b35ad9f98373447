import { expect, it } from "vitest";
import { reconnectAfterMs, rejoinAfterMs, reloadAfterMs } from "../../../harness/protocol/backoff.ts";

const attempts = Array.from({ length: 11 }, (_, i) => i + 1);

it("a socket is opened again as soon as the official client does", () => {
  expect(attempts.map(reconnectAfterMs)).toEqual([10, 50, 100, 150, 200, 250, 500, 1000, 2000, 5000, 5000]);
});

it("a view is joined again as soon as the official client does", () => {
  expect(attempts.slice(0, 5).map(rejoinAfterMs)).toEqual([1000, 2000, 5000, 10_000, 10_000]);
});

it("a page is loaded again after five to ten seconds", () => {
  expect([0, 0.5, 0.999_999].map(reloadAfterMs)).toEqual([5000, 7500, 10_000]);
});
