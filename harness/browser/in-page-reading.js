/**
 * Runs inside the page, before the page's own scripts: holds what a reader has on the screen against what becomes of it when
 * the list changes. `page-reading.ts` calls what it puts on `globalThis.__benchReading`. It changes nothing on the page, but
 * for `jumpToTop`, which is what the reader does.
 *
 * What is on the screen is noted whenever it comes to rest: after the reader has scrolled, and after a change. When the list
 * changes, that is compared with what the second frame after it begins with: by then the first one is painted, with all that
 * the page's scripts did about it.
 */
(() => {
  /** What nobody sees: places are fractions of a pixel. */
  const TOLERANCE_PX = 1;
  /** Who is nearer to the end than this may be taken there by the page, or left where he is. */
  const NEAR_END_PX = 100;
  /** How long a page may take to go to the end. It may be told to by a message of its own, after the change. */
  const PATIENCE_MS = 1000;
  /** At least so many frames, where a busy machine gives few of them in that time. */
  const PATIENCE_FRAMES = 10;
  const KEPT_FAILURES = 20;
  /** A notch of a mouse wheel. */
  const NOTCH_PX = 120;

  const nextFrame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
      // A page that nobody sees is given no frames; one that has much to do may be given them late.
      setTimeout(resolve, document.hidden ? 100 : 1000);
    });
  const isItem = ({ id, hidden }) => id !== "" && !hidden;
  const itemsOf = (list) => [...list.children].filter(isItem);

  let selector = null;
  let list = null;
  /** What was on the screen when it came to rest. */
  let shown = null;
  let settling = null;
  let changedAtMs = 0;
  let readerActedMs = 0;
  let made = 0;
  let unclear = 0;
  let maxMovedPx = 0;
  let failed = 0;
  let failures = [];

  /** What scrolls a list, found as the official client does. */
  function scrollerOf(element) {
    let scroller = element;
    while (scroller !== null && scroller !== document.body) {
      if (/auto|scroll/.test(getComputedStyle(scroller).overflowY)) return scroller;
      scroller = scroller.parentElement;
    }
    return document.scrollingElement;
  }

  const topOf = (scroller) =>
    scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top;

  /** The first item that can be seen, of items that stand below each other. */
  function firstSeen(items, top) {
    let [from, to] = [0, items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (items[middle].getBoundingClientRect().bottom > top + TOLERANCE_PX) to = middle;
      else from = middle + 1;
    }
    return items[from];
  }

  /** What is on the screen now; null where there is no list. */
  function look() {
    if (list === null || !list.isConnected) return null;
    const scroller = scrollerOf(list);
    const top = topOf(scroller);
    const items = itemsOf(list);
    const first = firstSeen(items, top);
    const rangePx = Math.max(0, scroller.scrollHeight - scroller.clientHeight);
    return {
      atMs: performance.now(),
      list,
      item: first ?? null,
      itemTopPx: first === undefined ? 0 : first.getBoundingClientRect().top - top,
      firstId: items[0]?.id ?? "",
      last: items.at(-1) ?? null,
      scrollTopPx: scroller.scrollTop,
      rangePx,
      fromEndPx: rangePx - scroller.scrollTop,
    };
  }

  const note = () => {
    if (settling === null) shown = look();
  };

  /** By how much what the reader saw first is away from where it was, or from the nearest place that it could have. */
  function movedPx(before, now) {
    const scroller = scrollerOf(list);
    const byPx = before.item.getBoundingClientRect().top - topOf(scroller) - before.itemTopPx;
    const rightPx = Math.min(Math.max(now.scrollTopPx + byPx, 0), now.rangePx);
    return Math.abs(rightPx - now.scrollTopPx);
  }

  function judge(before, now) {
    const isGone = before?.item === null || before?.item?.parentNode !== list || !isItem(before.item);
    // Another list, or another part of it: nothing says where the reader should be.
    if (now === null || before === null || isGone || before.list !== now.list) return "nothing";
    if (readerActedMs > before.atMs) return "unclear";
    const isAtEnd = now.fromEndPx <= TOLERANCE_PX;
    const isAdded = before.last !== now.last && before.last?.parentNode === list && now.last !== null;
    const wasAtEnd = before.fromEndPx <= TOLERANCE_PX && before.rangePx > TOLERANCE_PX;
    if (wasAtEnd && isAdded) return isAtEnd ? "held" : { kind: "unpinned", byPx: now.fromEndPx };
    if (isAtEnd && before.fromEndPx <= NEAR_END_PX) return "held";
    const byPx = movedPx(before, now);
    maxMovedPx = Math.max(maxMovedPx, byPx);
    return byPx <= TOLERANCE_PX ? "held" : { kind: "moved", byPx };
  }

  function count(verdict, before) {
    if (verdict === "nothing") return;
    if (verdict === "unclear") {
      unclear += 1;
      return;
    }
    made += 1;
    if (verdict === "held") return;
    failed += 1;
    if (failures.length < KEPT_FAILURES) failures.push({ ...verdict, item: before.item.id });
  }

  async function settle() {
    const before = shown;
    const startMs = performance.now();
    let atMs;
    do {
      atMs = changedAtMs;
      await nextFrame();
      await nextFrame();
    } while (atMs !== changedAtMs && performance.now() - startMs < PATIENCE_MS);
    let verdict = judge(before, look());
    const isPatient = (frames) => frames < PATIENCE_FRAMES || performance.now() - startMs < PATIENCE_MS;
    for (let frames = 0; verdict.kind === "unpinned" && isPatient(frames); frames += 1) {
      await nextFrame();
      verdict = judge(before, look());
    }
    count(verdict, before);
    settling = null;
    note();
  }

  const concerns = ({ target }) => list?.contains(target) ?? false;
  const onChanges = (records) => {
    const current = document.querySelector(selector);
    if (current !== list) {
      if (list !== null) sizes.unobserve(list);
      list = current;
      if (list !== null) sizes.observe(list);
    } else if (!records.some(concerns)) return;
    changedAtMs = performance.now();
    settling ??= settle();
  };
  // Sizes change by themselves too, as fonts come.
  const sizes = new ResizeObserver(note);

  const onWheel = async () => {
    readerActedMs = performance.now();
    await nextFrame();
    await nextFrame();
    note();
  };

  /** Begins to watch the list that a selector finds, whenever there is one. */
  function watch(container) {
    selector = container;
    const changes = { subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"] };
    new MutationObserver(onChanges).observe(document, changes);
    const onScroll = () => {
      note();
      // Other scripts may scroll on when they hear of it.
      requestAnimationFrame(note);
    };
    document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    window.addEventListener("wheel", onWheel, { capture: true, passive: true });
  }

  /** Waits until nothing that is on the screen is still being looked at; not for long where the list never rests. */
  async function settled() {
    const startMs = performance.now();
    while (settling !== null && performance.now() - startMs < 3 * PATIENCE_MS) await settling;
  }

  /** What was found since the last time. */
  async function take() {
    await settled();
    const taken = { made, failed, unclear, maxMovedPx, failures };
    [made, failed, unclear, maxMovedPx, failures] = [0, 0, 0, 0, []];
    return taken;
  }

  /** Goes to the very top at once. Who is there already goes down a notch before. */
  async function jumpToTop(container) {
    await settled();
    const scroller = scrollerOf(document.querySelector(container));
    if (scroller.scrollTop <= 0) {
      scroller.scrollTop = NOTCH_PX;
      await nextFrame();
      await nextFrame();
    }
    scroller.scrollTop = 0;
    // What is on the screen from now on is what he has come to see.
    note();
  }

  /** Waits until another item is the first, or time is over; says which of them. */
  async function untilOlder(container, firstId, timeoutMs) {
    const deadlineMs = performance.now() + timeoutMs;
    const isOlder = () => document.querySelector(container)?.firstElementChild?.id !== firstId;
    while (!isOlder() && performance.now() < deadlineMs) await nextFrame();
    await settled();
    return isOlder();
  }

  Object.defineProperty(globalThis, "__benchReading", { value: { watch, take, jumpToTop, untilOlder } });
})();
