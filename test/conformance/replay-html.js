/** Runs in the page of a replay, besides what drives it: tells what the view's HTML and the page's title are. */
(() => {
  /**
   * What the client writes on elements for itself. Source: constants.ts of phoenix_live_view: magic ids, components and
   * their view, the stream that an element came from, the hook of its own that follows `phx-viewport-*`.
   */
  const OWN_ATTRIBUTES = [
    "data-phx-id",
    "data-phx-component",
    "data-phx-view",
    "data-phx-stream",
    "data-phx-hook",
  ];
  /** Containers from which the client removes text between the children. Source: `cleanChildNodes` in dom.ts. */
  const CLEANED = "[phx-update=stream], [phx-update=append], [phx-update=prepend]";

  /**
   * HTML as this browser writes it, without what the client adds and takes away, and without the elements that a
   * selector finds.
   */
  function normalise(html, leftOut) {
    const { content } = Object.assign(document.createElement("template"), { innerHTML: html });
    if (leftOut !== null) for (const element of content.querySelectorAll(leftOut)) element.remove();
    for (const element of content.querySelectorAll("*")) {
      for (const name of OWN_ATTRIBUTES) element.removeAttribute(name);
    }
    for (const container of content.querySelectorAll(CLEANED)) {
      for (const child of [...container.childNodes]) if (child.nodeType === Node.TEXT_NODE) child.remove();
    }
    const root = document.createElement("div");
    root.append(content);
    return root.innerHTML;
  }

  const html = (leftOut) => normalise(document.querySelector("[data-phx-main]").innerHTML, leftOut);

  /** The title, after the animation frame that the client has asked for before this one. */
  async function title() {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return document.title;
  }

  Object.defineProperty(globalThis, "__replayHtml", { value: { normalise, html, title } });
})();
