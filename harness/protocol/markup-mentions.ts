/** The attribute that makes an element the container of a view. Source: `PHX_SESSION` in constants.ts. */
export const SESSION_ATTRIBUTE = "data-phx-session";

/** What a frame may bring that most do not, told from its text: pages that never had it are spared the search for it. */
export interface Mentions {
  /** Containers of views. */
  readonly views: boolean;
  /** Elements that push by themselves. */
  readonly ownPushes: boolean;
}

/** What most texts mention. */
export const NO_MENTIONS: Mentions = { views: false, ownPushes: false };

/** One pass over a text that mostly has none of them. */
const ANY = /phx-(?:session|mounted=|remove=|connected=)/;
/** The value of one of them: between double quotes, where it may go on in a slot, or written in another way. */
const OWN_PUSHES =
  /phx-(?:mounted|remove|connected)=(?:\\"(?:[^"]*?(?:push|exec)|(?:[^"\\]|\\[^"])*")|(?!\\")[^>]*?(?:push|exec))/u;

/** What the JSON of a frame mentions. */
export function mentionsIn(text: string): Mentions {
  if (!ANY.test(text)) return NO_MENTIONS;
  return { views: text.includes(SESSION_ATTRIBUTE), ownPushes: OWN_PUSHES.test(text) };
}
