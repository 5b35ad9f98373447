// Runs in a page of sequences: acts on it as its reader would, and waits for it without looking again and again.
window.__sequences = (() => {
  /** Resolves with what a function gives, as soon as that is anything. */
  const until = (look, what, timeoutMs) =>
    new Promise((resolve, reject) => {
      const tryNow = () => {
        const found = look();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const observer = new MutationObserver(tryNow);
      // The socket is no part of the DOM.
      const again = setInterval(tryNow, 20);
      const tooLate = setTimeout(() => {
        end();
        const { textContent } = document.getElementById("items-performed") ?? {};
        reject(new Error(`${what}: not within ${timeoutMs} ms; the page is at ${textContent}`));
      }, timeoutMs);
      const end = () => {
        observer.disconnect();
        clearInterval(again);
        clearTimeout(tooLate);
      };
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      tryNow();
    });

  const isConnected = () =>
    document.querySelector("[data-phx-main].phx-connected") !== null && liveSocket.isConnected();

  const items = () =>
    [...document.getElementById("items").children]
      .filter((child) => !child.classList.contains("bystander"))
      .map((child) => ({
        id: child.id.replace(/^items-/, ""),
        text: child.querySelector(".text")?.textContent ?? "",
      }));

  return {
    submit(operations) {
      const form = document.getElementById("items-form");
      form.elements.operations.value = operations;
      form.requestSubmit();
    },
    follow: (list) => document.getElementById(`list-${list}`).click(),
    /** The items, once so much was done to the page. */
    settled: (version, timeoutMs) =>
      until(
        () => {
          const { textContent } = document.getElementById("items-performed");
          return isConnected() && textContent === String(version) ? items() : undefined;
        },
        `show what was done, ${version} times`,
        timeoutMs,
      ),
    noticesCut: (timeoutMs) =>
      until(
        () =>
          document.querySelector("[data-phx-main].phx-connected") || liveSocket.isConnected()
            ? undefined
            : true,
        "notice that its connection was cut",
        timeoutMs,
      ),
    joins: (timeoutMs) => until(() => (isConnected() ? true : undefined), "join again", timeoutMs),
  };
})();
