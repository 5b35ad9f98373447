import type { Diff } from "./diff.ts";
import type { Interner } from "./intern.ts";
import { describeJson, isJsonObject, type JsonObject } from "./json.ts";
import { parseDiff } from "./parse-diff.ts";
import { pathOf } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import { EVENT } from "./wire-keys.ts";

/** A view's answer to a push: `{"status", "response"}`, parsed once and shared. */
export interface Reply {
  readonly status: "ok" | "error";
  /** What the view renders at join: a whole tree. */
  readonly rendered: Diff | null;
  /** What the event changed in the view. */
  readonly diff: Diff | null;
  /** The rest of the response: `reason`, `redirect`, `live_patch`, `liveview_version`, ... */
  readonly response: JsonObject;
}

/** The answer of an application's channel, or of the socket itself: nothing in it is LiveView's. */
export interface Answer {
  readonly status: "ok" | "error";
  readonly response: unknown;
}

/**
 * Reads the payload of a view's `phx_reply`.
 *
 * @throws ProtocolError if it is none
 */
export function parseReply(interner: Interner, raw: unknown): Reply {
  const { status, response } = parseAnswer(raw);
  const { rendered, diff, ...rest } = isJsonObject(response) ? response : { reason: response };
  const parse = (key: string, value: unknown) =>
    value === undefined ? null : parseDiff(interner, EVENT.reply, pathOf("response", key), value);
  return { status, rendered: parse("rendered", rendered), diff: parse("diff", diff), response: rest };
}

/**
 * Reads the payload of any other `phx_reply`.
 *
 * @throws ProtocolError if it is none
 */
export function parseAnswer(raw: unknown): Answer {
  const { status, response } = isJsonObject(raw) ? raw : {};
  if (status !== "ok" && status !== "error") {
    throw new ProtocolError(EVENT.reply, "status", `unexpected ${describeJson(status)}`);
  }
  return { status, response };
}
