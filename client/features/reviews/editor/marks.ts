/** Parts of editable texts that are marked without a change of the text: `::highlight(uncited)`. Elsewhere the list below the text says it. */
const NAME = 'uncited';

/** @returns takes the marks away */
export function markRanges(ranges: readonly Range[]): () => void {
  if (typeof Highlight === 'undefined' || ranges.length === 0) return () => {};
  let shared = CSS.highlights.get(NAME);
  if (shared === undefined) CSS.highlights.set(NAME, (shared = new Highlight()));
  for (const range of ranges) shared.add(range);
  return () => ranges.forEach((range) => shared.delete(range));
}
