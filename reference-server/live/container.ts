import { escapeHtml } from "./escape.ts";

/** The element around a view. */
export interface Container {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is around a view that names nothing else. */
export const DIV: Container = { tag: "div", attributes: {} };

/** What the client finds on a view's element. `true` is an attribute without a value. */
export type ContainerData = Readonly<Record<`data-phx-${string}`, string | true>>;

/** A view's element around its content, with its attributes in the order that `content_tag` in static.ex gives them. */
export function containerHtml(
  container: Container,
  id: string,
  data: ContainerData,
  content: string,
): string {
  const all: Readonly<Record<string, string | true>> = { id, ...data, ...container.attributes };
  const attributes = Object.entries(all).map(([name, value]) =>
    value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`,
  );
  return `<${container.tag}${attributes.join("")}>${content}</${container.tag}>`;
}
