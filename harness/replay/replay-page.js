/**
 * Runs in the page, with the official client: connects it, pushes what is to be answered, and tells when a frame was
 * taken.
 */
(() => {
  const MARKER = "replay";

  const { LiveSocket } = globalThis.LiveView;
  // What the page's own scripts would do is not known: each hook that it names is there, and does nothing.
  // Older clients look up `null`, the name that an element without a hook has.
  const hooks = new Proxy({}, { get: (_, name) => (name === "null" ? undefined : {}) });
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

  Object.defineProperty(globalThis, "__replay", { value: { settled, push } });
  liveSocket.connect();
})();
