/**
 * Runs inside the page, before the page's own scripts: adds up what Chrome itself tells of how the page fares.
 * `page-vitals.ts` calls what it puts on `globalThis.__benchVitals`.
 */
(() => {
  let longTasks = 0;
  let longestMs = 0;
  let layoutShift = 0;
  const add = {
    longtask({ duration }) {
      longTasks += 1;
      longestMs = Math.max(longestMs, duration);
    },
    // What follows a click or a key at once is what was asked for (Layout Instability, `hadRecentInput`).
    "layout-shift"({ value, hadRecentInput }) {
      if (!hadRecentInput) layoutShift += value;
    },
  };
  const addAll = (entries) => {
    for (const entry of entries) add[entry.entryType](entry);
  };
  const observers = Object.keys(add).map((type) => {
    const observer = new PerformanceObserver((told) => addAll(told.getEntries()));
    observer.observe({ type, buffered: true });
    return observer;
  });

  /** What was added up since the last time. */
  function take() {
    for (const observer of observers) addAll(observer.takeRecords());
    const taken = { longTasks, longestMs, layoutShift };
    [longTasks, longestMs, layoutShift] = [0, 0, 0];
    return taken;
  }

  Object.defineProperty(globalThis, "__benchVitals", { value: { take } });
})();
