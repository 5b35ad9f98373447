import { expect, test } from "vitest";
import { signFlash, verifyFlash } from "../../../reference-server/live/flash.ts";
import { signSession, signStatic, verifySession } from "../../../reference-server/live/session-token.ts";
import { SESSION_MAX_AGE_S, TokenSigner } from "../../../reference-server/live/token.ts";

let nowMs = 0;
const signer = new TokenSigner({ secret: "a secret", nowMs: () => nowMs });

const token = {
  id: "phx-1",
  view: "room",
  rootView: "room",
  router: true,
  liveSession: "default",
  parent: null,
  root: null,
  session: { userId: 7 },
};
const session = signSession(signer, token);
const fixed = signStatic(signer, { id: "phx-1", flash: { info: "Hi" }, assignNew: ["user"] });

test("what was signed for a topic is read for it, the static token's content with it", () => {
  expect(verifySession(signer, "lv:phx-1", { session, static: fixed })).toEqual({
    ...token,
    flash: { info: "Hi" },
    assignNew: ["user"],
  });
  for (const absent of [null, undefined]) {
    expect(verifySession(signer, "lv:phx-1", { session, static: absent })).toEqual({
      ...token,
      flash: {},
      assignNew: [],
    });
  }
});

test.each([
  ["another topic", "lv:phx-2", { session }],
  ["a topic without its prefix", "phx-1", { session }],
  ["no session", "lv:phx-1", { static: fixed }],
  ["the static token for the session", "lv:phx-1", { session: fixed }],
  ["the session for the static token", "lv:phx-1", { session, static: session }],
  ["an empty static token", "lv:phx-1", { session, static: "" }],
  [
    "a static token of another element",
    "lv:phx-1",
    { session, static: signStatic(signer, { id: "phx-2", flash: {}, assignNew: [] }) },
  ],
  [
    "the tokens of another server",
    "lv:phx-1",
    { session: signSession(new TokenSigner({ secret: "another", nowMs: () => 0 }), token) },
  ],
])("%s is refused", (_, topic, payload) => {
  expect(verifySession(signer, topic, payload)).toBeUndefined();
});

test("a page is good for two weeks, a flash for a minute", () => {
  const flash = signFlash(signer, { info: "Hi" });
  nowMs = 60_000;
  expect(verifyFlash(signer, flash)).toEqual({ info: "Hi" });
  nowMs += 1;
  expect(verifyFlash(signer, flash)).toEqual({});
  nowMs = SESSION_MAX_AGE_S * 1000;
  expect(verifySession(signer, "lv:phx-1", { session })).toBeDefined();
  nowMs += 1;
  expect(verifySession(signer, "lv:phx-1", { session })).toBeUndefined();
  nowMs = 0;
});
