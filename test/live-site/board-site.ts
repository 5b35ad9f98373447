import { setImmediate } from "node:timers/promises";
import type { Socket } from "../../reference-server/live/socket.ts";
import type { LiveStream } from "../../reference-server/live/stream.ts";
import { attr, each, html } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { PubSub } from "../../reference-server/pubsub/pubsub.ts";
import { eventBusChannel, tellPage } from "../../reference-server/web/event-bus.ts";
import type { LiveServerOptions } from "../../reference-server/web/live-server.ts";
import { type LiveSite, startLiveSite } from "./live-site.ts";

/** A note on the board. */
export interface Note {
  readonly id: number;
  /** How many turns of the event loop each view takes before it shows it. */
  readonly turns: number;
}

interface BoardAssigns {
  readonly room: number;
  readonly streams: { readonly notes: LiveStream<Note> };
}

/** What the boards of a room show is broadcast here. */
export const notesOf = (room: number): string => `notes:${room}`;

/**
 * A site whose pages `/boards/:room` show notes, and are told by their channel of each that is shown. `/plain/:room` is
 * the same without a channel. Nobody may see room 9. An event `write-<id>` shows a note in its answer, `crash` is a crash.
 */
export async function startBoardSite(options: Partial<LiveServerOptions> = {}): Promise<LiveSite> {
  const pubsub = options.pubsub ?? new PubSub();
  const board = (name: string, identified: boolean) =>
    defineView<BoardAssigns, Note>({
      name,
      mount(socket, params) {
        const room = Number(params.room);
        if (identified) socket.identifyPage();
        return socket.subscribe(notesOf(room)).assign({ room }).stream("notes", []);
      },
      async handleEvent(socket, event) {
        if (event.name === "crash") throw new Error("the board broke");
        const id = Number(event.name.slice("write-".length));
        await setImmediate();
        show(socket, { id, turns: 0 });
      },
      async handleInfo(socket, note) {
        for (let turn = 0; turn < note.turns; turn++) await setImmediate();
        show(socket, note);
      },
      render: ({ streams }) =>
        html`<ul id="notes" phx-update="stream">${each(streams.notes, ({ domId, item }) => html`<li${attr("id", domId)}>${item.id}</li>`)}</ul>`,
    });

  /** Shows a note, and has the page told of it once it is there. */
  function show(socket: Socket<BoardAssigns>, note: Note): void {
    const { pageId, assigns } = socket;
    const event = { event: "shown", payload: { id: `notes-${note.id}` } };
    socket.streamInsert("notes", note).afterDiff(() => tellPage(pubsub, pageId, assigns.room, event));
  }

  return startLiveSite({
    routes: [
      { path: "/boards/:room", view: board("board", true) },
      { path: "/plain/:room", view: board("plain board", false) },
    ],
    channels: [eventBusChannel({ maySee: async (_session, roomId) => roomId !== 9 })],
    ...options,
    pubsub,
  });
}
