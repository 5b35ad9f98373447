import { micros } from "../../../harness/core/units.ts";
import { encodeDueToken } from "../../../harness/load/due-token.ts";
import { readWire, recording } from "../../conformance/recording.ts";

/** The bytes of the insert that was recorded, and of each one that is made after it. */
export const INSERT_BYTES = 910;

const RECORDED_VIEW = "phx-GOn_PEFgZq5lvQbx";
const frames = recording("stream").filter(({ dir }) => dir === "in");
const JOIN = payloadOf(frames[0]?.data);
const INSERT = payloadOf(frames.find(({ bytes }) => bytes === INSERT_BYTES)?.data);
const PAGE = readWire("page-stream.html");
const RECORDED_TEXT = "remote message with forty bytes of text.";
/** One more than the recorded text: the limit is a character shorter than the `null` in its place. */
const TEXT_LENGTH = RECORDED_TEXT.length + 1;

/** The DOM id of a user's view, as long as the recorded one. */
export const viewId = (user: string): string => `phx-${user.padStart(16, "0")}`;

/** The page over HTTP for a user, whose socket will tell his name as its CSRF token. */
export function pageFor(user: string): string {
  return PAGE.replace(/id="phx-[^"]+"/u, `id="${viewId(user)}"`)
    .replace(/(name="csrf-token" content=")[^"]+/u, `$1${user}`)
    .replace(/(data-phx-session="[^"]{16})[^"]{16}/u, `$1${user.padStart(16, "0")}`);
}

/** The answer to a user's join: ten messages, and his name among the members. */
export function joinReply(user: string, joinRef: string): string {
  const payload = JOIN.replaceAll("alice@example.com", `${user}@example.com`);
  return `["${joinRef}","${joinRef}","lv:${viewId(user)}","phx_reply",${payload}]`;
}

/** The frame that brings a payload to a user. */
export const diffFrame = (user: string, payload: string): string =>
  `["1",null,"lv:${viewId(user)}","diff",${payload}]`;

/**
 * The recorded insert with another message, ten of which stay on the page.
 *
 * @param number of the message among all that are made, which makes its id and its text
 * @param sequence of the message among those that its receivers get
 */
export function insertPayload(number: number, sequence: number, nowUs: number): string {
  const id = String(200_000 + (number % 800_000));
  const token = encodeDueToken({ dueUs: micros(nowUs), sequence, lateUs: micros(0) });
  const text = `${token} ${number} blue maple coral daisy`.slice(0, TEXT_LENGTH);
  return INSERT.replaceAll("900001", id)
    .replace(RECORDED_TEXT, text)
    .replace("-1,null,false", "-1,-10,false");
}

function payloadOf(text: string | undefined): string {
  const payload = /^\["1","?\w+"?,"lv:[^"]+","\w+",(.*)\]$/su.exec(text ?? "")?.[1];
  if (payload === undefined || text?.includes(RECORDED_VIEW) !== true) throw new Error("no such recording");
  return payload;
}
