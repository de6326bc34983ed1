import type { Impact } from '../../../contract/overview.js';
import { FONT_SIZE } from '../../../contract/text-size.js';
import { wellFormed } from '../well-formed.js';

/** Elements of a picture as text. Attributes only, no style sheet and no ids: readers of SVG differ in both, and pages hold many pictures. */

/** The light tokens of the screens (client/app/tokens.css): paper is white. */
export const COLOUR = {
  card: '#ffffff',
  ink: '#1a2230',
  ink2: '#4a5566',
  rule: '#d5dae1',
  ac: '#2b3544',
  good: '#0b6e6e',
  bad: '#b3261e',
  improve: '#1d6fb8',
  concern: '#b04a00',
  common: '#5b6472',
} as const;

export const FONTS = 'Roboto, Helvetica Neue, Arial, sans-serif';

/** Pixels from one line of a text to the next. */
export const LINE = 15;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What XML makes of a text: safe between tags and in attributes. */
export const escaped = (text: string): string =>
  wellFormed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\s/g, (space) => (space === '\u{a0}' ? space : ' '));

/** Hundredths of a pixel are finer than any paper; and `-0` is 0. */
export const rounded = (length: number): string => String(Math.round(length * 100) / 100 + 0);

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`],
  );
  return children.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

interface TextLook {
  /** Where `x` lies in the text. */
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  /** In full, where `lines` are cut. */
  readonly title?: string;
}

/** Lines of one text, the first with its middle at `y`. */
export function text(lines: readonly string[], { x, y }: Place, { anchor, fill, title }: TextLook = {}): string {
  const baseline = y + FONT_SIZE * 0.35;
  return element(
    'text',
    { x, y: baseline, 'text-anchor': anchor === 'start' ? undefined : anchor, fill: fill ?? COLOUR.ink },
    ...(title === undefined ? [] : [element('title', {}, escaped(title))]),
    ...(lines.length === 1
      ? [escaped(lines[0]!)]
      : lines.map((line, at) => element('tspan', { x, y: baseline + at * LINE }, escaped(line)))),
  );
}

export const rule = (from: Place, to: Place, look: Attributes = {}): string =>
  element('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: COLOUR.ac, 'stroke-width': 1, ...look });

export const SCENARIOS = ['AC', 'FC', 'PL'] as const;
export type Scenario = (typeof SCENARIOS)[number];

const HATCH = 5;

/** Lines at 45° inside a box, from one edge to another: no pattern, which not every reader draws. */
function hatch({ x, y, width, height }: Box): string {
  const [right, bottom] = [x + width, y + height];
  const sums: number[] = [];
  for (let sum = x + y + HATCH; sum < right + bottom; sum += HATCH) sums.push(sum);
  return sums
    .map((sum) => {
      const [from, to] = [Math.max(x, sum - bottom), Math.min(right, sum - y)];
      return `M${rounded(from)} ${rounded(sum - from)}L${rounded(to)} ${rounded(sum - to)}`;
    })
    .join('');
}

/** A bar of one scenario: what happened is solid, what was planned hollow, what is expected hatched; nothing else looks like either. */
export function scenarioMark(scenario: Scenario, box: Box): string {
  if (scenario === 'AC') return element('rect', { ...box, fill: COLOUR.ac, 'data-scenario': 'AC' });
  const frame = { fill: COLOUR.card, stroke: COLOUR.ac, 'stroke-width': 1 };
  if (scenario === 'PL') return element('rect', { ...box, ...frame, 'data-scenario': 'PL' });
  return element(
    'g',
    { 'data-scenario': 'FC' },
    element('rect', { ...box, ...frame }),
    element('path', { d: hatch(box), fill: 'none', stroke: COLOUR.ac, 'stroke-width': 1.6, 'data-hatch': '' }),
  );
}

/** What a difference means for the business; where nobody has said, it is drawn as any figure. */
export const toneOf = (impact: Impact | null): string =>
  impact === 'favourable' ? COLOUR.good : impact === 'unfavourable' ? COLOUR.bad : COLOUR.ac;

export const varianceMark = (impact: Impact | null, box: Box): string =>
  element('rect', { ...box, fill: toneOf(impact), 'data-variance': impact ?? 'neutral' });

/** Upwards or downwards, its middle at a place. */
export const triangle = ({ x, y }: Place, isUp: boolean, fill: string, half = 4): string => {
  const tip = isUp ? -half : half;
  return element('path', { d: `M${rounded(x)} ${rounded(y + tip)}l${half} ${-2 * tip}h${-2 * half}Z`, fill });
};
