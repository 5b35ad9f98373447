import { z } from "zod";
import { type TemplatePlace, templatePrint } from "../core/anatomy.ts";
import type { SourceOf } from "../measure/anatomy-ledger.ts";

const report = z.object({
  templates: z.array(
    z.object({ statics: z.array(z.string()), source: z.string().min(1), slots: z.array(z.string().min(1)) }),
  ),
});

/** A template, as a server tells of it: what it sends, where it is written, and what is in its slots. */
type Template = z.infer<typeof report>["templates"][number];

/** Nobody tells. */
export const NO_SOURCES: SourceOf = () => undefined;

/**
 * Asks a server where the templates of a page are written (`GET /debug/templates`, which it may not have).
 *
 * @param origin of our own chat; another application would not know what it is asked
 * @param path of the page
 */
export async function fetchSources(origin: string, path: string, signal: AbortSignal): Promise<SourceOf> {
  const url = new URL(`/debug/templates?${new URLSearchParams({ path })}`, origin);
  // A server that cannot be reached is told of by the first who wants something that a run needs.
  const response = await fetch(url, { signal, redirect: "manual" }).catch(() => null);
  if (response === null || !response.ok) {
    await response?.body?.cancel();
    return NO_SOURCES;
  }
  const parsed = report.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? sourcesIn(parsed.data.templates) : NO_SOURCES;
}

/**
 * Finds templates by what they send. Where several that send the same are written in different places, nobody knows which it was;
 * where one is called with different things, nobody knows with which of them.
 */
export function sourcesIn(templates: readonly Template[]): SourceOf {
  const byPlace = new Map<string, Set<string>>();
  const add = ({ print, at }: TemplatePlace, source: string) => {
    const key = `${print} ${at}`;
    byPlace.set(key, (byPlace.get(key) ?? new Set()).add(source));
  };
  for (const { statics, source, slots } of templates) {
    const print = templatePrint(statics);
    add({ print, at: null }, source);
    for (const [at, slot] of slots.entries()) add({ print, at }, `${source} ${slot}`);
  }
  const onlyOne = (print: string, at: number | null): string | undefined => {
    const [source, ...others] = byPlace.get(`${print} ${at}`) ?? [];
    return others.length === 0 ? source : undefined;
  };
  return ({ print, at }) => {
    const isKnown = byPlace.has(`${print} ${at}`);
    return isKnown ? (onlyOne(print, at) ?? onlyOne(print, null)) : undefined;
  };
}
