// The page's own script: starts the official client and adds the hooks of the chat.
(() => {
  const NEAR_BOTTOM_PX = 48;

  const focusList = () => document.getElementById("messages-wrap")?.focus({ preventScroll: true });

  // Keeps the reader where he is: at the bottom when he is there, otherwise at the message that he sees first. On a page
  // with `?after=`, the server says when a new message is there to be scrolled to.
  const Scroll = {
    mounted() {
      this.handleEvent("follow", ({ topic }) => this.follow(topic));
      this.handleEvent("scroll", (told) => this.scrollFor(told));
      this.toBottom();
      this.el.addEventListener("scroll", () => {
        if (this.el.scrollTop !== this.keptTop) this.pinned = this.isNearBottom();
      });
      // What is shown may also grow or shrink by itself, as fonts come.
      this.resizing = new ResizeObserver(() => this.pinned && !this.isTold && this.toBottom());
      this.resizing.observe(this.el);
      this.resizing.observe(this.el.querySelector("#messages"));
      this.onFocus = ({ target }) => {
        this.focused = this.el.contains(target) ? target : undefined;
        // Who goes to the form to write wants to see what is written.
        if (target.id === "message_content" && this.hasNewest()) this.toBottom();
      };
      document.addEventListener("focusin", this.onFocus);
    },
    beforeUpdate() {
      const { top } = this.el.getBoundingClientRect();
      const messages = this.el.querySelector("#messages").children;
      this.room = this.el.dataset.room;
      this.lastId = this.lastMessageId();
      this.anchor = [...messages].find((message) => message.getBoundingClientRect().bottom > top);
      this.anchorTop = this.anchor?.getBoundingClientRect().top;
    },
    updated() {
      const isToBeTold = this.isTold && this.anchor?.isConnected && this.lastId !== this.lastMessageId();
      if ((this.pinned && !isToBeTold) || this.room !== this.el.dataset.room) this.toBottom();
      // Chrome does not anchor what is scrolled to its very top.
      else if (this.anchor?.isConnected) {
        this.el.scrollTop += this.anchor.getBoundingClientRect().top - this.anchorTop;
      }
      // Who was at the bottom has not left it by what was scrolled here.
      this.keptTop = this.pinned && isToBeTold ? this.el.scrollTop : undefined;
      const { missed } = this;
      this.missed = undefined;
      if (missed) this.scrollFor(missed);
      // Who was at a message that is gone goes on in the list.
      if (this.focused?.isConnected === false && document.activeElement === document.body) focusList();
    },
    destroyed() {
      this.resizing.disconnect();
      document.removeEventListener("focusin", this.onFocus);
      this.channel?.leave();
    },
    follow(topic) {
      this.isTold = true;
      this.missed = undefined;
      if (topic === null || this.channel?.topic !== topic) {
        this.channel?.leave();
        this.channel = topic === null ? undefined : this.join(topic);
      }
      this.catchUp();
    },
    join(topic) {
      const channel = liveSocket.channel(topic);
      channel.on("scroll", (told) => this.scrollFor(told));
      // Joined anew as well. Of what came while it was not, nobody has told.
      channel.join().receive("ok", () => this.catchUp());
      return channel;
    },
    catchUp() {
      if (this.pinned) this.toBottom();
    },
    scrollFor(told) {
      // The client puts diffs off while it shows a transition.
      if (document.getElementById(told.id) === null) this.missed = told;
      else if (told.own || this.pinned) this.toBottom();
    },
    lastMessageId() {
      return this.el.querySelector("#messages").lastElementChild?.id;
    },
    isNearBottom() {
      const { scrollTop, scrollHeight, clientHeight } = this.el;
      return this.hasNewest() && scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    },
    hasNewest() {
      return this.el.querySelector("#newer") === null;
    },
    toBottom() {
      this.el.scrollTop = this.el.scrollHeight;
      this.pinned = true;
    },
  };

  // Asks for older messages whenever the marker in front of them can be seen.
  const HistoryObserver = {
    mounted() {
      this.observer = new IntersectionObserver(([entry]) => entry.isIntersecting && this.load(), {
        root: this.el.closest("#messages-wrap"),
      });
      this.observer.observe(this.el);
    },
    updated() {
      // It tells again, also where the marker has never been out of sight.
      this.observer.unobserve(this.el);
      this.observer.observe(this.el);
    },
    destroyed() {
      this.observer.disconnect();
    },
    load() {
      const { id, dataset } = this.el.firstElementChild;
      if (dataset.load !== undefined) this.pushEvent(dataset.load, { id });
    },
  };

  // Marks the message under the pointer: its buttons are shown.
  const Hover = {
    mounted() {
      this.el.addEventListener("mouseover", () => this.mark());
      this.el.addEventListener("mouseleave", () => this.mark());
    },
    updated() {
      this.mark();
    },
    mark() {
      const hovered = this.el.querySelector(":scope > .message:hover");
      for (const message of this.el.querySelectorAll(":scope > .hovered"))
        message.classList.toggle("hovered", message === hovered);
      hovered?.classList.add("hovered");
    },
  };

  const sendsWithEnter = (field) =>
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      field.form.requestSubmit();
    });

  // What was in the editor when the connection was lost: the page that comes back opens it again.
  let interrupted = null;

  // The field in which a message is written. While there is no connection it can be written in, but not sent.
  const Draft = {
    mounted() {
      sendsWithEnter(this.el);
    },
    disconnected() {
      this.el.form.querySelector("[type=submit]").disabled = true;
    },
    reconnected() {
      this.el.form.querySelector("[type=submit]").disabled = false;
      // The client hides the dialog in the next frame, also one that was opened again before that.
      if (interrupted)
        requestAnimationFrame(() => interrupted && this.pushEvent("edit", { id: interrupted.id }));
    },
    destroyed() {
      // Where a conversation is closed, the form goes, and the button that closed it.
      const isClosed = document.getElementById("closed-notice") !== null;
      if (isClosed && document.activeElement === document.body) focusList();
    },
  };

  // The field in which a message is changed. Once it is shown, one goes on at its end; then focus goes back, or to the list
  // where it came from a message that is gone.
  const Editor = {
    mounted() {
      this.before = document.activeElement;
      sendsWithEnter(this.el);
      if (interrupted?.id === this.el.dataset.message) this.el.value = interrupted.text;
      interrupted = null;
      const goOn = () => {
        this.el.focus();
        this.el.setSelectionRange(this.el.value.length, this.el.value.length);
      };
      this.el.closest("[role=dialog]").addEventListener("phx:show-end", goOn, { once: true });
    },
    disconnected() {
      interrupted = { id: this.el.dataset.message, text: this.el.value };
    },
    destroyed() {
      if (this.before?.isConnected) this.before.focus();
      else focusList();
    },
  };

  // The server never sees to what is in the field, so it stays whatever else of the form changes: until another room.
  const keepDraft = (from, to) => {
    if (from.id === "message_content" && from.dataset.room === to.dataset.room) to.value = from.value;
  };

  // What the page has its socket tell.
  const params = { _csrf_token: document.querySelector("meta[name=csrf-token]").content };
  for (const { dataset, content } of document.querySelectorAll("meta[data-connect-param]"))
    params[dataset.connectParam] = content;
  const { _page_token: pageToken } = params;
  const liveSocket = new LiveView.LiveSocket("/live", Phoenix.Socket, {
    params,
    dom: { onBeforeElUpdated: keepDraft },
    hooks: { Scroll, HistoryObserver, Hover, Draft, Editor, ...window.messengerHooks },
  });

  window.addEventListener("phx:message_sent", () => document.getElementById("message-form")?.reset());

  // Says that one was too fast. What was written stays in its form, which the client has locked until it is answered
  // well: that is undone by any later event that is, so one is sent as soon as the server takes it.
  const tooFast = document.createElement("p");
  tooFast.id = "too-fast";
  tooFast.setAttribute("role", "alert");
  document.body.append(tooFast);
  const refusing = new Set();
  let waiting;
  const goOn = () => {
    tooFast.textContent = "";
    for (const topic of refusing) {
      const view = document.getElementById(topic.slice("lv:".length));
      if (view) liveSocket.js().push(view, "lv:clear-flash", { value: { key: tooFast.id } });
    }
    refusing.clear();
  };
  liveSocket.getSocket().onMessage(({ topic, event, payload }) => {
    if (event !== "phx_reply" || payload.response.reason !== "too_many_events") return;
    refusing.add(topic);
    tooFast.textContent = "Too fast: wait a moment.";
    clearTimeout(waiting);
    waiting = setTimeout(goOn, payload.response.retry_after_ms);
  });

  // A browser does not say why a socket was refused. Where it is for the page's token, which lasts a day, another page has
  // another one; where that is refused too, the client goes on trying by itself.
  const RELOADED = "page-token-refused";
  const socket = liveSocket.getSocket();
  socket.onOpen(() => sessionStorage.removeItem(RELOADED));
  socket.onError(async () => {
    if (pageToken === undefined || sessionStorage.getItem(RELOADED) !== null) return;
    const query = new URLSearchParams({ _page_token: pageToken });
    const answer = await fetch(`/live/websocket?${query}`).catch(() => undefined);
    if (answer?.status !== 403) return;
    sessionStorage.setItem(RELOADED, "yes");
    location.reload();
  });

  liveSocket.connect();
  window.liveSocket = liveSocket;
})();
