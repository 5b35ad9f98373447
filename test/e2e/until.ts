import type { ChromePage } from "../../harness/browser/chrome-page.ts";

const LIMIT_MS = 15_000;
const PAUSE_MS = 15;

/**
 * Waits until an expression holds in a page, also in one that Chrome does not draw. An error where it takes too long.
 *
 * @param there an expression of what is looked at, whose value the error tells
 */
export function until(page: ChromePage, condition: string, there = "undefined"): Promise<unknown> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const deadlineMs = performance.now() + ${LIMIT_MS};
    const look = () => {
      if (${condition}) resolve();
      else if (performance.now() < deadlineMs) setTimeout(look, ${PAUSE_MS});
      else reject(new Error("not within ${LIMIT_MS} ms: " + ${JSON.stringify(condition)} + "; there is: " + JSON.stringify(${there})));
    };
    look();
  })`);
}

/** Waits until an expression has this value, as JSON tells it. */
export const untilIs = (page: ChromePage, expression: string, value: unknown): Promise<unknown> =>
  until(page, `JSON.stringify(${expression}) === ${JSON.stringify(JSON.stringify(value))}`, expression);

/**
 * Waits for two frames: the client scrolls in the one after a page of messages came, and what is scrolled is told in the next.
 * One who scrolls before that does two things in one.
 */
export const untilDrawn = (page: ChromePage): Promise<unknown> =>
  page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
