import type { Site } from "../harness/core/site.ts";

/** The pages of the reference server. */
export const referenceSite = {
  name: "the room page of the reference server",
  // Who comes and goes is told to everybody there, so a step's bytes would depend on how many are still coming.
  roomPath: "/{mode}/rooms/{room}?members=off",
  logIn: {
    steps: [
      {
        path: "/log_in",
        form: "#log-in-form",
        fields: { "user[name]": "{name}", "user[password]": "{password}" },
      },
    ],
  },
  accounts: { name: "user-{number:4}", password: "a password for the bench" },
  roomLink: '.rooms a[href$="/rooms/{room}"], .rooms a[href*="/rooms/{room}?"]',
  list: {
    container: "#messages",
    fields: { sender: ".sender", time: "time", content: ".content", edited: ".edited" },
  },
  send: { form: "#message-form", field: "message[content]" },
  edit: { button: ".edit", form: "#edit-message-form", field: "message[content]" },
  delete: { button: ".delete" },
} as const satisfies Site;

/** The same, with the channel beside the view, which says to which message a page may scroll. */
export const siteWithChannel = {
  ...referenceSite,
  name: "the room page of the reference server, with a channel beside it",
  roomPath: "/{mode}/rooms/{room}?members=off&after=channel",
  channel: { topic: "event_bus:{room}", item: "id" },
} as const satisfies Site;

/** The reference pages, with the list of who is there. */
export const siteWithMembers = {
  ...referenceSite,
  name: "the room page of the reference server, with the list of members",
  roomPath: "/{mode}/rooms/{room}",
  members: { item: "#members li", name: ".name", typing: ".typing" },
} as const satisfies Site;
