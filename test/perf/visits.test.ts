import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { MODES, type ModeName } from "../../reference-server/web/chat/modes.ts";
import { longChat } from "./long-room.ts";
import { type Visits, visit } from "./visits.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8").split("\n");

/** The rows of a part of the README's table: the mode, then the bytes at 10, 100, 1,000 messages. */
function rowsOf(heading: string): (string | number)[][] {
  const start = README.indexOf(`${heading}: bytes of the frame`) + 1;
  return README.slice(start, start + Object.keys(MODES).length).map((line) => {
    const [mode = "", ...bytes] = line.trim().split(/ +/);
    return [mode, ...bytes.slice(0, 3).map((text) => Number(text.replaceAll(",", "")))];
  });
}

test("the README's bytes, as the history on the page grows, are those that a view sends", async () => {
  const chat = await longChat();
  onTestFinished(() => chat.close());
  const modes = Object.keys(MODES) as ModeName[];
  const rows: { readonly mode: ModeName; readonly visits: readonly Visits[] }[] = [];
  for (const mode of modes) {
    const visits: Visits[] = [];
    for (const messages of [10, 100, 1000]) visits.push(await visit(chat, mode, { messages, pages: 1 }));
    rows.push({ mode, visits });
  }
  const operations = [
    ["insert", "Insert at the end"],
    ["edit", "Edit one in the middle"],
    ["delete", "Delete one in the middle"],
    ["prepend", "A page of history, ten messages"],
  ] as const;
  for (const [operation, heading] of operations) {
    expect(rowsOf(heading), heading).toEqual(
      rows.map(({ mode, visits }) => [mode, ...visits.map((each) => each[operation].bytes)]),
    );
  }
});
