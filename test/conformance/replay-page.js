/**
 * Runs in the page, with the official client: connects it, pushes what a recording pushed, and tells when a frame was
 * taken and what the view's HTML is.
 */
(() => {
  const MARKER = "replay";

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

  const { LiveSocket } = globalThis.LiveView;
  const hooks = Object.fromEntries(["Scroll", "ScrollDown", "Hover", "Ping"].map((name) => [name, {}]));
  const liveSocket = new LiveSocket("/live", globalThis.Phoenix.Socket, { hooks });

  let reached = -1;
  const waiting = [];
  // Frames are taken one after the other, each to its end: a marker that arrives says that those before it are done.
  liveSocket.socket.onMessage(({ topic, payload }) => {
    if (topic !== MARKER) return;
    reached = payload.position;
    for (const wake of waiting.splice(0)) wake();
  });

  /** Resolves when the marker with this position has arrived. */
  async function settled(position) {
    while (reached < position) await new Promise((resolve) => waiting.push(resolve));
  }

  /** Pushes an event with exactly this payload, and has the view take the reply as it takes any. */
  function push(event, payload) {
    liveSocket.main.pushWithReply(null, event, payload);
  }

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

  Object.defineProperty(globalThis, "__replay", { value: { settled, push, normalise, html, title } });
  liveSocket.connect();
})();
