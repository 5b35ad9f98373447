import { expect, test } from "vitest";
import { Socket } from "../../../reference-server/live/socket.ts";
import type { ClientEvent } from "../../../reference-server/live/view.ts";
import { Presence } from "../../../reference-server/presence/presence.ts";
import type { PresenceDiff } from "../../../reference-server/presence/presence-diff.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import type { PageMeta } from "../../../reference-server/web/room/members.ts";
import {
  enterPresence,
  leavePresence,
  NOBODY,
  presenceTold,
  typing,
} from "../../../reference-server/web/room/presence-steps.ts";
import type { RoomAssigns } from "../../../reference-server/web/room/room-assigns.ts";

const GENERAL = { id: 1, name: "general" };
const RANDOM = { id: 2, name: "random" };

const form = (name: string, content: string): ClientEvent => ({
  type: "form",
  name,
  form: new URLSearchParams({ "message[content]": content }),
});

/** A server's presence, with bob in the first room, and what is told in the rooms. */
function peopled() {
  const pubsub = new PubSub<PresenceDiff<PageMeta>>();
  const presence = new Presence<PageMeta>({ pubsub, replica: "only" });
  presence.track("room:1", "2", { name: "bob", typing: false });
  const told: PresenceDiff<PageMeta>[] = [];
  for (const topic of ["presence:room:1", "presence:room:2"])
    pubsub.subscribe(topic, (message) => told.push(message as PresenceDiff<PageMeta>));
  return { presence, told };
}

/** Alice's page in the first room, before it has to do with presence. */
function alicesPage({ connected = true, showsMembers = true } = {}) {
  const topics = new Set<string>();
  const socket = new Socket<RoomAssigns>({
    connected,
    subscribe: (topic) => topics.add(topic),
    unsubscribe: (topic) => topics.delete(topic),
  });
  socket.assign({ ...NOBODY, showsMembers, room: GENERAL, me: { id: 1, name: "alice" } });
  return { socket, topics };
}

const alice = { id: 1, name: "alice", typing: false };
const bob = { id: 2, name: "bob", typing: false };
const keysIn = (presence: Presence<PageMeta>, topic: string) => presence.list(topic).map(({ key }) => key);

test("a page is counted once its socket has joined; the one that is sent first shows who is there", () => {
  const { presence, told } = peopled();
  const dead = alicesPage({ connected: false });
  enterPresence(presence)(dead.socket);
  expect(dead.socket.assigns.members).toEqual([bob]);
  expect(told).toEqual([]);
  const live = alicesPage();
  enterPresence(presence)(live.socket);
  expect(live.socket.assigns.members).toEqual([alice, bob]);
  expect(told).toHaveLength(1);
});

test("a page that leaves members out neither listens, nor is counted, nor says that it is written on", () => {
  const { presence, told } = peopled();
  const { socket, topics } = alicesPage({ showsMembers: false });
  enterPresence(presence)(socket);
  typing(presence, form("validate", "a"))(socket);
  leavePresence(presence)(socket);
  expect([socket.assigns.members, [...topics], told, keysIn(presence, "room:1")]).toEqual([
    [],
    [],
    [],
    ["2"],
  ]);
});

test("who goes to another room is counted there, and no longer in the one that he was in", () => {
  const { presence, told } = peopled();
  const { socket, topics } = alicesPage();
  enterPresence(presence)(socket);
  socket.assign({ room: RANDOM });
  enterPresence(presence)(socket);
  expect([keysIn(presence, "room:1"), keysIn(presence, "room:2")]).toEqual([["2"], ["1"]]);
  expect([...topics]).toEqual(["presence:room:2"]);
  expect(socket.assigns.members).toEqual([alice]);
  enterPresence(presence)(socket);
  expect(told, "came, left, came; another address of the room is no other room").toHaveLength(3);
  const [, late] = told;
  if (late === undefined) return expect.unreachable("nothing was told");
  presenceTold(presence, late)(socket);
  expect(socket.assigns.members, "what is told of the room that was left").toEqual([alice]);
});

test("it is told that somebody writes when he begins and when he ends, and not with every key", () => {
  const { presence, told } = peopled();
  const { socket } = alicesPage();
  enterPresence(presence)(socket);
  told.length = 0;
  const states = [
    form("validate", "a"),
    form("validate", "ab"),
    form("recover_draft", "ab"),
    form("search", "x"),
    form("validate", ""),
    form("validate", " "),
    { type: "other", name: "stop_typing", value: {} } as const,
    form("recover_draft", "ab"),
    form("validate", "abc"),
    form("send", "abc"),
    form("send", "abc"),
  ].map((event) => {
    typing(presence, event)(socket);
    return presence.metasOf("room:1", "1").map(({ meta }) => meta.typing);
  });
  const [on, off] = [[true], [false]];
  expect(states).toEqual([on, on, on, on, off, on, off, off, on, off, off]);
  expect(told).toHaveLength(6);
});
