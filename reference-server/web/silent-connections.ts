import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/**
 * Has the server end, when it is closed, those connections that have not said anything yet, such as a browser opens in
 * advance. Node takes them for busy, and would wait a minute for each.
 */
export function endSilentConnections(server: FastifyInstance): void {
  const connections = new Set<Socket>();
  server.server.on("connection", (connection: Socket) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  server.addHook("preClose", async () => {
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
  });
}
