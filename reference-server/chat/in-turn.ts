/** Runs an act once those with the same key that were begun before are over, whether they failed or not. */
export type InTurn<Key> = <T>(key: Key, act: () => Promise<T>) => Promise<T>;

/** Acts that follow each other: one at a time of each key, in the order in which they were begun. */
export function inTurn<Key>(): InTurn<Key> {
  const lasts = new Map<Key, Promise<unknown>>();
  return (key, act) => {
    const before = lasts.get(key);
    const result = before === undefined ? act() : before.then(act);
    const forget = (): void => {
      if (lasts.get(key) === over) lasts.delete(key);
    };
    const over: Promise<void> = result.then(forget, forget);
    lasts.set(key, over);
    return result;
  };
}
