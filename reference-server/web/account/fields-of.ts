import type { FastifyRequest } from "fastify";

/** A field of the form that was sent; empty where it is missing, or there are several of its name. */
export function fieldOf(request: FastifyRequest, name: string): string {
  const body: unknown = request.body;
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, name)) return "";
  const value: unknown = Reflect.get(body, name);
  return typeof value === "string" ? value : "";
}

/** A field of the address; empty where it is missing, or there are several of its name. */
export function queryOf(request: FastifyRequest, name: string): string {
  const query: unknown = request.query;
  if (typeof query !== "object" || query === null || !Object.hasOwn(query, name)) return "";
  const value: unknown = Reflect.get(query, name);
  return typeof value === "string" ? value : "";
}
