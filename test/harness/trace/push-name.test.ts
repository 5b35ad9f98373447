import { expect, test } from "vitest";
import { pushName } from "../../../harness/trace/push-name.ts";

const VIEW = "lv:phx-1";

test.each<[string, string, unknown, string]>([
  [VIEW, "event", { type: "click", event: "delete", value: { id: 1 } }, 'click "delete"'],
  [VIEW, "event", { type: "keyup", event: "search", value: { key: "a" } }, 'keyup "search"'],
  [VIEW, "event", { type: "hook", event: "load", value: {}, cid: 3 }, 'hook "load"'],
  [VIEW, "event", { type: "form", event: "send", value: "message=hi", meta: {} }, 'submit "send"'],
  [VIEW, "event", { type: "form", event: "draft", value: "m=h", meta: { _target: "m" } }, 'change "draft"'],
  [VIEW, "event", { type: "form", event: "draft", value: "m=h&_target=m" }, 'change "draft"'],
  [VIEW, "event", { type: "form", event: "send", value: "the_target=m" }, 'submit "send"'],
  [VIEW, "event", null, 'event ""'],
  [VIEW, "live_patch", { url: "http://chat.test/rooms/1?page=2#end" }, "patch /rooms/1?page=2"],
  [VIEW, "phx_join", { url: "http://chat.test/rooms/1", params: { _mounts: 0 } }, "join /rooms/1"],
  [VIEW, "phx_join", { redirect: "http://chat.test/rooms/2", params: { _mounts: 3 } }, "join /rooms/2"],
  [VIEW, "phx_join", { url: "http://chat.test/rooms/1", params: { _mounts: 1 } }, "join again /rooms/1"],
  [VIEW, "phx_join", { params: { _mounts: 0 } }, "join a nested view"],
  [VIEW, "phx_leave", {}, "leave"],
  [VIEW, "cids_will_destroy", { cids: [1] }, "components gone"],
  [VIEW, "allow_upload", {}, "allow_upload"],
  ["room:1", "typing", {}, 'room:1 "typing"'],
])("on %s, %s with %j is called %s", (topic, event, payload, name) => {
  expect(pushName(topic, event, payload)).toBe(name);
});
