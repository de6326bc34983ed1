/** Names in drawings: shortened at a word to the width there is, never cut with dots. */

let context: CanvasRenderingContext2D | null | undefined;

/** Pixels that a text takes at 12 px times the scale; estimated where nothing can be drawn. */
export function widthOf(text: string, scale: number): number {
  context ??= typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 6.5 * scale;
  context.font = `${12 * scale}px ${getComputedStyle(document.documentElement).fontFamily}`;
  return context.measureText(text).width;
}

/** Words that a name may not end with when it is cut. */
const DANGLING = /[\s,;:–-]+$|\s(?:and|of|the|for|to|in|on|with|a|an|&)$/iu;

/**
 * As many whole words as fit; of a first word that is too long, its beginning.
 * @param width of a text in pixels
 */
export function shortened(text: string, most: number, width: (text: string) => number): string {
  if (width(text) <= most) return text;
  const words = text.split(' ');
  for (let count = words.length - 1; count > 0; count -= 1) {
    let part = words.slice(0, count).join(' ');
    while (DANGLING.test(part)) part = part.replace(DANGLING, '');
    if (part !== '' && width(part) <= most) return part;
  }
  let part = words[0]!;
  while (part.length > 1 && width(`${part}.`) > most) part = part.slice(0, -1);
  return `${part}.`;
}
