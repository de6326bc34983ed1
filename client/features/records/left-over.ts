/**
 * The shares of one end of the chain: what is stated, what that leaves, and what blank shares get of it. In hundredths of a percent, in which
 * shares are entered, so that nothing is rounded but what is printed.
 */
export interface LeftOver {
  links: number;
  /** Sum of the stated shares. */
  stated: number;
  statedLinks: number;
  blankLinks: number;
  /** What the stated ones leave, at least 0. */
  left: number;
  /** By how much the stated ones exceed 100 %. */
  over: number;
  /** What each blank link gets, rounded to hundredths; null without blank links. */
  each: number | null;
  /** Whether `each` is rounded: a third is a third. */
  isRounded: boolean;
}

const WHOLE = 10_000;

/** `"25.5"` → 2550; null where it is no percentage with up to two decimals. */
export function hundredths(percent: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** `833` → `"8.33"`, `2500` → `"25"`. */
export function percentText(value: number): string {
  const fraction = String(value % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.floor(value / 100)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** @param shares of all links of the end: plain decimal text, or null where blank */
export function leftOverOf(shares: readonly (string | null)[]): LeftOver {
  const stated = shares.flatMap((share) => (share === null ? [] : [hundredths(share) ?? 0]));
  const sum = stated.reduce((total, share) => total + share, 0);
  const blankLinks = shares.length - stated.length;
  const left = Math.max(0, WHOLE - sum);
  return {
    links: shares.length,
    stated: sum,
    statedLinks: stated.length,
    blankLinks,
    left,
    over: Math.max(0, sum - WHOLE),
    each: blankLinks === 0 ? null : Math.floor((2 * left + blankLinks) / (2 * blankLinks)),
    isRounded: blankLinks > 0 && left % blankLinks !== 0,
  };
}

/** What becomes of a share that no link takes: `unallocated` of allocations, `due to other causes` of contributions. */
export type LeftTo = 'unallocated' | 'due to other causes';

/** The state of an end in a sentence or two. `print` writes a percentage as the reader's locale does. */
export function leftOverSentence(of: LeftOver, leftTo: LeftTo, print: (percent: string) => string): string {
  const say = (value: number) => `${print(percentText(value))}\u00a0%`;
  if (of.links === 0) return `No link: all of it is ${leftTo}.`;
  const stated =
    of.statedLinks === 0
      ? 'No share is stated.'
      : `${say(of.stated)} stated over ${of.statedLinks === 1 ? '1 link' : `${of.statedLinks} links`}.`;
  if (of.over > 0) return `${stated} That is ${say(of.over)} too much: lower a share, or leave one blank.`;
  if (of.blankLinks === 0)
    return of.left === 0 ? `${stated} Nothing is left over.` : `${stated} ${say(of.left)} is left over: ${leftTo}.`;
  if (of.left === 0)
    return `${stated} Nothing is left for ${of.blankLinks === 1 ? 'the blank link' : `the ${of.blankLinks} blank links`}.`;
  const blank = of.blankLinks === 1 ? '1 blank link takes' : `${of.blankLinks} blank links share`;
  const each = of.blankLinks === 1 ? '' : `: ${say(of.each!)} each${of.isRounded ? ', rounded' : ''}`;
  return `${stated} ${blank} the remaining ${say(of.left)}${each} (assumed).`;
}
