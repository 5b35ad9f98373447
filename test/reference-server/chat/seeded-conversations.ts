import { Conversations } from "../../../reference-server/chat/conversations.ts";
import { MessageAnnotations } from "../../../reference-server/chat/message-annotations.ts";
import { makeAccounts } from "../../../reference-server/chat/seed-accounts.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";

/**
 * People, conversations that they may have, and what is told on which topic. The clock stands at `clock.nowMs`.
 *
 * @param database an empty one.
 */
export async function seededConversations(database: Database) {
  await makeAccounts(database, ["alice", "bob", "carla", "deniz"]);
  const told: [topic: string, kind: string][] = [];
  const clock = { nowMs: Date.UTC(2026, 0, 2, 3, 4, 5) };
  const options = {
    database,
    pubsub: { broadcast: (topic: string, { kind }: { kind: string }) => void told.push([topic, kind]) },
    nowMs: () => clock.nowMs,
  };
  const [alice, bob, carla, deniz] = [
    { id: 1, name: "alice" },
    { id: 2, name: "bob" },
    { id: 3, name: "carla" },
    { id: 4, name: "deniz" },
  ];
  return {
    database,
    told,
    clock,
    conversations: new Conversations(options),
    annotations: new MessageAnnotations(options),
    alice,
    bob,
    carla,
    deniz,
  };
}
