/**
 * Runs inside the page, before the page's own scripts: reads the list, tells of changes, and times them where
 * they happen. It is kept as a script of its own, since it belongs to the browser's world and not to Node's;
 * `chrome-page.ts` calls what it puts on `globalThis.__bench`. It changes nothing on the page.
 */
(() => {
  /** Observations that are kept until they are drained; the oldest go first. */
  const KEPT_OBSERVATIONS = 10_000;

  const nowUs = () => Math.round((performance.timeOrigin + performance.now()) * 1000);
  /** Whether a person can see it, and it can be told from others. */
  const isItem = ({ id, hidden }) => id !== "" && !hidden;
  const itemsOf = (list) => (list === null ? [] : [...list.children].filter(isItem));
  const nextFrame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
      // A page that nobody sees is given no frames.
      setTimeout(resolve, document.hidden ? 100 : 1000);
    });

  /** The ordered items, or null where there is no such list on the page. */
  function readList({ container, fields }) {
    const list = document.querySelector(container);
    if (list === null) return null;
    return itemsOf(list).map((item) => {
      const read = {};
      for (const [name, selector] of Object.entries(fields)) {
        const part = item.querySelector(selector);
        if (part !== null) read[name] = part.textContent;
      }
      return { id: item.id, text: item.textContent.replace(/\s+/gu, " ").trim(), fields: read };
    });
  }

  /** How many elements of the list are there and not to be seen. */
  function countHidden(container) {
    return [...(document.querySelector(container)?.children ?? [])].filter(({ hidden }) => hidden).length;
  }

  let appended = [];
  // The client is there by now, but nothing has come from the server.
  const noteAppended = () => {
    appended = [...document.querySelectorAll("[phx-update=append], [phx-update=prepend]")].map(
      ({ id, children }) => [id, [...children].flatMap((child) => (child.id === "" ? [] : [child.id]))],
    );
  };
  document.addEventListener("DOMContentLoaded", noteAppended, { once: true });

  /** What stood in containers that append when the document was read. */
  const appendedAtStart = () => appended;

  let version = 0;
  let watchers = 0;
  let waiting = [];
  const changes = new MutationObserver(() => {
    version += 1;
    for (const resolve of waiting.splice(0)) resolve();
  });

  /** Counts changes of the page from now on, until `unwatch` is called as often as this. */
  function watch() {
    watchers += 1;
    changes.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  }

  function unwatch() {
    watchers -= 1;
    if (watchers === 0) changes.disconnect();
  }

  /** The list, once the page is newer than `seen`, or after `timeoutMs`. */
  async function readListAfter(query, seen, timeoutMs) {
    if (version <= seen) {
      await new Promise((resolve) => {
        waiting.push(resolve);
        setTimeout(resolve, timeoutMs);
      });
      waiting = [];
    }
    return { version, items: readList(query) };
  }

  let observations = [];
  let dropped = 0;

  /**
   * Notes what becomes of the items from the time when the document was read: what was in it is the start. Told
   * from what an item's content was before, so a list that is rendered anew as a whole gives only what differs.
   */
  function observe({ container, content }) {
    const known = new Map();
    let list = null;
    const partOf = (item) => (content === null ? item : item.querySelector(content));
    const contentOf = (item) => partOf(item)?.textContent ?? "";

    const note = (atUs, itemId, kind, text) => {
      observations.push({ atUs, itemId, kind, content: text });
      if (observations.length <= KEPT_OBSERVATIONS) return;
      observations.shift();
      dropped += 1;
    };

    const compare = (atUs, itemId, item) => {
      const before = known.get(itemId);
      if (item === undefined) {
        if (before === undefined) return;
        known.delete(itemId);
        note(atUs, itemId, "removed", before);
        return;
      }
      const now = contentOf(item);
      if (now === before) return;
      known.set(itemId, now);
      note(atUs, itemId, before === undefined ? "added" : "changed", now);
    };

    /** The ids of the items that a change concerns. */
    const concerned = ({ type, target, addedNodes, removedNodes, oldValue }) => {
      if (!list.contains(target)) return [];
      if (target === list) return [...addedNodes, ...removedNodes].map(({ id }) => id);
      let item = target;
      while (item.parentNode !== list) item = item.parentNode;
      return type === "attributes" ? [oldValue, item.id] : [item.id];
    };

    const onChanges = (records) => {
      const atUs = nowUs();
      const current = document.querySelector(container);
      if (current !== list) {
        list = current;
        const items = new Map(itemsOf(list).map((item) => [item.id, item]));
        for (const id of new Set([...known.keys(), ...items.keys()])) compare(atUs, id, items.get(id));
        return;
      }
      if (list === null) return;
      for (const id of new Set(records.flatMap(concerned))) {
        if (!id) continue;
        const item = document.getElementById(id);
        compare(atUs, id, item?.parentNode === list && isItem(item) ? item : undefined);
      }
    };

    const start = () => {
      list = document.querySelector(container);
      for (const item of itemsOf(list)) known.set(item.id, contentOf(item));
      new MutationObserver(onChanges).observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
        attributeFilter: ["id", "hidden"],
        attributeOldValue: true,
      });
    };
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", start, { once: true });
    else start();
  }

  /** What was noted since the last time, and how much had to be dropped. */
  function drain() {
    const drained = { observations, dropped };
    observations = [];
    dropped = 0;
    return drained;
  }

  /** Where the element is scrolled to, after the next frame. The scroller is found as the official client does. */
  async function scrollState(selector) {
    await nextFrame();
    await nextFrame();
    const element = document.querySelector(selector);
    if (element === null) return null;
    let scroller = element;
    while (scroller !== document.body && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) {
      scroller = scroller.parentElement ?? document.body;
    }
    if (scroller === document.body) scroller = document.scrollingElement;
    const { left, top, right, bottom } = scroller.getBoundingClientRect();
    return {
      topPx: scroller.scrollTop,
      rangePx: scroller.scrollHeight - scroller.clientHeight,
      firstId: element.firstElementChild?.id ?? "",
      // A place in it that can be seen, for the mouse.
      x: (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
      y: (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
    };
  }

  Object.defineProperty(globalThis, "__bench", {
    value: {
      readList,
      countHidden,
      appendedAtStart,
      watch,
      unwatch,
      readListAfter,
      observe,
      drain,
      scrollState,
    },
  });
})();
