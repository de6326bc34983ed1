import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Impact } from '../../server/contract/overview.js';
import type { ReviewCell, ReviewDrawing } from '../../server/contract/review.js';
import { widthOf } from '../../server/contract/text-size.js';

/** Drawings of a review, written short, and what their pictures hold. */

export const cell = (text: string, value: string | null = text, impact: Impact | null = null): ReviewCell => ({
  text,
  value,
  unit: 'EUR',
  figure: null,
  impact,
});
export const drawn = { id: 'd', message: 'Benefits fall short.', about: 'Group IT · to 2026 Q3', unit: 'm EUR' };
export type Of<K> = Extract<ReviewDrawing, { kind: K }>;
export const profile = (columns: Of<'profile'>['columns']): ReviewDrawing => ({ ...drawn, kind: 'profile', columns });
export const ranking = (bars: Of<'ranking'>['bars']): ReviewDrawing => ({ ...drawn, kind: 'ranking', bars });
export const coverage = (bars: Of<'coverage'>['bars']): ReviewDrawing => ({ ...drawn, kind: 'coverage', bars });
export const xmr = (points: Of<'xmr'>['points'], more: Partial<Of<'xmr'>> = {}): ReviewDrawing => ({
  ...drawn,
  kind: 'xmr',
  points,
  limits: null,
  target: null,
  ...more,
});
export const column = (
  label: string,
  scenario: 'AC' | 'FC',
  value: string | null,
  planned: string | null,
  impact: Impact,
) => ({
  label,
  scenario,
  value: cell(value ?? '–', value),
  planned: cell(planned ?? '–', planned),
  variance:
    value === null || planned === null
      ? cell('–', null)
      : cell(`Δ${Number(value) - Number(planned)}`, String(Number(value) - Number(planned)), impact),
});

export interface Node {
  name: string;
  of: Record<string, string>;
  text: string;
  inside: string[];
}
/** Elements of a picture in their order, with the texts in them and what they lie in. */
export function nodesOf(svg: string): Node[] {
  const found: Node[] = [];
  const open: Node[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const node = { name, of: attributes, text: '', inside: open.flatMap(({ of }) => Object.keys(of)) };
    found.push(node);
    open.push(node);
  });
  parser.on('text', (text) => open.forEach((node) => (node.text += text)));
  parser.on('closetag', () => open.pop());
  parser.write(svg).close();
  return found;
}
export const marks = (svg: string, attribute: string) => nodesOf(svg).filter(({ of }) => attribute in of);
export const places = (nodes: readonly Node[], ...keys: string[]) =>
  nodes.map(({ of }) => keys.map((key) => Number(of[key])));
export const textsOf = (svg: string) =>
  nodesOf(svg)
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
/** How often each text stands as one label. */
export const times = (svg: string, text: string) => textsOf(svg).filter((each) => each === text).length;

/** Boxes of all lines of text. */
export function boxesOf(svg: string) {
  const nodes = nodesOf(svg);
  return nodes.flatMap((node, at) => {
    if (node.name !== 'text') return [];
    const lines = nodes.slice(at + 1, at + 12).filter(({ name, of }) => name === 'tspan' && of['x'] === node.of['x']);
    const own = nodes[at + 1]?.name === 'tspan' || nodes[at + 2]?.name === 'tspan' ? lines : [node];
    return own.map(({ text, of }) => {
      const width = widthOf(text);
      const anchor = node.of['text-anchor'] ?? 'start';
      const left = Number(of['x']) - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0);
      return { text, left, right: left + width, top: Number(of['y']) - 9, bottom: Number(of['y']) + 2 };
    });
  });
}
export function overlapping(svg: string): string[] {
  const boxes = boxesOf(svg);
  return boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} × ${b.text}`),
  );
}
/** Texts that leave the picture. */
export function outside(svg: string): string[] {
  const [, , width, height] = nodesOf(svg)[0]!.of['viewBox']!.split(' ').map(Number);
  return boxesOf(svg)
    .filter(({ left, right, top, bottom }) => left < -0.1 || right > width! + 0.1 || top < -1 || bottom > height! + 0.1)
    .map(({ text }) => text);
}

export const SIZE = { width: 640, height: 320 };
