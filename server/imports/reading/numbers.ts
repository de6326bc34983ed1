/**
 * How a file writes its numbers: `dot` is `1,234.50` or `1 234.50`, `comma` is `1.234,50` or `1 234,50`.
 * `undecided`: the file does not show it; then a cell such as `1.234` cannot be read.
 * The others are of files that show both, which is refused: `mostly_dot` and `mostly_comma` say which one more cells are written in, `mixed`
 * that as many are written in either.
 */
export type DecimalStyle = 'dot' | 'comma' | 'undecided' | 'mostly_dot' | 'mostly_comma' | 'mixed';

/** A number's plain form (`-1234.5`: no groups, no needless zeros) as each style reads it; null where the style cannot. */
export interface Readings {
  dot: string | null;
  comma: string | null;
}

/** Spaces that group digits: plain, no-break, thin, figure and narrow no-break. */
const GROUP_SPACE = /[ \u00a0\u2007\u2009\u202f]/g;
const PLAIN = /^[+-]?\d+$/;
const DOT = grammar('\\.', ',');
const COMMA = grammar(',', '\\.');
const NOTHING: Readings = { dot: null, comma: null };

/** Digits in one piece, or in groups of three by one separator throughout; then maybe decimals. `0,125` groups nothing. */
function grammar(decimal: string, group: string): RegExp {
  return new RegExp(`^[+-]?(?:\\d+|[1-9]\\d{0,2}(?:${group}\\d{3})+|[1-9]\\d{0,2}(?: \\d{3})+)?(?:${decimal}\\d+)?$`);
}

/**
 * What a number cell can mean. `1.234` has two readings that differ, `1234` two equal ones, `1.5` and `1.234.567` one each.
 * @param text a trimmed cell, not blank
 */
export function readings(text: string): Readings {
  if (text.length > 60) return NOTHING;
  const spaced = text.replace(GROUP_SPACE, ' ').replace('\u2212', '-');
  if (PLAIN.test(spaced)) {
    const plain = canonical(spaced);
    return { dot: plain, comma: plain };
  }
  if (!/\d/.test(spaced)) return NOTHING;
  return {
    dot: DOT.test(spaced) ? canonical(spaced.replace(/[ ,]/g, '')) : null,
    comma: COMMA.test(spaced) ? canonical(spaced.replace(/[ .]/g, '').replace(',', '.')) : null,
  };
}

/** `+007.500` is `7.5`, `.5` is `0.5`, `-0.0` is `0`. */
export function canonical(number: string): string {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(number);
  if (!match) return number;
  const whole = match[2] === '' ? '0' : match[2];
  const plain = match[3] ? `${whole}.${match[3]}` : `${whole}`;
  return match[1] === '-' && plain !== '0' ? `-${plain}` : plain;
}

/** Collects over the number cells of one file which style it is written in. */
export class StyleEvidence {
  /** How many cells can only be read with a decimal point, and with a decimal comma. */
  private dot = 0;
  private comma = 0;

  /** @param text a trimmed text cell of a number column; may be anything */
  add(text: string): void {
    // Without a separator there is nothing to learn; most cells end here.
    if (!text.includes('.') && !text.includes(',')) return;
    const { dot, comma } = readings(text.endsWith('%') ? text.slice(0, -1).trimEnd() : text);
    if (dot !== null && comma === null) this.dot += 1;
    if (comma !== null && dot === null) this.comma += 1;
  }

  /** @returns null where the file shows nothing */
  style(): DecimalStyle | null {
    const { dot, comma } = this;
    if (dot > 0 && comma > 0) return dot > comma ? 'mostly_dot' : comma > dot ? 'mostly_comma' : 'mixed';
    if (dot > 0) return 'dot';
    return comma > 0 ? 'comma' : null;
  }
}

/**
 * The style of each file of an upload: what its own cells show; else what all the others that show something agree on; else undecided.
 */
export function decideStyles(evidence: ReadonlyMap<string, StyleEvidence>): Map<string, DecimalStyle> {
  const shown = new Set([...evidence.values()].map((one) => one.style()).filter((style) => style !== null));
  const [first] = shown;
  const common = shown.size === 1 && (first === 'dot' || first === 'comma') ? first : 'undecided';
  return new Map([...evidence].map(([file, one]) => [file, one.style() ?? common]));
}
