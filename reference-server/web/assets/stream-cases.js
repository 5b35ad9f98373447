// Runs in a page of stream cases while it is read, before the client starts: notes what becomes of the items.
(() => {
  let told = [];
  let changes = 0;
  const tell = (what, { id }) => told.push(`${what} ${id}`);

  const lists = () => [...document.querySelectorAll(".case-list")];
  const items = () => lists().flatMap((list) => [...list.children]);
  const fromDocument = new WeakSet(items());

  // White space between items comes and goes.
  const isBlank = ({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim() === "";
  const isChange = ({ type, addedNodes, removedNodes }) =>
    type !== "childList" || ![...addedNodes, ...removedNodes].every(isBlank);
  const count = (records) => {
    changes += records.filter(isChange).length;
  };
  const observer = new MutationObserver(count);
  for (const list of lists()) {
    observer.observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
  }

  // These events do not bubble.
  window.addEventListener("phx:hide-start", ({ target }) => tell("hide-start", target), true);
  window.addEventListener("phx:hide-end", ({ target }) => tell("hide-end", target), true);

  window.phx_hook_CaseItem = () => ({
    mounted() {
      tell("mounted", this.el);
    },
    updated() {
      tell("updated", this.el);
    },
    destroyed() {
      tell("destroyed", this.el);
    },
  });

  window.streamCases = {
    /** Whether this was told since the last time: `destroyed items-a`. */
    wasTold: (what) => told.includes(what),
    /** What was told since the last time, how much changed in the lists, and which items came with the document. */
    take() {
      count(observer.takeRecords());
      const taken = {
        told,
        changes,
        kept: items()
          .filter((item) => fromDocument.has(item))
          .map(({ id }) => id),
      };
      told = [];
      changes = 0;
      return taken;
    },
  };
})();
