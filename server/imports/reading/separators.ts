export type Separator = ',' | ';' | '\t';

/**
 * The separator that stands most often in the first row, outside quotes; the earliest where two stand equally often.
 * @param head the beginning of the text, at least its first row
 */
export function separatorOf(head: string): Separator {
  const seen = new Map<string, number>();
  let quoted = false;
  for (const char of head) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && (char === ',' || char === ';' || char === '\t')) seen.set(char, (seen.get(char) ?? 0) + 1);
  }
  let best: Separator = ',';
  for (const [char, count] of seen) if (count > (seen.get(best) ?? 0)) best = char as Separator;
  return best;
}

/**
 * The separator that stands equally often in most lines, outside quotes: a file may begin with titles, and its numbers hold commas.
 * @param head the beginning of the text
 */
export function steadySeparatorOf(head: string): Separator {
  const counts = { ',': new Map<number, number>(), ';': new Map<number, number>(), '\t': new Map<number, number>() };
  for (const line of linesOf(head, 100)) {
    for (const separator of [',', ';', '\t'] as const) {
      const count = line.split(separator).length - 1;
      if (count > 0) counts[separator].set(count, (counts[separator].get(count) ?? 0) + 1);
    }
  }
  let best: Separator = ',';
  let most = [0, 0];
  for (const separator of ['\t', ';', ','] as const) {
    for (const [count, lines] of counts[separator]) {
      if (lines < most[0]! || (lines === most[0] && count <= most[1]!)) continue;
      most = [lines, count];
      best = separator;
    }
  }
  return best;
}

/** The first lines of a CSV text without what stands between quotes; a quoted line break ends none. */
function linesOf(head: string, limit: number): string[] {
  const bare = head.replace(/"[^"]*("|$)/g, '');
  return bare.split(/\r\n|\r|\n/, limit).filter((line) => line !== '');
}
