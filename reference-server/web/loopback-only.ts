import { BlockList, isIP } from "node:net";
import type { FastifyInstance } from "fastify";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host === "localhost" : loopback.check(host, family === 6 ? "ipv6" : "ipv4");
}

/** Has the server stop before it answers anybody, should it listen where other machines reach it. */
export function allowLoopbackOnly(server: FastifyInstance, log: (line: string) => void): void {
  server.server.prependListener("listening", () => {
    const address = server.server.address();
    if (typeof address === "object" && address !== null && isLoopback(address.address)) return;
    log("fixed identifiers are for loopback addresses alone: the server stops");
    void server.close();
  });
}
