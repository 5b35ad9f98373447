import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { caseOperations } from "../stream-cases/case-operation.ts";
import type { SequenceStores } from "./sequence-store.ts";

const params = z.object({ id: z.string() });
const awaited = z.object({ version: z.coerce.number().int().nonnegative() });

/** What is answered about a sequence. */
export interface SequenceReport {
  /** How often something was done on its lists. */
  readonly version: number;
}

/**
 * Lets the harness do something on the list of a sequence from beside its page (`POST`, operations as JSON), and wait until
 * so much was done on it (`GET`, `?version=`); only on a server that was started for measuring.
 */
export function registerSequenceReports(server: FastifyInstance, stores: SequenceStores): void {
  server.post("/debug/sequences/:id", (request, reply): SequenceReport | undefined => {
    const store = stores.find(params.parse(request.params).id);
    const operations = caseOperations.safeParse(request.body);
    if (store === undefined) return void reply.code(404).send({ error: "no such sequence" });
    if (!operations.success) return void reply.code(400).send({ error: operations.error.message });
    store.push(operations.data);
    return { version: store.version };
  });
  server.get("/debug/sequences/:id", async (request, reply): Promise<SequenceReport | undefined> => {
    const store = stores.find(params.parse(request.params).id);
    const { data } = awaited.safeParse(request.query);
    if (store === undefined) return reply.code(404).send({ error: "no such sequence" });
    if (data === undefined) return reply.code(400).send({ error: "?version= must be a number" });
    await store.reached(data.version);
    return { version: store.version };
  });
}
