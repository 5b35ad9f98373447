/**
 * A number that differs for most ids: their last characters do. Who looks for an id among many with their samples at hand
 * need look at hardly any but that one.
 */
export function sampleOf(id: string): number {
  let sample = id.length;
  for (let at = Math.max(0, id.length - 6); at < id.length; at++)
    sample = (sample * 31 + id.charCodeAt(at)) | 0;
  return sample >>> 1;
}

/**
 * How often an id is in a list.
 *
 * @param samples of the ids in the list, where they are known
 */
export function countId(
  list: readonly { readonly id: string }[],
  id: string,
  samples: readonly number[] | null,
): number {
  let count = 0;
  if (samples === null) {
    for (const one of list) if (one.id === id) count += 1;
    return count;
  }
  const sample = sampleOf(id);
  for (let at = samples.indexOf(sample); at !== -1; at = samples.indexOf(sample, at + 1)) {
    if (list[at]?.id === id) count += 1;
  }
  return count;
}
