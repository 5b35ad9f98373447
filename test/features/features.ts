/** What the chats that this server is modelled on do, and where it is done and shown. */
export interface Feature {
  /** A StreamChat, B how streams work, C Messenger, D the chat with presence, E the channel beside the view. */
  readonly id: string;
  readonly what: string;
  /** Files and folders in `reference-server/`. */
  readonly where: readonly string[];
  /** Tests in a real Chrome: the file in `test/e2e/`, and what its title has in it. */
  readonly tests: readonly (readonly [file: string, title: string])[];
  /** What a Chrome cannot show: the same of tests without one, in `test/`. */
  readonly besides?: readonly (readonly [file: string, title: string])[];
}

/** Every feature, in order. */
export const FEATURES: readonly Feature[] = [
  {
    id: "A1",
    what: "a room has many messages; a message belongs to a room and a sender; a user has many messages",
    where: ["chat/messages.ts", "chat/store/migrations/0001-chat.ts"],
    tests: [
      ["history.test.ts", "it comes page by page to its beginning, and then nothing is asked for"],
      ["writing.test.ts", "a blank message is ignored, and what the hidden fields say is not believed"],
    ],
  },
  {
    id: "A2",
    what: "`/rooms` (list only) and `/rooms/:id` share one live session, layout and log-in; the current room is marked; switching is navigation without a page load",
    where: ["web/pages.ts", "web/room/rooms-view.ts", "web/room/room-view.ts"],
    tests: [
      ["rooms.test.ts", "the list of rooms leads into a room without a load of the page"],
      ["rooms.test.ts", "another room is gone to without a load"],
    ],
  },
  {
    id: "A3",
    what: "the last ten messages of the room as a stream; after each render the view holds none of them (inserts and deletes empty: asserted)",
    where: ["web/chat/stream-mode.ts", "live/stream.ts"],
    tests: [
      [
        "life-cycle.test.ts",
        "is whole as it comes by GET, and the socket that follows changes nothing of it",
      ],
      ["life-cycle.test.ts", "and holds nothing of it"],
    ],
  },
  {
    id: "A4",
    what: "each item's DOM id is `messages-<id>` by default; a stream may be given its own function for it",
    where: ["live/stream.ts"],
    tests: [
      ["life-cycle.test.ts", "shows what it declares, under ids of its own where it has a function for them"],
    ],
  },
  {
    id: "A5",
    what: "infinite scrollback: an older batch is prepended whenever the reader reaches the top, by the viewport binding, and on a second page of the same kind by a hook with an IntersectionObserver on a marker element inside the container",
    where: ["web/chat/history-marker.ts", "web/assets/app.js"],
    tests: [["history.test.ts", "it comes page by page to its beginning, and then nothing is asked for"]],
  },
  {
    id: "A6",
    what: "a new message by a form (a live component with validation as one types), shown to everyone in the room through pub/sub",
    where: ["web/chat/live-message-form.ts", "web/chat/message-form.ts", "web/chat/writing.ts"],
    tests: [
      ["room-page.test.ts", "a message is shown to everybody, at the end, and the form is empty again"],
      ["writing.test.ts", "a message that is too long is said to be so as one writes"],
      ["room-components.test.ts", "the form says itself what is wrong with a draft"],
    ],
  },
  {
    id: "A7",
    what: "edit in place: a modal shown and hidden by JS commands, opened for one's last message by ArrowUp, for any own message by its button; everyone sees the text change where it is",
    where: ["web/chat/edit-dialog.ts", "web/chat/writing.ts"],
    tests: [
      ["writing.test.ts", "ArrowUp in the empty field opens one's last message, and Escape closes it"],
      ["writing.test.ts", "the dialog holds the focus while it is open, and gives it back"],
      ["room-page.test.ts", "a message is edited where it is, and the dialog goes"],
    ],
  },
  {
    id: "A8",
    what: "delete: a button shown on hover by a hook (and on focus); the item goes for everyone",
    where: ["web/assets/app.js", "web/chat/writing.ts"],
    tests: [
      [
        "writing.test.ts",
        "buttons are shown on the message under the pointer, and on the one that has the focus",
      ],
      ["room-page.test.ts", "a deleted message goes for everybody"],
    ],
  },
  {
    id: "A9",
    what: "the view pins itself to the bottom on a new message, unless the reader has scrolled up; focus in the form pins it again",
    where: ["web/assets/app.js"],
    tests: [
      ["room-page.test.ts", "who reads further up is not moved by a new message, who is at the bottom is"],
      ["connection.test.ts", "is brought to the end by going to the form"],
    ],
  },
  {
    id: "A10",
    what: "accounts: register, log in, log out, settings, only logged-in users see rooms",
    where: ["web/account/", "chat/accounts.ts", "web/assign-me.ts"],
    tests: [
      ["account-pages.test.ts", "a person registers, writes, changes his settings, logs out and comes back"],
    ],
  },
  {
    id: "A11",
    what: "functions of one purpose take a socket and return it with one thing more: mount, params, event and info handlers read as pipelines of them",
    where: ["live/pipeline.ts", "web/room/room-view.ts", "web/chat/reading.ts", "web/chat/writing.ts"],
    tests: [
      ["room-page.test.ts", "a message is shown to everybody, at the end, and the form is empty again"],
    ],
  },
  {
    id: "B1",
    what: "the life-cycle: a static render by GET; then a socket that stays; event, new state, diff",
    where: ["live/dead-render.ts", "live/view-process.ts"],
    tests: [
      [
        "life-cycle.test.ts",
        "is whole as it comes by GET, and the socket that follows changes nothing of it",
      ],
    ],
  },
  {
    id: "B2",
    what: "a diff holds what changed and nothing else; a view for which nothing changed sends no frame",
    where: ["live/render-pass.ts"],
    tests: [["life-cycle.test.ts", "gets no frame for what changes nothing of it, and one for what does"]],
  },
  {
    id: "B3",
    what: "`stream` fills inserts with `{dom id, position, item}`; the page shows them; they are gone from the server",
    where: ["live/stream.ts"],
    tests: [["life-cycle.test.ts", "and holds nothing of it"]],
  },
  {
    id: "B4",
    what: "a stream is iterated in the template like a list of `{dom id, item}`",
    where: ["live/template.ts"],
    tests: [
      ["life-cycle.test.ts", "shows what it declares, under ids of its own where it has a function for them"],
    ],
  },
  {
    id: "B5",
    what: 'insert, update in place and delete are declared ("what", not "how"); an update is an insert of a known id',
    where: ["live/stream.ts", "web/chat/stream-mode.ts"],
    tests: [["life-cycle.test.ts", "shows what it declares"]],
  },
  {
    id: "B6",
    what: "`stream` again on an existing stream inserts in bulk and leaves what is there",
    where: ["live/socket.ts", "live/stream.ts"],
    tests: [
      ["life-cycle.test.ts", "shows what it declares"],
      ["history.test.ts", "it comes page by page to its beginning"],
    ],
  },
  {
    id: "B7",
    what: "reset: emptied or replaced; limit: so many at most",
    where: ["live/stream.ts", "web/chat/stream-mode.ts", "web/chat/reading.ts"],
    tests: [
      ["history.test.ts", "what is looked for takes the place of the list, and the list comes back"],
      ["room-page.test.ts", "a stream with a limit is a window that moves up and down the history"],
    ],
  },
  {
    id: "B8",
    what: 'the older way, `phx-update="append"`, beside it for comparison',
    where: ["web/chat/append-mode.ts"],
    tests: [
      ["room-page.test.ts", "a message is shown to everybody, at the end, and the form is empty again"],
      ["five-ways.test.ts", "five-ways: everybody sees the right list in every mode"],
    ],
  },
  {
    id: "C1",
    what: "users with a unique nickname and a unique e-mail; passwords stored as hashes; registration with nickname, sign-in, profile edit, account deletion, sign-out; sessions that survive a restart of the server",
    where: ["web/account/", "chat/accounts.ts", "chat/sessions.ts"],
    tests: [
      ["account-pages.test.ts", "a person registers, writes, changes his settings, logs out and comes back"],
      ["account-pages.test.ts", "who deletes his account is asked to log in, cannot"],
      ["connection.test.ts", "in the middle of a conversation of three Chromes, loses nothing"],
    ],
  },
  {
    id: "C2",
    what: "conversations with a title and members; each member once; exactly one owner, both enforced by the database; an owner can close a conversation: then sending is refused and everyone sees that it is closed",
    where: ["chat/conversations.ts", "chat/store/migrations/0003-conversations.ts", "web/conversation/"],
    tests: [
      ["messenger-conversation.test.ts", "members read what is sent, edited and deleted"],
      [
        "messenger-conversation.test.ts",
        "a closed conversation says so to everybody at once, and its form is gone",
      ],
    ],
  },
  {
    id: "C3",
    what: "`/conversations/:id` for members only: read, send, edit, delete, scroll back, in every rendering mode",
    where: ["web/conversation/conversation-view.ts", "web/conversation/membership.ts"],
    tests: [
      ["messenger-conversation.test.ts", "members read what is sent, edited and deleted"],
      ["messenger-conversation.test.ts", "history comes page by page to who scrolls up"],
      ["messenger-dashboard.test.ts", "a stranger to a conversation is told on the front page"],
    ],
  },
  {
    id: "C4",
    what: "a dashboard on the landing page, as a live view embedded in a page that is itself not live: one's conversations; a form to create one, with contacts added and removed one by one, the button disabled below two members, the title optional (then the members' nicknames)",
    where: ["web/dashboard/"],
    tests: [
      [
        "messenger-dashboard.test.ts",
        "the front page is not live, and holds the dashboard as a view of its own",
      ],
      [
        "messenger-dashboard.test.ts",
        "people are found by their nickname, at most ten, added and left out one by one",
      ],
      [
        "messenger-dashboard.test.ts",
        "a conversation that anyone makes is at once on the dashboards of its members",
      ],
    ],
  },
  {
    id: "C5",
    what: "a conversation created by anyone appears at once on the dashboards of all its members",
    where: ["chat/conversations.ts", "web/dashboard/dashboard-view.ts"],
    tests: [
      [
        "messenger-dashboard.test.ts",
        "a conversation that anyone makes is at once on the dashboards of its members",
      ],
    ],
  },
  {
    id: "C6",
    what: "messages of others arrive at once; one's own come back the same way, by broadcast",
    where: ["web/conversation/told-conversation.ts", "chat/messages.ts"],
    tests: [["messenger-conversation.test.ts", "members read what is sent, edited and deleted"]],
  },
  {
    id: "C7",
    what: '"seen": for each message and member once, with the time at which it was first displayed',
    where: ["chat/annotations.ts", "web/assets/messenger.js"],
    tests: [
      [
        "messenger-conversation.test.ts",
        "what is displayed is told once, together, when it is displayed and not before",
      ],
    ],
  },
  {
    id: "C8",
    what: "what is lost when: the server dies, the connection is cut, a view crashes; the page marks itself as disconnected or failed (`phx-error`, `phx-loading` classes) and cannot be used meanwhile",
    where: ["web/assets/app.css", "web/assets/app.js", "web/room/room-template.ts"],
    tests: [
      [
        "connection.test.ts",
        "is shown, nothing can be sent meanwhile, and what is written stays where it is",
      ],
      ["connection.test.ts", "of a view that crashes is shown as a failure of the server"],
      ["connection.test.ts", "in the middle of a conversation of three Chromes, loses nothing"],
    ],
  },
  {
    id: "C9",
    what: "recovery: a half-typed message survives because its input is not re-rendered; a half-made conversation survives by the hook's `reconnected` pushing the form's state (`restore_state`), and by `phx-auto-recover`",
    where: ["web/dashboard/drafting.ts", "web/assets/messenger.js", "web/assets/app.js"],
    tests: [
      [
        "connection.test.ts",
        "is shown, nothing can be sent meanwhile, and what is written stays where it is",
      ],
      ["presence-cut.test.ts", "when he is back he does not write, and has his draft"],
      ["messenger-recovery.test.ts", "a half-made conversation is there again after a restart of the server"],
    ],
  },
  {
    id: "C10",
    what: "all hook callbacks: mounted, beforeUpdate, updated, destroyed, disconnected, reconnected",
    where: ["web/assets/app.js", "web/assets/messenger.js"],
    tests: [
      ["life-cycle.test.ts", "is told of each thing that becomes of its element, and of the connection"],
    ],
  },
  {
    id: "C11",
    what: "browser notifications for a new conversation (a click opens it) and for incoming messages, never for one's own; permission asked once, on a person's action",
    where: ["web/assets/messenger.js"],
    tests: [
      [
        "messenger-notifications.test.ts",
        "members are notified of a new conversation and of messages, but not of their own; a click opens it",
      ],
      ["messenger-notifications.test.ts", "whether the browser may notify is asked once"],
    ],
  },
  {
    id: "C12",
    what: "emoji reactions to messages",
    where: ["chat/annotations.ts", "web/conversation/annotated-details.ts"],
    tests: [["messenger-conversation.test.ts", "see who has seen it and how they react"]],
  },
  {
    id: "C13",
    what: "flash messages",
    where: ["web/flash-messages.ts", "live/flash.ts"],
    tests: [
      ["messenger-dashboard.test.ts", "whoever has made one is told so until he puts that away"],
      ["rooms.test.ts", "a room that is not there leads to the list of rooms, which says so"],
    ],
  },
  {
    id: "D1",
    what: "the whole list in assigns, re-rendered on each message; a message by form with hidden fields in the page, of which the server trusts none",
    where: ["web/chat/assign-mode.ts", "web/chat/message-form.ts"],
    tests: [
      ["room-page.test.ts", "a message is shown to everybody, at the end, and the form is empty again"],
      ["writing.test.ts", "what the hidden fields say is not believed"],
    ],
  },
  {
    id: "D2",
    what: "a blank message is ignored",
    where: ["chat/message.ts", "web/chat/writing.ts"],
    tests: [["writing.test.ts", "a blank message is ignored"]],
  },
  {
    id: "D3",
    what: "members of the room: join, leave, also by a cut; the newcomer sees those already there",
    where: ["web/room/presence-steps.ts", "web/room/members-list.ts"],
    tests: [
      ["presence.test.ts", "who comes sees who is there, and is seen by them, until he closes his page"],
      ["presence-cut.test.ts", "who is cut off without a word is gone"],
    ],
  },
  {
    id: "D4",
    what: "typing: on change `...` behind the name for everyone, off on blur; the text typed so far survives the re-render: no message and no presence change alters a draft, the focus or the caret; blur keeps the text",
    where: ["web/room/presence-steps.ts", "web/assets/app.js"],
    tests: [
      [
        "presence.test.ts",
        "who writes has dots behind his name, until the field is empty, left, or its text sent",
      ],
      ["presence.test.ts", "a draft, its caret and the focus stay; leaving the field keeps the text"],
    ],
  },
  {
    id: "D5",
    what: "a user in two tabs is one member; leaving one tab leaves him there",
    where: ["web/room/members.ts"],
    tests: [["presence.test.ts", "who has two pages is one member"]],
  },
  {
    id: "D6",
    what: "a colour per user; one's own name set apart",
    where: ["web/avatar.ts", "web/room/members-list.ts"],
    tests: [
      ["presence.test.ts", "each member has a colour, the same one on every page, and that of his messages"],
    ],
  },
  {
    id: "D7",
    what: "presence keeps its state as a CRDT, so that it can span servers",
    where: ["presence/add-wins-set.ts", "presence/presence.ts"],
    tests: [["presence.test.ts", "who comes sees who is there, and is seen by them"]],
    besides: [
      [
        "reference-server/presence/replication.test.ts",
        "a key with a connection to each of two servers is one, and stays while one of them does",
      ],
    ],
  },
  {
    id: "E1",
    what: "a custom channel `event_bus:<room>` joined on the same socket as the view",
    where: ["web/event-bus.ts"],
    tests: [["event-bus.test.ts", "the channel goes with the page from room to room"]],
  },
  {
    id: "E2",
    what: "the view's session id, signed, in a meta tag; sent as a connect parameter; verified with a maximum age of 86,400 s; a bad or old token: the connection is refused, with the reason",
    where: ["live/page-token.ts", "web/live-endpoint.ts", "web/layout.ts"],
    tests: [
      [
        "event-bus.test.ts",
        "a page that is older than a day is refused another socket, and loads itself anew",
      ],
    ],
  },
  {
    id: "E3",
    what: "the channel is registered under the session id; the view finds its own channel and no other",
    where: ["web/event-bus.ts"],
    tests: [
      [
        "event-bus.test.ts",
        "two pages of one reader have a channel each, and are told by their own of their own room",
      ],
    ],
  },
  {
    id: "E4",
    what: "a message to the channel is pushed after the diff that holds the message it is about, always, also under load: the page scrolls to what is already there",
    where: ["live/view-responder.ts", "web/room/after-render.ts"],
    tests: [["event-bus.test.ts", "scrolls to what is there by then, for who is at the end or wrote it"]],
  },
  {
    id: "E5",
    what: "a view without a channel works; a channel that dies does not harm its view",
    where: ["web/event-bus.ts", "live/channel-process.ts"],
    tests: [
      ["event-bus.test.ts", "a channel that dies does not harm the view"],
      ["event-bus.test.ts", "a view that dies leaves the channel"],
    ],
  },
  {
    id: "E6",
    what: "the newer way, `push_event` with the diff, beside it",
    where: ["live/socket.ts", "web/room/after-render.ts"],
    tests: [["event-bus.test.ts", "scrolls to what is there by then, for who is at the end or wrote it"]],
  },
];
