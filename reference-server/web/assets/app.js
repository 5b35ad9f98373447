// The page's own script: starts the official client and adds the hooks of the chat.
(() => {
  const NEAR_BOTTOM_PX = 48;

  // Keeps the reader where he is: at the bottom when he is there, otherwise at the message that he sees first.
  const Scroll = {
    mounted() {
      this.toBottom();
      this.el.addEventListener("scroll", () => {
        this.pinned = this.isNearBottom();
      });
      this.resizing = new ResizeObserver(() => this.pinned && this.toBottom());
      this.resizing.observe(this.el);
    },
    beforeUpdate() {
      const { top } = this.el.getBoundingClientRect();
      const messages = this.el.lastElementChild.children;
      this.anchor = [...messages].find((message) => message.getBoundingClientRect().bottom > top);
      this.anchorTop = this.anchor?.getBoundingClientRect().top;
    },
    updated() {
      if (this.pinned) this.toBottom();
      // Chrome does not anchor what is scrolled to its very top.
      else if (this.anchor?.isConnected) {
        this.el.scrollTop += this.anchor.getBoundingClientRect().top - this.anchorTop;
      }
    },
    destroyed() {
      this.resizing.disconnect();
    },
    isNearBottom() {
      const { scrollTop, scrollHeight, clientHeight } = this.el;
      return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    },
    toBottom() {
      this.el.scrollTop = this.el.scrollHeight;
      this.pinned = true;
    },
  };

  const csrfToken = document.querySelector("meta[name=csrf-token]").content;
  const liveSocket = new LiveView.LiveSocket("/live", Phoenix.Socket, {
    params: { _csrf_token: csrfToken },
    hooks: { Scroll, ...window.messengerHooks },
  });

  // Whoever opens a text to change it goes on at its end.
  window.addEventListener("chat:continue", ({ target }) => {
    target.focus();
    target.setSelectionRange(target.value.length, target.value.length);
  });

  window.addEventListener("phx:message_sent", () => document.getElementById("message-form")?.reset());

  liveSocket.connect();
  window.liveSocket = liveSocket;
})();
