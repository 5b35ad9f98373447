import type { Channel } from "./channel.ts";
import type { Envelope } from "./envelope.ts";
import { ProtocolError } from "./protocol-error.ts";

/**
 * Which of a socket's channels a frame is for: the one of its topic that joined with its join ref, since a view that
 * is joined anew shares the topic with its former self for a while. Null if that one is gone.
 *
 * Source: `isMember` in phoenix/channel.js.
 *
 * @param formerTopics topics whose channels have been left
 * @throws ProtocolError if the topic was never joined
 */
export function routeFrame<Holder extends { readonly state: Channel }>(
  channels: readonly Holder[],
  formerTopics: ReadonlySet<string>,
  { topic, joinRef, event }: Envelope,
): Holder | null {
  let isKnown = false;
  for (const holder of channels) {
    const { state } = holder;
    if (state.topic !== topic) continue;
    if (joinRef === null || joinRef === state.joinRef) return holder;
    isKnown = true;
  }
  if (isKnown || formerTopics.has(topic)) return null;
  throw new ProtocolError(event, "", `is for topic ${topic}, which was never joined`);
}
