import { describe, expect, it, test } from "vitest";
import { parseHtml } from "../../../harness/page/html.ts";
import { connectedPushes, mountedPushes, removedPushes } from "../../../harness/page/lifecycle.ts";

const bound = (attribute: string, event: string, id = "", inner = "") =>
  `<p ${id} ${attribute}='[["push",{"event":"${event}"}]]' phx-value-v="1">${inner}</p>`;
const mounted = (event: string, id?: string) => bound("phx-mounted", event, id);
const removable = (event: string, id?: string, inner?: string) => bound("phx-remove", event, id, inner);
const eventsOf = (pushes: readonly { readonly event: string }[]) => pushes.map(({ event }) => event);

describe("what has come to the page", () => {
  it.each<[string, string | null, string, readonly string[]]>([
    ["all that there is at first", null, mounted("a") + mounted("b"), ["a", "b"]],
    ["by its id", mounted("a", "id=a"), mounted("b", "id=b") + mounted("a", "id=a"), ["b"]],
    [
      "again by an id of its own though it pushes the same",
      mounted("a", "id=a"),
      mounted("a", "id=b"),
      ["a"],
    ],
    ["as one more of several equal ones", mounted("a") + mounted("a"), mounted("a").repeat(3), ["a"]],
    [
      "nothing where it is as it was",
      mounted("a") + mounted("b", "id=b"),
      mounted("a") + mounted("b", "id=b"),
      [],
    ],
  ])("pushes: %s", (_name, before, after, events) => {
    expect(eventsOf(mountedPushes(before === null ? null : parseHtml(before), parseHtml(after)))).toEqual(
      events,
    );
  });

  test("with no type and its own values", () => {
    expect(mountedPushes(null, parseHtml(mounted("a")))).toEqual([
      { type: null, event: "a", value: { v: "1" } },
    ]);
  });
});

describe("what has gone from the page", () => {
  it.each<[string, string, string, readonly string[]]>([
    ["by its id", removable("a", "id=a") + removable("b", "id=b"), removable("a", "id=a"), ["b"]],
    ["those without an id first", removable("a", "id=a") + removable("b"), "", ["b", "a"]],
    [
      "not what went along with something else",
      removable("a", "id=a", '<i id="b" phx-remove="[]"></i>'),
      "",
      ["a"],
    ],
    ["not what went along with what has no binding", `<div id="d">${removable("a", "id=a")}</div>`, "", []],
    ["nothing where it is as it was", removable("a"), removable("a"), []],
  ])("pushes: %s", (_name, before, after, events) => {
    expect(eventsOf(removedPushes(parseHtml(before), parseHtml(after)))).toEqual(events);
  });

  test("with the type of a removal", () => {
    expect(removedPushes(parseHtml(removable("a")), parseHtml(""))).toEqual([
      { type: "remove", event: "a", value: { v: "1" } },
    ]);
  });
});

test("a join pushes what is bound to it", () => {
  const page = parseHtml(bound("phx-connected", "on") + bound("phx-disconnected", "off"));
  expect(connectedPushes(page)).toEqual([{ type: null, event: "on", value: { v: "1" } }]);
});

test("the name of an event is no command, and the official client throws at it", () => {
  expect(() => mountedPushes(null, parseHtml('<p phx-mounted="a"></p>'))).toThrow(
    expect.objectContaining({ message: 'phx-mounted="a" is no JS command, as it has to be' }),
  );
});
