import { expect, test } from "vitest";
import { TokenSigner } from "../../../reference-server/live/token.ts";

const at = (nowMs: number, secret = "secret") => new TokenSigner({ secret, nowMs: () => nowMs });
const token = at(1_000_000).sign("salt", { id: 7 });

test.each([
  ["by the same signer", token, at(1_000_000), "salt", { ok: true, data: { id: 7 } }],
  ["on the last second of its age", token, at(1_060_000), "salt", { ok: true, data: { id: 7 } }],
  ["when it is too old", token, at(1_060_001), "salt", { ok: false, reason: "expired" }],
  ["with another secret", token, at(1_000_000, "other"), "salt", { ok: false, reason: "invalid" }],
  ["for another purpose", token, at(1_000_000), "other", { ok: false, reason: "invalid" }],
  ["with another body", `e30${token.slice(3)}`, at(1_000_000), "salt", { ok: false, reason: "invalid" }],
  ["with something behind it", `${token}.x`, at(1_000_000), "salt", { ok: false, reason: "invalid" }],
  ["that is no string", 7, at(1_000_000), "salt", { ok: false, reason: "invalid" }],
  ["that is empty", "", at(1_000_000), "salt", { ok: false, reason: "invalid" }],
])("a token verified %s", (_, given, signer, salt, expected) => {
  expect(signer.verify(salt, given, 60)).toEqual(expected);
});
