// The hooks of dashboard and conversations. Loaded before app.js, which starts the client with them.
(() => {
  // Shows notifications once the browser may, and asks for that when somebody presses the button inside.
  const Notifications = {
    mounted() {
      this.shown = [];
      this.handleEvent("notify", (about) => this.show(about));
      if (!("asks" in this.el.dataset)) return;
      this.say();
      this.el.addEventListener("click", ({ target }) => target.closest("button") && this.ask());
    },
    destroyed() {
      // Whoever has gone to another conversation has seen them.
      for (const notification of this.shown) notification.close();
    },
    permission() {
      return "Notification" in window ? Notification.permission : "unsupported";
    },
    say() {
      this.pushEvent("notification_permission", { permission: this.permission() });
    },
    async ask() {
      await Notification.requestPermission();
      this.say();
    },
    show({ title, body, tag, path, open }) {
      if (this.permission() !== "granted" || (open && !document.hidden)) return;
      const notification = new Notification(title, { body, tag });
      notification.addEventListener("click", () => {
        notification.close();
        window.focus();
        window.location.assign(path);
      });
      this.shown.push(notification);
    },
  };

  // A conversation that is being made: what is begun is kept over a cut, and the focus over a render.
  const NewConversation = {
    mounted() {
      // What a field with the focus says is the reader's: no render takes it away.
      this.handleEvent("contact_added", () => {
        this.name().value = "";
      });
      this.handleEvent("conversation_created", () => {
        this.title().value = "";
      });
    },
    beforeUpdate() {
      this.focused = document.activeElement;
    },
    updated() {
      // Who is added or left out takes the button with him that was pressed.
      if (!this.focused.isConnected) this.name().focus();
    },
    disconnected() {
      const members = this.el.querySelectorAll("#contacts input");
      this.kept = { title: this.title().value, memberIds: [...members].map(({ value }) => value) };
    },
    reconnected() {
      const { restore } = this.el.dataset;
      if (restore !== undefined) this.pushEvent(restore, this.kept);
    },
    name() {
      return document.getElementById("contact_name");
    },
    title() {
      return document.getElementById("conversation_title");
    },
  };

  // Tells which messages have been displayed: those that end in what can be seen, together.
  const Seen = {
    mounted() {
      this.told = new Set();
      this.observer = new IntersectionObserver((entries) => this.tell(entries), {
        root: this.el.querySelector("#messages-wrap"),
      });
      this.observe();
    },
    updated() {
      this.observe();
    },
    reconnected() {
      this.observe();
    },
    destroyed() {
      this.observer.disconnect();
    },
    observe() {
      for (const mark of this.el.querySelectorAll("[data-unseen]"))
        if (!this.told.has(mark.dataset.unseen)) this.observer.observe(mark);
    },
    async tell(entries) {
      const marks = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
      if (marks.length === 0) return;
      for (const mark of marks) this.observer.unobserve(mark);
      const ids = marks.map(({ dataset }) => dataset.unseen);
      // The page may change before there is an answer.
      for (const id of ids) this.told.add(id);
      try {
        await this.pushEvent("seen", { ids });
      } catch {
        // There was no connection: they are looked at again when there is.
        for (const id of ids) this.told.delete(id);
      }
    },
  };

  window.messengerHooks = { Notifications, NewConversation, Seen };
})();
