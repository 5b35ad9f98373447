import { expect, test } from "vitest";
import { readAct } from "../../../harness/trace/read-act.ts";

test.each([
  ["click #send", { kind: "click", selector: "#send" }],
  ["click  #form button.primary ", { kind: "click", selector: "#form button.primary" }],
  ["type #message hello  you", { kind: "type", selector: "#message", text: "hello  you" }],
  ["type \"#form [name='text']\" hello", { kind: "type", selector: "#form [name='text']", text: "hello" }],
  ["press Enter", { kind: "press", key: "Enter" }],
  ["press Shift+Enter", { kind: "press", key: "Shift+Enter" }],
  ["scroll #messages 0", { kind: "scroll", selector: "#messages", topPx: 0 }],
  ["scroll main .list end", { kind: "scroll", selector: "main .list", topPx: "end" }],
  ["goto /rooms/2", { kind: "goto", url: "/rooms/2" }],
  ["wait 500ms", { kind: "wait", us: 500_000 }],
])("%s is read", (text, act) => {
  expect(readAct(text)).toEqual({ ...act, written: text.trim() });
});

test.each([
  ["", 'must begin with one of click, type, press, scroll, goto, wait, not ""'],
  ["tap #send", 'must begin with one of click, type, press, scroll, goto, wait, not "tap"'],
  ["click", "must be click SELECTOR"],
  ["type #message", "must be type SELECTOR TEXT"],
  ["press Enter twice", "must be press KEY, as Enter or Shift+Enter"],
  ["scroll #messages up", "must be scroll SELECTOR PIXELS, or scroll SELECTOR end"],
  ["goto", "must be goto URL"],
  ["wait 500", "must be wait DURATION, as 500ms"],
])("%j is refused", (text, why) => {
  expect(readAct(text)).toBe(why);
});
