/** Names for places that hold one line. What is cut is never marked by an ellipsis: the full name is beside it for whoever asks. */

const wordsOf = (name: string): string[] => name.split(/\s+/);

/** The words with which all names begin (`Monetised benefits of`), where there are three names or more and at least two such words. */
export function commonStart(names: readonly string[]): string {
  const [first, ...rest] = names.map(wordsOf);
  if (first === undefined || rest.length < 2) return '';
  let words = 0;
  while (words < first.length - 1 && rest.every((other) => other.length > words + 1 && other[words] === first[words]))
    words += 1;
  return words < 2 ? '' : first.slice(0, words).join(' ');
}

/** The name without that start and without what stands in brackets, cut after whole words to so many signs. */
export function shortName(name: string, start: string, most: number): string {
  const own = start !== '' && name.startsWith(`${start} `) ? name.slice(start.length + 1) : name;
  if (own.length <= most) return own;
  const bare = own.replace(/\s*\([^)]*\)/g, '');
  if (bare.length > 0 && bare.length <= most) return bare;
  const words = wordsOf(bare || own);
  let text = words[0] ?? '';
  for (const word of words.slice(1)) {
    if (text.length + 1 + word.length > most) break;
    text = `${text} ${word}`;
  }
  // No line ends in a word that waits for the next.
  text = text.replace(/(\s+(of|for|and|the|to|in|on|a|an|&|-|–))+$/i, '');
  return text.slice(0, most);
}

/** Initials of a person: of `Ada Meyer` and of `ada.meyer@example.org` both `AM`. */
export function initialsOf(person: string): string {
  const words = person
    .split('@')[0]!
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return `${first?.charAt(0) ?? ''}${last?.charAt(0) ?? ''}`.toUpperCase() || '?';
}
