/** One purpose: takes a socket, and returns it with one thing more. */
export type Step<S> = (socket: S) => S | Promise<S>;

/**
 * Runs steps one after the other, so that callbacks of views read as pipelines of them. A step that sends the page
 * elsewhere is the last one, as `{:halt, socket}` is for hooks of `on_mount`. A step may know less of the socket than
 * there is to it.
 *
 * @returns the socket, at once where no step had to wait.
 */
export function pipe<S extends { readonly navigation: unknown }>(
  socket: S,
  ...steps: readonly ((socket: S) => unknown)[]
): S | Promise<S> {
  for (let at = 0; at < steps.length; at++) {
    if (socket.navigation !== undefined) return socket;
    const done = steps[at]?.(socket);
    if (done instanceof Promise) return done.then(() => pipe(socket, ...steps.slice(at + 1)));
  }
  return socket;
}
