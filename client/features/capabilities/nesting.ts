/** Where the arrow keys lead on the map: right and left among the parts of one box, down into a box, up to what holds it. */

interface Nested {
  code: string;
  parent: string | null;
}

/** @returns the code to go to; null where the key leads nowhere */
export function moved(items: readonly Nested[], from: string, key: string): string | null {
  const codes = new Set(items.map(({ code }) => code));
  const parentOf = ({ parent }: Nested): string | null => (parent !== null && codes.has(parent) ? parent : null);
  const at = items.find(({ code }) => code === from);
  if (!at) return null;
  const beside = items.filter((item) => parentOf(item) === parentOf(at));
  const index = beside.indexOf(at);
  switch (key) {
    case 'ArrowRight':
      return beside[index + 1]?.code ?? null;
    case 'ArrowLeft':
      return beside[index - 1]?.code ?? null;
    case 'ArrowDown':
      return items.find((item) => parentOf(item) === from)?.code ?? null;
    case 'ArrowUp':
      return parentOf(at);
    case 'Home':
      return beside[0]?.code ?? null;
    case 'End':
      return beside.at(-1)?.code ?? null;
    default:
      return null;
  }
}
