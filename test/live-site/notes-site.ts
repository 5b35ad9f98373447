import type { LiveStream } from "../../reference-server/live/stream.ts";
import { attr, each, html } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { PubSub } from "../../reference-server/pubsub/pubsub.ts";
import { type LiveSite, startLiveSite } from "./live-site.ts";

interface Note {
  readonly id: number;
  readonly line: string;
}

const ADDED = "notes";

/**
 * A site that is as unlike our own chat as can be: nobody logs in, there is one page, `/wall`, and notes that are neither
 * changed nor deleted.
 *
 * @param holder whether what was written has an element of its own within a note. Default: it has
 */
export async function startNotesSite({ holder = true } = {}): Promise<LiveSite> {
  const pubsub = new PubSub();
  const notes: Note[] = [{ id: 1, line: "the first" }];
  const wall = defineView<{ readonly streams: { readonly wall: LiveStream<Note> } }, Note>({
    name: "wall",
    mount: (socket) => socket.subscribe(ADDED).stream("wall", notes),
    handleEvent(_, event) {
      if (event.type !== "form" || event.name !== "stick") return;
      const note = { id: notes.length + 1, line: event.form.get("note") ?? "" };
      notes.push(note);
      pubsub.broadcast(ADDED, note);
    },
    handleInfo: (socket, note) => socket.streamInsert("wall", note),
    render: ({ streams }) => html`<main>
  <section class="wall" id="the-wall" phx-update="stream">${each(
    streams.wall,
    ({ domId, item }) =>
      html`<article${attr("id", domId)}>${holder ? html`<b>note ${item.id}</b><q>${item.line}</q>` : item.line}</article>`,
  )}</section>
  <form class="sticker" phx-submit="stick"><input name="note"><button>Stick</button></form>
</main>`,
  });
  return startLiveSite({ routes: [{ path: "/wall", view: wall }], pubsub });
}
