import type { Keyboard, KeyInput, Page } from "puppeteer";

/** One thing that is done on a page. `written`: as somebody wrote it, for errors and notes. */
export type PageAct = { readonly written: string } & (
  | { readonly kind: "click"; readonly selector: string }
  | { readonly kind: "type"; readonly selector: string; readonly text: string }
  /** In whatever has the focus: a key, or several at once, `Shift+Enter`. */
  | { readonly kind: "press"; readonly key: string }
  /** What scrolls a selector's element, to so many pixels from its top, or to its end. */
  | { readonly kind: "scroll"; readonly selector: string; readonly topPx: number | "end" }
  | { readonly kind: "goto"; readonly url: string }
);

/** Does it. A selector's first element is waited for. Rejects with what Chrome says. */
export async function performAct(page: Page, act: PageAct): Promise<void> {
  switch (act.kind) {
    case "click":
      await page.waitForSelector(act.selector);
      return page.click(act.selector);
    case "type":
      await page.waitForSelector(act.selector);
      await page.focus(act.selector);
      return page.keyboard.type(act.text);
    case "press":
      return pressKeys(page.keyboard, act.key);
    case "scroll":
      await page.waitForSelector(act.selector);
      return void (await page.evaluate(scrollScript(act.selector, act.topPx)));
    case "goto": {
      const response = await page.goto(act.url, { waitUntil: "domcontentloaded" });
      if (response && response.status() >= 400) throw new Error(`the answer is ${response.status()}`);
      return;
    }
    default:
      return act satisfies never;
  }
}

/** Presses a key, `Enter`, or the last of several while those before it are held, `Shift+Enter`. Rejects where there is no such key. */
export async function pressKeys(keyboard: Keyboard, keys: string): Promise<void> {
  // The key + stands at the end, if at all.
  const [, held = "", last = keys] = /^(.+)\+(.+)$/s.exec(keys) ?? [];
  const holding = held === "" ? [] : (held.split("+") as KeyInput[]);
  for (const key of holding) await keyboard.down(key);
  try {
    await keyboard.press(last as KeyInput);
  } finally {
    for (const key of holding.toReversed()) await keyboard.up(key);
  }
}

/** Who is there already goes away a little first: otherwise nothing would come of it. */
function scrollScript(selector: string, topPx: number | "end"): string {
  return `(async () => {
    const AWAY_PX = 60;
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const scrolls = (one) => one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY);
    let one = document.querySelector(${JSON.stringify(selector)});
    while (one !== null && !scrolls(one)) one = one.parentElement;
    const scroller = one ?? document.scrollingElement;
    const range = scroller.scrollHeight - scroller.clientHeight;
    const wanted = ${topPx === "end" ? "range" : `Math.min(range, ${topPx})`};
    if (Math.abs(scroller.scrollTop - wanted) < 1) {
      scroller.scrollTop = wanted < AWAY_PX ? AWAY_PX : wanted - AWAY_PX;
      await nextFrame();
      await nextFrame();
    }
    scroller.scrollTop = wanted;
    await nextFrame();
  })()`;
}
