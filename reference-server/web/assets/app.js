// The page's own script: starts the official client and adds the hooks of the chat.
(() => {
  const NEAR_BOTTOM_PX = 48;

  // Keeps the reader where he is: at the bottom when he is there, otherwise at the message that he sees first.
  const Scroll = {
    mounted() {
      this.list = this.el.firstElementChild;
      this.toBottom();
    },
    beforeUpdate() {
      const { scrollTop, scrollHeight, clientHeight } = this.list;
      this.pinned = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
      const top = this.list.getBoundingClientRect().top;
      this.anchor = [...this.list.children].find((item) => item.getBoundingClientRect().bottom > top);
      this.anchorTop = this.anchor?.getBoundingClientRect().top;
    },
    updated() {
      if (this.pinned) return this.toBottom();
      // Chrome does not anchor a list that is scrolled to its very top.
      const anchor = this.anchor?.isConnected ? this.anchor : null;
      if (anchor) this.list.scrollTop += anchor.getBoundingClientRect().top - this.anchorTop;
    },
    toBottom() {
      this.list.scrollTop = this.list.scrollHeight;
    },
  };

  const csrfToken = document.querySelector("meta[name=csrf-token]").content;
  const liveSocket = new LiveView.LiveSocket("/live", Phoenix.Socket, {
    params: { _csrf_token: csrfToken },
    hooks: { Scroll },
  });

  window.addEventListener("phx:message_sent", () => document.getElementById("message-form")?.reset());

  liveSocket.connect();
  window.liveSocket = liveSocket;
})();
