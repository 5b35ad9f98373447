import { expect, test } from "vitest";
import { newPageToken, pageClaim } from "../../../reference-server/live/page-token.ts";
import { TokenSigner } from "../../../reference-server/live/token.ts";

const SECRET = "a secret of the tests that is long enough";
const DAY_MS = 86_400_000;

function signerAt(clock: { nowMs: number }, secret = SECRET): TokenSigner {
  return new TokenSigner({ secret, nowMs: () => clock.nowMs });
}

test("a page is named by its token for a day, and not a millisecond longer", () => {
  const clock = { nowMs: 1_700_000_000_000 };
  const signer = signerAt(clock);
  const token = newPageToken(signer, "a page of ours");
  const claim = pageClaim(signer, token);
  expect(claim).toEqual({ kind: "named", id: "a page of ours" });
  clock.nowMs += DAY_MS;
  expect(pageClaim(signer, token)).toEqual(claim);
  clock.nowMs += 1;
  expect(pageClaim(signer, token)).toEqual({ kind: "refused", reason: "expired" });
});

test("a token that is forged, cut, empty, of another server or for another purpose is refused; none is none", () => {
  const clock = { nowMs: 0 };
  const signer = signerAt(clock);
  const token = newPageToken(signer, "a page of ours");
  const [body = "", mac = ""] = token.split(".");
  const forged = Buffer.from(JSON.stringify({ data: "another", signedAtMs: 0 })).toString("base64url");
  const bad = [`${forged}.${mac}`, body, `${body}.`, `${token}.`, "", "null", signer.sign("lv:session", "a")];
  for (const given of [...bad, newPageToken(signerAt(clock, "another"), "a page of ours")]) {
    expect(pageClaim(signer, given)).toEqual({ kind: "refused", reason: "invalid" });
  }
  expect(pageClaim(signer, null)).toEqual({ kind: "nameless" });
});
