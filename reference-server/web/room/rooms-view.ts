import type { User } from "../../chat/accounts.ts";
import type { Room, Rooms } from "../../chat/rooms.ts";
import type { Sessions } from "../../chat/sessions.ts";
import { constant } from "../../live/expression.ts";
import type { Flash } from "../../live/flash.ts";
import { pipe } from "../../live/pipeline.ts";
import { html } from "../../live/template.ts";
import { defineView, type View } from "../../live/view.ts";
import { assignMe } from "../assign-me.ts";
import { flashMessages } from "../flash-messages.ts";
import { roomsNav } from "./rooms-nav.ts";

interface RoomsAssigns {
  readonly pageTitle: string;
  readonly flash: Flash;
  readonly me: User;
  readonly rooms: readonly Room[];
}

/** The list of rooms, while one is in none of them. */
export function roomsView({
  rooms,
  sessions,
}: {
  readonly rooms: Rooms;
  readonly sessions: Sessions;
}): View<RoomsAssigns, never> {
  return defineView<RoomsAssigns, never>({
    name: "rooms",
    mount: (socket, _params, { token }) =>
      pipe(socket, assignMe(sessions, token), async () =>
        socket.assign({ pageTitle: "Rooms", rooms: await rooms.list() }),
      ),
    render: ({ flash, me, rooms: all }) => html`
<div class="chat" id="rooms">
  ${roomsNav({
    rooms: all,
    me,
    currentId: constant(0),
    prefix: constant(""),
    suffix: constant(""),
    link: constant("redirect"),
  })}
  <main id="main" class="no-room">
    ${flashMessages({ flash })}
    <p>Choose a room to read what is written there.</p>
  </main>
</div>`,
  });
}
