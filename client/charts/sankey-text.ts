/** Names in drawings: on as many lines as they may have, then shortened at a word; never cut with dots. */

let context: CanvasRenderingContext2D | null | undefined;

/** Pixels that a text takes at 12 px times the scale; estimated where nothing can be drawn. */
export function widthOf(text: string, scale: number): number {
  context ??= typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 6.5 * scale;
  context.font = `${12 * scale}px ${getComputedStyle(document.documentElement).fontFamily}`;
  return context.measureText(text).width;
}

type WidthOf = (text: string) => number;

/** Words that a name may not end with when it is cut. */
const DANGLING = /[\s,;:–-]+$|\s(?:and|of|the|for|to|in|on|with|a|an|&)$/iu;
/** A word with what follows it; a line may also end after a hyphen or a slash. */
const PARTS = /[^\s/-]*[\s/-]+|[^\s/-]+/gu;

/**
 * The lines of a name: whole words, filled from the first line on.
 * @param room of a line in pixels
 * @param most lines; what does not stand on them is left out of the last, at a word
 */
export function wrapped(name: string, room: number, most: number, width: WidthOf): string[] {
  const lines: string[] = [];
  let line = '';
  const parts = name.trim().match(PARTS) ?? [];
  for (const [at, part] of parts.entries()) {
    if (line === '' || width((line + part).trim()) <= room) {
      line += part;
      continue;
    }
    if (lines.length === most - 1) return [...lines, shortened((line + parts.slice(at).join('')).trim(), room, width)];
    lines.push(shortened(line.trim(), room, width));
    line = part;
  }
  return [...lines, shortened(line.trim(), room, width)];
}

/** As many whole words as fit; of a first word that is too long, its beginning. */
function shortened(text: string, most: number, width: WidthOf): string {
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
