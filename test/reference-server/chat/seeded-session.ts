import { Accounts, type User } from "../../../reference-server/chat/accounts.ts";
import { SEED_PASSWORD } from "../../../reference-server/chat/seed-accounts.ts";
import { Sessions } from "../../../reference-server/chat/sessions.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";

/** Somebody who is logged in. */
export interface SeededSession {
  readonly sessions: Sessions;
  readonly token: string;
  readonly user: User;
}

/** Logs somebody in whom the seed has made. @throws Error where it has not. */
export async function seededSession(database: Database, name: string): Promise<SeededSession> {
  const nowMs = () => 0;
  const sessions = new Sessions({ database, pubsub: new PubSub(), nowMs });
  const proof = await new Accounts({ database, sessions, nowMs }).logIn(name, SEED_PASSWORD);
  const token = proof.kind === "proved" ? proof.result : undefined;
  const user = token === undefined ? undefined : await sessions.userOf(token);
  if (token === undefined || user === undefined) throw new Error(`${name} cannot log in`);
  return { sessions, token, user };
}
